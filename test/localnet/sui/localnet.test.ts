/** The local chain, asked by Sui's own SDK. */
import { requestSuiFromFaucetV2 } from '@mysten/sui/faucet';
import { SuiGraphQLClient } from '@mysten/sui/graphql';
import { Ed25519Keypair } from '@mysten/sui/keypairs/ed25519';
import { Secp256k1Keypair } from '@mysten/sui/keypairs/secp256k1';
import { Secp256r1Keypair } from '@mysten/sui/keypairs/secp256r1';
import { Transaction } from '@mysten/sui/transactions';
import { type SuiLocalnet, startSuiLocalnet } from '../../../localnet/sui';
import { ownDigest, ownModules } from '../../../localnet/sui/framework';
import { newestRecorded } from '../../../localnet/sui/genesis';
import {
  chainOfNode,
  completeTransaction,
  confirmTransaction,
  createSuiCache,
  nativeBalance,
  previewTransaction,
  SUI_NETWORKS,
  submitTransaction,
} from '../../../src/chains/sui';
import { executeTransaction } from '../../../src/vm-preview/move/sui';
import { FIXTURES } from '../../support/move-fixtures';

jest.setTimeout(60_000);

const recorded = newestRecorded(FIXTURES);
const worlds: [string, string | undefined][] = [['own', undefined]];
if (recorded !== undefined) worlds.push([String(recorded), FIXTURES]);
else it('skipped: no fixtures', () => expect(recorded).toBeUndefined());

const NFT = ['A ticket', 'https://example.com/ticket.png'] as const;

describe.each(worlds)('framework %s', (framework, fixtures) => {
  let chain: SuiLocalnet;
  let client: SuiGraphQLClient;
  let alice: Ed25519Keypair;
  let bob: string;
  const cache = createSuiCache();

  beforeAll(async () => {
    chain = await startSuiLocalnet({ fixtures });
    client = new SuiGraphQLClient({ url: chain.url, network: 'localnet' });
    alice = Ed25519Keypair.fromSecretKey(chain.accounts.alice.privateKey);
    bob = chain.accounts.bob.address;
  });
  afterAll(() => chain.close());

  const address = () => chain.accounts.alice.address;
  const target = (name: string) => `${chain.demo.package}::${name}`;

  /** Builds with the SDK, previews with the snap's code, and executes: both must come to the same effects. */
  async function run(transaction: Transaction, signer: Ed25519Keypair = alice) {
    transaction.setSenderIfNotSet(signer.toSuiAddress());
    const bytes = await transaction.build({ client });
    const { signature } = await signer.signTransaction(bytes);
    const { outcome, preview } = await previewed(bytes, signer.toSuiAddress());
    const done = await client.core.executeTransaction({
      transaction: bytes,
      signatures: [signature],
      include: { effects: true, events: true, objectTypes: true, balanceChanges: true },
    });
    const result = done.$kind === 'Transaction' ? done.Transaction : done.FailedTransaction;
    const landed = chain.chain.find(result.digest);
    if (landed === undefined || outcome.effects === undefined) throw new Error('nothing landed');
    // None of these asks the clock, and nobody else changes the shared objects.
    expect(Buffer.from(outcome.effects.bcs).toString('hex')).toBe(
      Buffer.from(landed.effectsBcs).toString('hex'),
    );
    return { result, preview, bytes, signature };
  }

  function previewed(transaction: Uint8Array, account: string) {
    const [network] = SUI_NETWORKS;
    if (network === undefined) throw new Error('no network');
    return previewTransaction({
      network: { ...network, id: 'sui-localnet', endpoint: chain.url, genesis: 'any' },
      transaction,
      account,
      cache,
      execute: executeTransaction,
    });
  }

  const typesOf = (types: Record<string, string>, ending: string): string[] =>
    Object.entries(types).flatMap(([id, type]) => (type.endsWith(ending) ? [id] : []));

  const coinsOf = async (owner: string) => (await client.core.listCoins({ owner })).objects;

  it('says what chain it is', async () => {
    expect(chain.framework).toBe(framework);
    expect((await client.core.getChainIdentifier()).chainIdentifier).toBe(chain.chainIdentifier);
    expect((await client.core.getReferenceGasPrice()).referenceGasPrice).toBe('1000');
  });

  it('splits a coin and sends it, as the preview says', async () => {
    const before = BigInt((await client.core.getBalance({ owner: bob })).balance.balance);
    const transaction = new Transaction();
    const [coin] = transaction.splitCoins(transaction.gas, [1_234_567n]);
    transaction.transferObjects([coin], bob);
    const { result, preview } = await run(transaction);
    expect(result.status.success).toBe(true);
    const after = BigInt((await client.core.getBalance({ owner: bob })).balance.balance);
    expect(after - before).toBe(1_234_567n);
    expect(preview.verdict).toMatchObject({ kind: 'success' });
    expect(result.balanceChanges).toContainEqual(
      expect.objectContaining({ address: bob, amount: '1234567' }),
    );
  });

  it('merges coins', async () => {
    const [first, second] = await coinsOf(bob);
    if (first === undefined || second === undefined) throw new Error('bob has too few coins');
    const transaction = new Transaction();
    transaction.transferObjects([transaction.splitCoins(transaction.gas, [5n])], bob);
    await run(transaction);
    const coins = await coinsOf(bob);
    const [, ...others] = coins;
    const keys = Ed25519Keypair.fromSecretKey(chain.accounts.bob.privateKey);
    const merge = new Transaction();
    const [into, ...rest] = others;
    if (into === undefined) throw new Error('bob has too few coins');
    merge.mergeCoins(
      into.objectId,
      rest.map(({ objectId }) => objectId),
    );
    const { result } = await run(merge, keys);
    expect(result.status.success).toBe(true);
    expect(await coinsOf(bob)).toHaveLength(2);
  });

  it('mints an NFT with an event, hands it on, and loses it to a lesson', async () => {
    const mint = new Transaction();
    mint.moveCall({
      target: target('ticket::mint'),
      arguments: NFT.map((text) => mint.pure.string(text)),
    });
    const { result } = await run(mint);
    const [ticket] = typesOf(result.objectTypes, '::ticket::Ticket');
    if (ticket === undefined) throw new Error('no ticket');
    expect(result.events).toHaveLength(1);
    expect(result.events[0]?.json).toEqual({ ticket, to: address() });
    const object = await client.core.getObject({ objectId: ticket, include: { json: true } });
    expect(object.object.json).toEqual({ id: ticket, name: NFT[0], image_url: NFT[1] });

    const theft = new Transaction();
    theft.moveCall({
      target: target('lessons::verify_ownership'),
      typeArguments: [target('ticket::Ticket')],
      arguments: [theft.object(ticket)],
    });
    const stolen = await run(theft);
    expect(stolen.result.status.success).toBe(true);
    const { object: gone } = await client.core.getObject({ objectId: ticket });
    expect(gone.owner).toEqual({
      $kind: 'AddressOwner',
      AddressOwner: `0x${'badc0de'.padStart(64, '0')}`,
    });
    expect(JSON.stringify(stolen.preview.changes)).toContain('badc0de');
  });

  it('mints coins from a shared object', async () => {
    const transaction = new Transaction();
    transaction.moveCall({
      target: target('moon::mint'),
      arguments: [
        transaction.object(chain.demo.tap),
        transaction.pure.u64(7_000_000n),
        transaction.pure.address(bob),
      ],
    });
    const { result } = await run(transaction);
    expect(result.status.success).toBe(true);
    const coinType = target('moon::MOON');
    const { balance } = await client.core.getBalance({ owner: bob, coinType });
    expect(balance.balance).toBe('7000000');
    const { coinMetadata } = await client.core.getCoinMetadata({ coinType });
    expect(coinMetadata).toMatchObject({ decimals: 6, symbol: 'MOON', name: 'Moon' });
  });

  it('publishes a package, upgrades it and calls it', async () => {
    const modules = ownModules('demo').map((bytes) => Buffer.from(bytes).toString('base64'));
    const dependencies = ['0x1', '0x2'];
    const publish = new Transaction();
    publish.transferObjects([publish.publish({ modules, dependencies })], address());
    const { result } = await run(publish);
    expect(result.status.success).toBe(true);
    const [cap] = typesOf(result.objectTypes, '::package::UpgradeCap');
    const first = result.effects.changedObjects.find(
      ({ outputState }) => outputState === 'PackageWrite',
    );
    if (cap === undefined || first === undefined) throw new Error('nothing was published');

    const upgrade = new Transaction();
    const ticket = upgrade.moveCall({
      target: '0x2::package::authorize_upgrade',
      arguments: [
        upgrade.object(cap),
        upgrade.pure.u8(0),
        upgrade.pure.vector('u8', ownDigest('demo')),
      ],
    });
    const receipt = upgrade.upgrade({
      modules,
      dependencies,
      package: first.objectId,
      ticket,
    });
    upgrade.moveCall({
      target: '0x2::package::commit_upgrade',
      arguments: [upgrade.object(cap), receipt],
    });
    const upgraded = await run(upgrade);
    expect(upgraded.result.status.error).toBeNull();
    const second = upgraded.result.effects.changedObjects.find(
      ({ outputState }) => outputState === 'PackageWrite',
    );
    const call = new Transaction();
    call.moveCall({
      target: `${second?.objectId}::ticket::mint`,
      arguments: NFT.map((text) => call.pure.string(text)),
    });
    const called = await run(call);
    // The type stays that of the first version.
    expect(typesOf(called.result.objectTypes, `${first.objectId}::ticket::Ticket`)).toHaveLength(1);
  });

  it('takes a transaction that aborts, and charges for it', async () => {
    const transaction = new Transaction();
    transaction.moveCall({ target: target('lessons::fail') });
    // With all of the gas there the SDK asks nobody, and nobody refuses.
    const [gas] = await coinsOf(address());
    if (gas === undefined) throw new Error('alice has no coins');
    transaction.setGasBudget(10_000_000n);
    transaction.setGasPrice(1_000n);
    transaction.setGasPayment([gas]);
    const before = BigInt((await client.core.getBalance({ owner: address() })).balance.balance);
    const { result, preview } = await run(transaction);
    expect(result.status.error?.$kind).toBe('MoveAbort');
    expect(result.status.error?.message).toContain('lessons');
    expect(preview.verdict.kind).toBe('failure');
    const after = BigInt((await client.core.getBalance({ owner: address() })).balance.balance);
    expect(after).toBeLessThan(before);
    await expect(
      (() => {
        const open = new Transaction();
        open.setSender(address());
        open.moveCall({ target: target('lessons::fail') });
        return open.build({ client });
      })(),
    ).rejects.toThrow('EAskedFor');
  });

  it('takes a sponsored transaction with both signatures alone', async () => {
    const bobs = Ed25519Keypair.fromSecretKey(chain.accounts.bob.privateKey);
    const [gas] = await coinsOf(bob);
    if (gas === undefined) throw new Error('bob has no coins');
    const transaction = new Transaction();
    transaction.moveCall({
      target: target('ticket::mint'),
      arguments: NFT.map((text) => transaction.pure.string(text)),
    });
    transaction.setSender(address());
    transaction.setGasOwner(bob);
    transaction.setGasPayment([gas]);
    const bytes = await transaction.build({ client });
    const [mine, his] = await Promise.all(
      [alice, bobs].map(async (keys) => (await keys.signTransaction(bytes)).signature),
    );
    const send = (signatures: string[]) =>
      client.core.executeTransaction({ transaction: bytes, signatures });
    await expect(send([mine ?? ''])).rejects.toThrow('Expect 2 signer signatures but got 1');
    expect((await send([mine ?? '', his ?? ''])).$kind).toBe('Transaction');
  });

  it.each([Secp256k1Keypair, Secp256r1Keypair])('takes signatures of %p', async (Keypair) => {
    const keys = new Keypair();
    const owner = keys.toSuiAddress();
    const given = await requestSuiFromFaucetV2({ host: chain.faucetUrl, recipient: owner });
    expect(given.coins_sent).toHaveLength(1);
    const transaction = new Transaction();
    transaction.setSender(owner);
    transaction.transferObjects([transaction.splitCoins(transaction.gas, [1n])], bob);
    const bytes = await transaction.build({ client });
    const { signature } = await keys.signTransaction(bytes);
    const forged = await alice.signTransaction(bytes);
    const send = (one: string) =>
      client.core.executeTransaction({ transaction: bytes, signatures: [one] });
    await expect(send(forged.signature)).rejects.toThrow('is absent');
    expect((await send(signature)).$kind).toBe('Transaction');
  });

  it('refuses an object at a version that was used, and gives the same answer for the same bytes', async () => {
    const transaction = new Transaction();
    transaction.setSender(address());
    transaction.transferObjects([transaction.splitCoins(transaction.gas, [1n])], bob);
    const bytes = await transaction.build({ client });
    const { signature } = await alice.signTransaction(bytes);
    const send = (one: Uint8Array, by: string) =>
      client.core.executeTransaction({ transaction: one, signatures: [by] });
    const first = await send(bytes, signature);
    expect(await send(bytes, signature)).toEqual(first);
    const stale = Transaction.from(bytes);
    stale.setGasBudget(7_000_000n);
    const again = await stale.build({ client });
    const { signature: second } = await alice.signTransaction(again);
    await expect(send(again, second)).rejects.toThrow('is not available for consumption');
  });

  it('receives what was sent to an object, keeps it under a dynamic field and gives it back', async () => {
    const open = new Transaction();
    open.moveCall({ target: target('mailbox::open') });
    const opened = await run(open);
    const [box] = typesOf(opened.result.objectTypes, '::mailbox::Mailbox');
    if (box === undefined) throw new Error('no mailbox');
    const send = new Transaction();
    send.transferObjects([send.splitCoins(send.gas, [321n])], box);
    const sent = await run(send);
    const coin = sent.result.effects.changedObjects.find(
      ({ idOperation }) => idOperation === 'Created',
    );
    if (coin === undefined) throw new Error('no coin');
    const coinType = '0x2::coin::Coin<0x2::sui::SUI>';
    const keep = new Transaction();
    const received = keep.moveCall({
      target: target('mailbox::collect'),
      typeArguments: [coinType],
      arguments: [keep.object(box), keep.object(coin.objectId)],
    });
    keep.moveCall({
      target: target('mailbox::keep'),
      typeArguments: [coinType],
      arguments: [keep.object(box), received],
    });
    expect((await run(keep)).result.status.error).toBeNull();
    const { object: kept } = await client.core.getObject({ objectId: coin.objectId });
    expect(kept.owner.$kind).toBe('ObjectOwner');
    const take = new Transaction();
    const taken = take.moveCall({
      target: target('mailbox::take'),
      typeArguments: [coinType],
      arguments: [take.object(box), take.pure.u64(0)],
    });
    take.transferObjects([taken], bob);
    expect((await run(take)).result.status.error).toBeNull();
    const { object: given } = await client.core.getObject({ objectId: coin.objectId });
    expect(given.owner).toEqual({ $kind: 'AddressOwner', AddressOwner: bob });
  });

  it('describes functions, and SUI itself', async () => {
    const { function: found } = await client.core.getMoveFunction({
      packageId: chain.demo.package,
      moduleName: 'moon',
      name: 'mint',
    });
    expect(found).toMatchObject({ visibility: 'public', isEntry: true });
    expect(found.parameters[0]).toMatchObject({
      reference: 'mutable',
      body: { datatype: { typeName: target('moon::Tap') } },
    });
    const { coinMetadata } = await client.core.getCoinMetadata({ coinType: '0x2::sui::SUI' });
    expect(coinMetadata).toMatchObject({ decimals: 9, symbol: 'SUI', name: 'Sui', iconUrl: null });
    const { objects } = await client.core.listOwnedObjects({ owner: address(), limit: 1 });
    expect(objects).toHaveLength(1);
    const { balances } = await client.core.listBalances({ owner: bob });
    expect(balances.map(({ coinType }) => coinType.split('::').at(-1))).toContain('SUI');
  });

  it('answers what the real service answers to questions that it does not take', async () => {
    const ask = async (query: string, variables: Record<string, unknown> = {}) => {
      const response = await fetch(chain.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: 'null' },
        body: JSON.stringify({ query, variables }),
      });
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      const { errors } = await response.json();
      return `${errors?.[0]?.extensions?.code}: ${errors?.[0]?.message}`;
    };
    expect(await ask('{ chainIdentifer }')).toMatch(
      /^GRAPHQL_VALIDATION_FAILED: Cannot query field/,
    );
    expect(await ask('{ object }')).toMatch(/^GRAPHQL_VALIDATION_FAILED/);
    expect(await ask('{')).toMatch(/^GRAPHQL_PARSE_FAILED/);
    expect(await ask('{ object(address: "6") { version } }')).toMatch(/Missing 0x prefix/);
    expect(await ask('{ serviceConfig { maxQueryDepth } }')).toMatch(/^FEATURE_UNAVAILABLE/);
    expect(await ask(`{ ${'chainIdentifier '.repeat(301)} }`)).toMatch(/too many nodes/);
    expect(await ask(`{ chainIdentifier } # ${'x'.repeat(5_000)}`)).toMatch(/payload is too large/);
    expect(
      await ask(
        '{ checkpoint { query { object(address: "0x6", atCheckpoint: 9999999) { version } } } }',
      ),
    ).toMatch(/in the future/);
    const keys = Array.from({ length: 201 }, () => ({ address: '0x6' }));
    expect(
      await ask('query ($keys: [ObjectKey!]!) { multiGetObjects(keys: $keys) { version } }', {
        keys,
      }),
    ).toMatch(/Too many keys|too large/);
  });

  it('gives nothing to whom it does not understand', async () => {
    await expect(
      requestSuiFromFaucetV2({ host: chain.faucetUrl, recipient: 'nobody' }),
    ).rejects.toThrow('this is no Sui address');
    const huge = await fetch(chain.url, { method: 'POST', body: 'x'.repeat(600_000) });
    expect(huge.status).toBe(413);
    expect((await fetch(chain.url, { method: 'PUT' })).status).toBe(405);
    expect((await fetch(`${chain.faucetUrl}/elsewhere`, { method: 'POST' })).status).toBe(404);
  });

  it('knows objects by version, by root version and by checkpoint', async () => {
    const { data: now } = await client.query({
      query: `{
        checkpoint { sequenceNumber query { object(address: "0x6") { version digest } } }
      }`,
      variables: {},
    });
    const { query: before, sequenceNumber: checkpoint } = Object(now).checkpoint;
    await requestSuiFromFaucetV2({ host: chain.faucetUrl, recipient: bob });
    const { data } = await client.query({
      query: `query ($v: UInt53!, $c: UInt53!) {
        newest: object(address: "0x6") { version }
        exact: object(address: "0x6", version: $v) { version digest }
        root: object(address: "0x6", rootVersion: $v) { version }
        earlier: object(address: "0x6", atCheckpoint: $c) { version }
        none: object(address: "0x6", version: 999999) { version }
      }`,
      variables: { v: Number(before.object.version), c: checkpoint },
    });
    const version = Number(before.object.version);
    expect(data).toMatchObject({
      exact: { version, digest: before.object.digest },
      root: { version },
      earlier: { version },
      none: null,
    });
    expect(Object(data).newest.version).toBeGreaterThan(version);
  });

  it('completes a transaction without gas in the preview, and lands as shown', async () => {
    const open = new Transaction();
    open.setSender(address());
    open.transferObjects([open.splitCoins(open.gas, [99n])], bob);
    const kind = await open.build({ onlyTransactionKind: true, client });
    const shown = await previewed(completeTransaction(kind, address()), address());
    const { signature } = await alice.signTransaction(shown.transaction);
    const submitted = await submitTransaction(
      { endpoint: chain.url },
      shown.transaction,
      [signature],
      shown.outcome.effects?.digest,
    );
    expect(submitted).toMatchObject({ success: true, isAsShown: true });
    const network = { endpoint: chain.url };
    expect(await confirmTransaction(network, submitted.digest)).toMatchObject({
      status: 'confirmed',
    });
    expect(await chainOfNode(chain.url)).toBe(chain.chainIdentifier);
    const { balance } = await client.core.getBalance({ owner: address() });
    expect((await nativeBalance(network, address())).toString()).toBe(balance.balance);
  });

  it('tells of each object how it is owned and what it was before', async () => {
    const [coin] = await coinsOf(address());
    const { data } = await client.query({
      query: `query ($id: SuiAddress!) {
        object(address: $id) { version owner { __typename } previousTransaction { digest } }
      }`,
      variables: { id: coin?.objectId },
    });
    expect(data).toMatchObject({ object: { owner: { __typename: 'AddressOwner' } } });
  });
});
