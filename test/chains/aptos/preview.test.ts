/** Whole previews by the real VM, over the recorded genesis of devnet. */

import { type PreviewRequest, previewTransaction } from '../../../src/chains/aptos';
import { APTOS_COIN, parseAddress } from '../../../src/chains/aptos/address';
import { createAptosCache } from '../../../src/chains/aptos/cache';
import { accountKeys, moduleKey, packageKey } from '../../../src/chains/aptos/load/keys';
import type { Change } from '../../../src/vm-preview/model/preview';
import { stateKeyId } from '../../../src/vm-preview/move/aptos';
import { entry } from '../../support/aptos-calls';
import { Account, Bool, MoveString, MoveVector, type U8 } from '../../support/aptos-sdk';
import { addressOf, METADATA, putAccount, putCoins, putStore } from './accounts';
import { type FakeNode, fakeNode, genesisState, hasDevnet } from './node';
import {
  ALICE,
  BOB,
  CAROL,
  multiAgentBytes,
  rawTransaction,
  script,
  sponsoredBytes,
  transferBytes,
} from './transfers';

const state = hasDevnet ? genesisState() : new Map();
/** The framework takes long to decode: all tests may use what one has decoded. */
const shared = createAptosCache();
const RICH = 1_000_000_000n;

function world(): FakeNode {
  const node = fakeNode(new Map(state));
  putAccount(node, ALICE);
  putStore(node, ALICE, RICH);
  return node;
}

const ask = (node: FakeNode, transaction: Uint8Array, more: Partial<PreviewRequest> = {}) =>
  previewTransaction({
    network: node.network,
    transaction,
    account: ALICE,
    cache: shared,
    fetch: node.fetch,
    ...more,
  });

const codes = ({ warnings }: { warnings: readonly { code: string }[] }) =>
  warnings.map(({ code }) => code);

const deltaOf = (changes: readonly Change[]): bigint => {
  const [change, more] = changes.filter(({ kind }) => kind === 'balance');
  if (change?.kind !== 'balance' || more !== undefined) throw new Error('not one balance');
  return BigInt(change.delta);
};

(hasDevnet ? describe : describe.skip)('previews on the genesis of devnet', () => {
  if (!hasDevnet) test('skipped: no fixtures', () => undefined);

  test('a transfer: what changes, the fee, how it is known', async () => {
    const node = world();
    const cache = createAptosCache();
    const { preview, transaction, message } = await ask(node, transferBytes(), { cache });
    expect(preview.verdict).toEqual({ kind: 'success' });
    const fee = BigInt(preview.fee.total);
    expect(fee).toBeGreaterThan(0n);
    expect(preview.fee.parts.reduce((sum, { amount }) => sum + BigInt(amount), 0n)).toBe(fee);
    expect(deltaOf(preview.changes)).toBe(-150_000_000n - fee);
    expect(preview.changes).toMatchObject([{ owner: ALICE, asset: { symbol: 'APT' } }]);
    expect(preview.othersChanges).toMatchObject([
      { kind: 'balance', owner: BOB, delta: '150000000', before: '0' },
      { kind: 'opened', owner: BOB, what: 'token-account' },
    ]);
    expect(codes(preview)).toEqual([]);
    expect(preview.provenance).toMatchObject({
      host: '127.0.0.1:8080',
      height: { from: '1000', to: '1000' },
      certainty: 'conditional',
      expiry: { kind: 'seconds', remaining: 60 },
    });
    expect(transaction).toEqual(transferBytes());
    expect(message.subarray(32)).toEqual(transferBytes());
    const types = preview.raw.events?.map(({ type }) => type) ?? [];
    expect(types).toContain('0x1::transaction_fee::FeeStatement');
    expect(types).toContain('0x1::fungible_asset::Withdraw');

    // The measure: a usual transaction in at most three rounds, cold and warm.
    const { load } = preview.provenance;
    const again = (await ask(node, transferBytes(), { cache })).preview;
    process.stdout.write(
      `a transfer's preview, cold: ${JSON.stringify(load)}; warm: ${JSON.stringify(again.provenance.load)}\n`,
    );
    expect(load?.rounds).toBeLessThanOrEqual(3);
    expect(again.provenance.load?.rounds).toBeLessThanOrEqual(3);
    expect(again.provenance.load?.bytes).toBeLessThan(100_000);
    expect({ ...again, provenance: undefined }).toEqual({ ...preview, provenance: undefined });
  });

  test('a coin that becomes a fungible asset is no change but for the fee', async () => {
    const node = world();
    putCoins(node, ALICE, 7n * RICH);
    const payload = entry('0x1::coin::migrate_to_fungible_store', [], [APTOS_COIN]);
    const { preview } = await ask(node, rawTransaction(payload).bcsToBytes());
    expect(preview.verdict).toEqual({ kind: 'success' });
    expect(preview.changes).toContainEqual(
      expect.objectContaining({
        kind: 'balance',
        before: (8n * RICH).toString(),
        delta: (-BigInt(preview.fee.total)).toString(),
      }),
    );
    expect(codes(preview)).toEqual([]);
  });

  test.each([
    ['a used sequence number', 2n, {}, 'SEQUENCE_NUMBER_TOO_OLD'],
    ['a later sequence number', 0n, { sequenceNumber: 3n }, 'SEQUENCE_NUMBER_TOO_NEW'],
    ['an expired transaction', 0n, { expires: 1_779_999_999n }, 'TRANSACTION_EXPIRED'],
  ])('%s is refused', async (_, current, terms, code) => {
    const node = world();
    putAccount(node, ALICE, current);
    const { preview } = await ask(node, transferBytes(terms));
    expect(preview.verdict).toMatchObject({ kind: 'refused', error: { code } });
    expect(preview.fee.total).toBe('0');
    expect(preview.changes).toEqual([]);
    expect(codes(preview)).toEqual(['would-be-refused']);
    if (code === 'TRANSACTION_EXPIRED') {
      expect(preview.provenance.expiry).toEqual({ kind: 'expired' });
    }
  });

  test('too little of the coin fails where the framework says so', async () => {
    const { preview } = await ask(world(), transferBytes({ amount: 2n * RICH }));
    expect(preview.verdict).toMatchObject({
      kind: 'failure',
      error: { program: '0x1::fungible_asset' },
    });
    expect(deltaOf(preview.changes)).toBe(-BigInt(preview.fee.total));
    expect(codes(preview)).toEqual(['would-fail']);
  });

  test('a key that is not the account’s is refused', async () => {
    const key = Account.generate().publicKey.toUint8Array();
    const own = addressOf(key);
    const node = world();
    putStore(node, own, RICH);
    const asked = { account: own, publicKey: Buffer.from(key).toString('hex') };
    const good = await ask(node, transferBytes({ sender: own }), asked);
    expect(good.preview.verdict).toEqual({ kind: 'success' });
    putAccount(node, own, 0n, new Uint8Array(32).fill(9));
    const bad = await ask(node, transferBytes({ sender: own }), asked);
    expect(bad.preview.verdict).toMatchObject({
      kind: 'refused',
      error: { code: 'INVALID_AUTH_KEY' },
    });
  });

  test('a second transaction runs on what the first leaves', async () => {
    const node = world();
    const first = await ask(node, transferBytes());
    const second = await ask(node, transferBytes({ sequenceNumber: 1n }), { base: first });
    expect(second.preview.verdict).toEqual({ kind: 'success' });
    expect(second.preview.othersChanges).toMatchObject([
      { owner: BOB, before: '150000000', after: '300000000' },
    ]);
    expect(second.preview.provenance.assumptions).toContain(
      'The transactions before this one are sent first, with the outcome shown.',
    );
  });

  test('somebody else pays', async () => {
    const node = world();
    putAccount(node, CAROL);
    putStore(node, CAROL, RICH);
    const { preview } = await ask(node, sponsoredBytes(CAROL));
    expect(preview.verdict).toEqual({ kind: 'success' });
    expect(deltaOf(preview.changes)).toBe(-150_000_000n);
    expect(preview.fee.payer).toBe(CAROL);
    expect(preview.othersChanges).toContainEqual(
      expect.objectContaining({ owner: CAROL, delta: `-${preview.fee.total}` }),
    );
    expect(codes(preview)).toEqual(['others-pay']);
    expect(preview.provenance.assumptions).toContain(
      `The signature of ${CAROL} is still missing and is presumed.`,
    );
    const asPayer = await ask(node, sponsoredBytes(CAROL), { account: CAROL });
    expect(codes(asPayer.preview)).toEqual(['pays-for-others']);
  });

  test('somebody pays who is not settled yet', async () => {
    const { preview } = await ask(world(), sponsoredBytes('0x0'));
    expect(preview.verdict).toEqual({ kind: 'success' });
    expect(deltaOf(preview.changes)).toBe(-150_000_000n);
    expect(codes(preview)).toEqual(['fee-payer-open']);
    expect(preview.othersChanges.map(({ owner }) => owner)).toEqual([BOB, BOB]);
  });

  test('capabilities, keys, code: what a phishing site would ask for', async () => {
    const node = world();
    const key = new Uint8Array(32).fill(7);
    const rotate = entry('0x1::account::rotate_authentication_key_call', [MoveVector.U8(key)]);
    const { preview } = await ask(node, rawTransaction(rotate).bcsToBytes());
    expect(preview.verdict).toEqual({ kind: 'success' });
    expect(codes(preview)).toEqual(['key-rotated']);
    expect(preview.changes).toContainEqual(
      expect.objectContaining({ kind: 'authority', role: 'authentication-key', address: ALICE }),
    );
  });

  test('a script', async () => {
    const { preview } = await ask(world(), rawTransaction(script(EMPTY_SCRIPT)).bcsToBytes());
    expect(codes(preview)).toContain('script');
    expect(preview.request[0]).toMatchObject({ name: 'Run a script' });
  });

  test('several signers', async () => {
    const node = world();
    putAccount(node, CAROL);
    const payload = entry('0x1::aptos_account::transfer', [BOB, 5n]);
    const { preview } = await ask(node, multiAgentBytes(payload, [CAROL]));
    // The function takes one signer: the chain says so, and what it says is told.
    expect(preview.verdict.kind).toBe('failure');
    expect(codes(preview)).toContain('several-signers');
  });

  describe('a stranger’s package', () => {
    const APP = parseAddress(`0x${'c4'.repeat(32)}`);
    const createCollection = () =>
      entry(`${APP}::aptos_token::create_collection`, [
        new MoveString('Apes of devnet'),
        100n,
        new MoveString('Apes'),
        new MoveString('https://example.org'),
        ...Array.from({ length: 9 }, () => new Bool(true)),
        0n,
        1n,
      ]);

    function withApp(): FakeNode {
      const node = world();
      for (const { key, value } of [...node.state.values()]) {
        if (
          key.kind !== 'module' ||
          Buffer.from(key.address).toString('hex') !== '4'.padStart(64, '0')
        )
          continue;
        const own = Buffer.from(value.bytes).toString('hex');
        const hex = own.replaceAll('4'.padStart(64, '0'), 'c4'.repeat(32));
        const bytes = new Uint8Array(Buffer.from(hex, 'hex'));
        node.put(moduleKey(APP, key.name), { bytes, metadata: METADATA });
      }
      return node;
    }

    test('is loaded with what it depends on, and told of', async () => {
      const node = withApp();
      const cache = createAptosCache();
      const bytes = rawTransaction(createCollection()).bcsToBytes();
      const { preview } = await ask(node, bytes, { cache });
      expect(preview.verdict).toEqual({ kind: 'success' });
      expect(preview.request[0]).toMatchObject({
        name: 'create_collection',
        fields: [
          { kind: 'text', untrustedValue: 'Apes of devnet' },
          { kind: 'number', value: '100' },
          { kind: 'text', untrustedValue: 'Apes' },
          { kind: 'text' },
          ...Array.from({ length: 9 }, () => ({ kind: 'text', untrustedValue: 'true' })),
          { kind: 'number', value: '0' },
          { kind: 'number', value: '1' },
        ],
      });
      expect(preview.changes.filter(({ kind }) => kind === 'object')).toHaveLength(1);
      expect(codes(preview)).toContain('unknown-module');
      const again = (await ask(node, bytes, { cache })).preview;
      process.stdout.write(
        `a stranger's function, cold: ${JSON.stringify(preview.provenance.load)}; warm: ${JSON.stringify(again.provenance.load)}\n`,
      );
      expect(again.provenance.load?.rounds).toBe(2);
      expect(preview.provenance.load?.rounds).toBeLessThanOrEqual(4);
      expect(again.verdict).toEqual({ kind: 'success' });
    });

    test('that was replaced since it was last used', async () => {
      const node = withApp();
      const cache = createAptosCache();
      const bytes = rawTransaction(createCollection()).bcsToBytes();
      const registry = node.state.get(stateKeyId(packageKey(parseAddress('0x4'))));
      if (registry === undefined) throw new Error('no registry in the genesis');
      node.put(packageKey(APP), registry.value);
      const first = (await ask(node, bytes, { cache })).preview;
      expect(codes(first)).not.toContain('module-upgraded');
      const facts = first.warnings.find(({ code }) => code === 'unknown-module')?.evidence;
      expect(facts).toContainEqual({ label: 'package', value: 'AptosTokenObjects' });
      // Name, policy, then how often it was upgraded.
      const upgraded = registry.value.bytes.slice();
      upgraded[1 + 1 + 'AptosTokenObjects'.length + 1] = 5;
      node.put(packageKey(APP), { bytes: upgraded });
      const second = (await ask(node, bytes, { cache })).preview;
      expect(codes(second)).toContain('module-upgraded');
      expect(codes((await ask(node, bytes, { cache })).preview)).not.toContain('module-upgraded');
    });

    test('that came lately', async () => {
      const node = withApp();
      const key = moduleKey(APP, 'aptos_token');
      const found = node.state.get(stateKeyId(key));
      if (found === undefined) throw new Error('no module');
      const creationTimeMicros = node.ledger.timestampMicros - 3_600_000_000n;
      const metadata = { ...METADATA, creationTimeMicros };
      node.put(key, { ...found.value, metadata });
      const registry = node.state.get(stateKeyId(packageKey(parseAddress('0x4'))));
      if (registry !== undefined) node.put(packageKey(APP), registry.value);
      const bytes = rawTransaction(createCollection()).bcsToBytes();
      const { preview } = await ask(node, bytes, { cache: createAptosCache() });
      expect(codes(preview)).toContain('module-new');
    });
  });

  test('an NFT is made, then given away', async () => {
    const node = world();
    const text = (value: string) => new MoveString(value);
    const collection = entry('0x4::aptos_token::create_collection', [
      text('Apes of devnet'),
      100n,
      text('Apes'),
      text('https://example.org'),
      ...Array.from({ length: 9 }, () => new Bool(true)),
      0n,
      1n,
    ]);
    const first = await ask(node, rawTransaction(collection).bcsToBytes());
    expect(first.preview.verdict).toEqual({ kind: 'success' });
    const mint = entry('0x4::aptos_token::mint', [
      text('Apes'),
      text('An ape'),
      text('Ape #1'),
      text('https://example.org/1'),
      new MoveVector<MoveString>([]),
      new MoveVector<MoveString>([]),
      new MoveVector<MoveVector<U8>>([]),
    ]);
    const second = await ask(node, rawTransaction(mint, { sequenceNumber: 1n }).bcsToBytes(), {
      base: first,
    });
    expect(second.preview.verdict).toEqual({ kind: 'success' });
    const made = second.preview.changes.find(({ kind }) => kind === 'object');
    const item = {
      type: '0x4::token::Token',
      untrustedName: 'Ape #1',
      untrustedCollection: 'Apes',
    };
    expect(made).toMatchObject({ before: null, after: ALICE, item });
    const give = entry('0x1::object::transfer', [made?.address ?? '', BOB], ['0x4::token::Token']);
    const third = await ask(node, rawTransaction(give, { sequenceNumber: 2n }).bcsToBytes(), {
      base: second,
    });
    expect(third.preview.verdict).toEqual({ kind: 'success' });
    expect(third.preview.changes).toContainEqual(
      expect.objectContaining({ kind: 'object', before: ALICE, after: BOB, item }),
    );
    expect(codes(third.preview)).toEqual(['object-leaves']);
    expect(third.preview.request[0]).toMatchObject({ name: 'Transfer object' });
  });

  test('the state that it rests on is asked for at one version only', async () => {
    const node = world();
    await ask(node, transferBytes());
    const versions = new Set(
      node.requests.slice(1).map((one) => /ledger_version=(\d+)/.exec(one)?.[1]),
    );
    expect([...versions]).toEqual(['1000']);
  });

  test('a node that stalls for ever ends the preview', async () => {
    const node = world();
    node.faults = {
      answer: (path) =>
        path.includes('state_values') ? new Promise<Response>(() => undefined) : undefined,
    };
    await expect(ask(node, transferBytes(), { timeoutMs: 300 })).rejects.toMatchObject({
      kind: 'state',
      code: 'node-timeout',
    });
  });

  test('a resource that does not fit its layout ends in a typed error', async () => {
    const node = world();
    for (const key of accountKeys(ALICE)) node.put(key, { bytes: Uint8Array.of(1, 2, 3) });
    await expect(ask(node, transferBytes())).rejects.toHaveProperty('kind');
  });

  test('the user can stop it', async () => {
    const stop = new AbortController();
    const node = world();
    node.faults = {
      answer: () => {
        stop.abort();
        return undefined;
      },
    };
    await expect(ask(node, transferBytes(), { signal: stop.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

/** `main() { return }`, format version 6. */
const EMPTY_SCRIPT = new Uint8Array(Buffer.from('a11ceb0b0600000001050001000000000102', 'hex'));
