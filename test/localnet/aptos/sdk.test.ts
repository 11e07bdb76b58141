/** @aptos-labs/ts-sdk against the local chain, on devnet's framework and on the small one. */
import { type AptosLocalnet, startAptosLocalnet } from '../../../localnet/aptos';
import { APTOS_COIN } from '../../../src/chains/aptos/address';
import { assembleFor, hasFixtures, sdkAccount } from '../../support/aptos-localnet';
import {
  Account,
  type AccountAddress,
  type Aptos,
  AptosApiError,
  Ed25519PrivateKey,
  generateSignedTransaction,
  type InputGenerateTransactionPayloadData,
  MultiEd25519Account,
  MultiEd25519PublicKey,
  MultiKey,
  MultiKeyAccount,
  SigningSchemeInput,
  U64,
  type UserTransactionResponse,
} from '../../support/aptos-sdk';
import { FIXTURES } from '../../support/move-fixtures';
import { sdkOf } from './sdk-client';

jest.setTimeout(60_000);

const FRAMEWORKS = [
  ['the small framework', undefined],
  ...(hasFixtures ? [['devnet’s framework', FIXTURES] as const] : []),
] as const;

if (!hasFixtures) test('devnet’s framework — skipped: no fixtures', () => undefined);

describe.each(FRAMEWORKS)('the SDK on %s', (_, fixtures) => {
  let localnet: AptosLocalnet;
  let aptos: Aptos;
  let alice: Account;
  let bob: Account;
  let carol: Account;

  beforeAll(async () => {
    localnet = await startAptosLocalnet({ fixtures });
    aptos = sdkOf(localnet);
    [alice, bob, carol] = [
      sdkAccount(localnet.accounts.alice),
      sdkAccount(localnet.accounts.bob),
      sdkAccount(localnet.accounts.carol),
    ];
  });
  afterAll(() => localnet.close());

  const balance = (account: Account | string) =>
    aptos.getAccountAPTAmount({
      accountAddress: typeof account === 'string' ? account : account.accountAddress,
    });
  const feeOf = ({ gas_unit_price: price, gas_used: used }: UserTransactionResponse) =>
    Number(used) * Number(price);

  async function run(
    sender: Account,
    data: InputGenerateTransactionPayloadData,
  ): Promise<UserTransactionResponse> {
    const transaction = await aptos.transaction.build.simple({
      sender: sender.accountAddress,
      data,
    });
    const { hash } = await aptos.signAndSubmitTransaction({ signer: sender, transaction });
    return (await aptos.waitForTransaction({
      transactionHash: hash,
      options: { checkSuccess: false },
    })) as UserTransactionResponse;
  }

  const call = (
    id: string,
    functionArguments: (string | number | bigint | AccountAddress)[] = [],
    typeArguments: string[] = [],
  ): InputGenerateTransactionPayloadData => ({
    function: id.replace(/^demo(?=::)/, localnet.demo) as `${string}::${string}::${string}`,
    functionArguments,
    typeArguments,
  });

  test('the ledger, and its clock', async () => {
    const before = await aptos.getLedgerInfo();
    expect(before.chain_id).toBe(4);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const after = await aptos.getLedgerInfo();
    expect(BigInt(after.ledger_timestamp)).toBeGreaterThan(BigInt(before.ledger_timestamp));
    expect(BigInt(after.block_height)).toBeGreaterThan(BigInt(before.block_height));
    const now = Date.now() * 1000;
    expect(Math.abs(Number(after.ledger_timestamp) - now)).toBeLessThan(5_000_000);
  });

  test('the faucet gives to an account that never was', async () => {
    const stranger = Account.generate();
    expect(await balance(stranger)).toBe(0);
    await aptos.fundAccount({
      accountAddress: stranger.accountAddress,
      amount: 123_456_789,
      // There is none here.
      options: { waitForIndexer: false },
    });
    expect(await balance(stranger)).toBe(123_456_789);
  });

  test('a transfer of APT: balances, fee, number, events, what the node tells of it', async () => {
    const [before, others] = [await balance(alice), await balance(bob)];
    const transaction = await aptos.transferCoinTransaction({
      sender: alice.accountAddress,
      recipient: bob.accountAddress,
      amount: 5_000_000,
    });
    const [simulated] = await aptos.transaction.simulate.simple({
      signerPublicKey: alice.publicKey,
      transaction,
    });
    const [estimated] = await aptos.transaction.simulate.simple({
      signerPublicKey: alice.publicKey,
      transaction,
      options: { estimateGasUnitPrice: true, estimateMaxGasAmount: true },
    });
    expect(estimated).toMatchObject({
      success: true,
      gas_unit_price: '100',
      // All that the account could pay, or the most that the chain takes.
      max_gas_amount: String(
        Math.min(Math.floor(before / 100), fixtures === undefined ? 2_000_000 : 20_000_000),
      ),
    });
    const { hash } = await aptos.signAndSubmitTransaction({ signer: alice, transaction });
    const landed = (await aptos.waitForTransaction({
      transactionHash: hash,
    })) as UserTransactionResponse;
    expect(simulated).toMatchObject({ success: true, gas_used: landed.gas_used });
    expect(landed.vm_status).toBe('Executed successfully');
    expect(landed.sender).toBe(alice.accountAddress.toString());
    expect(landed.payload).toMatchObject({
      function: '0x1::aptos_account::transfer_coins',
      type_arguments: [APTOS_COIN],
      arguments: [bob.accountAddress.toString(), '5000000'],
    });
    expect(landed.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        '0x1::fungible_asset::Withdraw',
        '0x1::fungible_asset::Deposit',
        '0x1::transaction_fee::FeeStatement',
      ]),
    );
    expect(await balance(alice)).toBe(before - 5_000_000 - feeOf(landed));
    expect(await balance(bob)).toBe(others + 5_000_000);
    const { sequence_number: number } = await aptos.getAccountInfo({
      accountAddress: alice.accountAddress,
    });
    expect(BigInt(number)).toBe(BigInt(landed.sequence_number) + 1n);
    const same = await aptos.getTransactionByVersion({ ledgerVersion: Number(landed.version) });
    expect(same).toEqual(landed);
  });

  test('a coin in coin stores, minted and sent on', async () => {
    const type = `${localnet.demo}::moon_coin::MoonCoin`;
    expect((await run(alice, call('demo::moon_coin::mint', [700]))).vm_status).toBe(
      'Executed successfully',
    );
    const issuer = await aptos.getAccountResource<{
      minted: { guid: { id: { creation_num: string } } };
    }>({ accountAddress: localnet.demo, resourceType: `${localnet.demo}::moon_coin::Issuer` });
    const told = {
      type: `${localnet.demo}::moon_coin::Minted`,
      sequence_number: '0',
      data: { to: alice.accountAddress.toString(), amount: '700' },
    };
    for (const handle of [
      issuer.minted.guid.id.creation_num,
      `${localnet.demo}::moon_coin::Issuer/minted`,
    ]) {
      const answer = await fetch(`${localnet.url}/accounts/${localnet.demo}/events/${handle}`);
      expect(await answer.json()).toMatchObject([told]);
    }
    const sent = call('0x1::aptos_account::transfer_coins', [bob.accountAddress, 250], [type]);
    expect((await run(alice, sent)).success).toBe(true);
    const held = (account: Account) =>
      aptos.view({
        payload: {
          function: '0x1::coin::balance',
          typeArguments: [type],
          functionArguments: [account.accountAddress],
        },
      });
    expect(await held(alice)).toEqual(['450']);
    expect(await held(bob)).toEqual(['250']);
    expect(
      await aptos.getBalance({
        accountAddress: bob.accountAddress,
        asset: type as `${string}::${string}::${string}`,
      }),
    ).toBe(250);
  });

  test('a fungible asset, and the allowance to spend it', async () => {
    const [metadata] = await aptos.view<[{ inner: string }]>({
      payload: { function: `${localnet.demo}::dollar::metadata` },
    });
    const held = async (account: Account) =>
      aptos.getBalance({ accountAddress: account.accountAddress, asset: metadata.inner });
    await run(alice, call('demo::dollar::mint', [1_000]));
    const sent = call(
      '0x1::primary_fungible_store::transfer',
      [metadata.inner, bob.accountAddress, 300],
      ['0x1::fungible_asset::Metadata'],
    );
    expect((await run(alice, sent)).vm_status).toBe('Executed successfully');
    expect([await held(alice), await held(bob)]).toEqual([700, 300]);
    const take = call('demo::dollar::transfer_from', [
      alice.accountAddress,
      carol.accountAddress,
      100,
    ]);
    expect((await run(bob, take)).vm_status).toContain('Move abort in ');
    await run(alice, call('demo::dollar::approve', [bob.accountAddress, 150]));
    expect((await run(bob, take)).success).toBe(true);
    expect(await held(carol)).toBe(100);
    const left = await aptos.viewJson({
      payload: {
        function: `${localnet.demo}::dollar::allowance`,
        functionArguments: [alice.accountAddress.toString(), bob.accountAddress.toString()],
      },
    });
    expect(left).toEqual(['50']);
  });

  test('an object changes hands', async () => {
    expect((await run(alice, call('demo::ticket::mint'))).vm_status).toBe('Executed successfully');
    const [ticket] = await aptos.view<[string]>({
      payload: {
        function: `${localnet.demo}::ticket::address_of`,
        functionArguments: [alice.accountAddress],
      },
    });
    const owner = async () =>
      (
        await aptos.getAccountResource<{ owner: string }>({
          accountAddress: ticket,
          resourceType: '0x1::object::ObjectCore',
        })
      ).owner;
    expect(await owner()).toBe(alice.accountAddress.toString());
    const sent = call(
      '0x1::object::transfer',
      [ticket, carol.accountAddress],
      ['0x4::token::Token'],
    );
    expect((await run(alice, sent)).success).toBe(true);
    expect(await owner()).toBe(carol.accountAddress.toString());
    expect((await run(alice, sent)).vm_status).toMatch(/^Move abort in 0x1::object: .*0x50004/);
    const resources = await aptos.getAccountResources({ accountAddress: ticket });
    expect(resources.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['0x1::object::ObjectCore', '0x4::token::Token']),
    );
  });

  test('a script', async () => {
    const bytecode = assembleFor(
      localnet,
      'script\nfun main(account: &signer, to: address, amount: u64)\n    move_loc account\n    move_loc to\n    move_loc amount\n    call 0x1::aptos_account::transfer\n    ret\n',
      [['0x1', 'aptos_account']],
    );
    const before = await balance(bob);
    const landed = await run(alice, {
      bytecode,
      functionArguments: [bob.accountAddress, new U64(77)],
    });
    expect(landed.vm_status).toBe('Executed successfully');
    expect(await balance(bob)).toBe(before + 77);
  });

  test('several signers', async () => {
    const third = Account.generate().accountAddress;
    const transaction = await aptos.transaction.build.multiAgent({
      sender: alice.accountAddress,
      secondarySignerAddresses: [bob.accountAddress],
      data: call('demo::lessons::pay_together', [third, 1_000]),
    });
    const { hash } = await aptos.transaction.submit.multiAgent({
      transaction,
      senderAuthenticator: aptos.transaction.sign({ signer: alice, transaction }),
      additionalSignersAuthenticators: [aptos.transaction.sign({ signer: bob, transaction })],
    });
    await aptos.waitForTransaction({ transactionHash: hash });
    expect(await balance(third.toString())).toBe(2_000);
  });

  test('somebody else pays, for an account that has nothing', async () => {
    const poor = Account.generate();
    const before = await balance(carol);
    const transaction = await aptos.transaction.build.simple({
      sender: poor.accountAddress,
      withFeePayer: true,
      data: call('demo::dollar::mint', [5]),
    });
    const senderAuthenticator = aptos.transaction.sign({ signer: poor, transaction });
    const feePayerAuthenticator = aptos.transaction.signAsFeePayer({ signer: carol, transaction });
    const { hash } = await aptos.transaction.submit.simple({
      transaction,
      senderAuthenticator,
      feePayerAuthenticator,
    });
    const landed = (await aptos.waitForTransaction({
      transactionHash: hash,
    })) as UserTransactionResponse;
    expect(landed.signature?.type).toBe('fee_payer_signature');
    expect(before - (await balance(carol))).toBeGreaterThan(0);
    expect(await balance(poor)).toBe(0);
  });

  test('a failure says where and why, and costs its fee', async () => {
    const before = await balance(alice);
    const landed = await run(alice, call('demo::lessons::fail'));
    expect(landed.success).toBe(false);
    expect(landed.vm_status).toBe(
      `Move abort in ${localnet.demo}::lessons: EASKED_FOR(0x30002): This function always aborts with the code that it is given`,
    );
    expect(await balance(alice)).toBe(before - feeOf(landed));
  });

  test('keys of every kind sign', async () => {
    const single = Account.generate({ scheme: SigningSchemeInput.Ed25519, legacy: false });
    const ecdsa = Account.generate({ scheme: SigningSchemeInput.Secp256k1Ecdsa });
    const parts = [Account.generate(), ecdsa, single] as const;
    const many = new MultiKeyAccount({
      multiKey: new MultiKey({
        publicKeys: parts.map(({ publicKey }) => publicKey),
        signaturesRequired: 2,
      }),
      signers: [parts[0], parts[1]],
    });
    const keys = [
      Ed25519PrivateKey.generate(),
      Ed25519PrivateKey.generate(),
      Ed25519PrivateKey.generate(),
    ] as const;
    const old = new MultiEd25519Account({
      publicKey: new MultiEd25519PublicKey({
        publicKeys: keys.map((key) => key.publicKey()),
        threshold: 2,
      }),
      signers: [keys[0], keys[2]],
    });
    for (const account of [single, ecdsa, many, old]) {
      localnet.fund(account.accountAddress.toString(), 100_000_000n);
      const before = await balance(bob);
      const sent = call('0x1::aptos_account::transfer', [bob.accountAddress, 10]);
      expect((await run(account, sent)).vm_status).toBe('Executed successfully');
      expect(await balance(bob)).toBe(before + 10);
      // The same signatures under another transaction.
      const build = (expireTimestamp: number) =>
        aptos.transaction.build.simple({
          sender: account.accountAddress,
          data: sent,
          options: { expireTimestamp },
        });
      const soon = Math.floor(Date.now() / 1000) + 60;
      const senderAuthenticator = account.signTransactionWithAuthenticator(await build(soon));
      const transaction = await build(soon + 1);
      await expect(
        aptos.transaction.submit.simple({ transaction, senderAuthenticator }),
      ).rejects.toMatchObject({ data: { error_code: 'vm_error', vm_error_code: 1 } });
    }
  });

  test('a transaction without a sequence number, where the chain has them', async () => {
    const build = () =>
      aptos.transaction.build.simple({
        sender: alice.accountAddress,
        data: call('0x1::aptos_account::transfer', [bob.accountAddress, 1]),
        options: { replayProtectionNonce: 77, expireTimestamp: Math.floor(Date.now() / 1000) + 30 },
      });
    const transaction = await build();
    const send = () => aptos.signAndSubmitTransaction({ signer: alice, transaction });
    if (fixtures === undefined) {
      await expect(send()).rejects.toMatchObject({ data: { error_code: 'vm_error' } });
      return;
    }
    const { hash } = await send();
    expect(await aptos.waitForTransaction({ transactionHash: hash })).toMatchObject({
      replay_protection_nonce: '77',
      success: true,
    });
    await expect(send()).rejects.toMatchObject({ data: { vm_error_code: 42 } });
  });

  describe('what is not taken', () => {
    const transfer = (options: { accountSequenceNumber?: bigint; expireTimestamp?: number } = {}) =>
      aptos.transaction.build.simple({
        sender: alice.accountAddress,
        data: call('0x1::aptos_account::transfer', [bob.accountAddress, 1]),
        options,
      });
    const refusal = async (work: Promise<unknown>) => {
      const error = await work.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (!(error instanceof AptosApiError)) throw new Error(`taken, or ${String(error)}`);
      return { status: error.status, ...error.data };
    };
    const vmError = (code: number, name: string) => ({
      status: 400,
      error_code: 'vm_error',
      vm_error_code: code,
      message: `Invalid transaction: Type: Validation Code: ${name}`,
    });

    test('another’s signature', async () => {
      const transaction = await transfer();
      const foreign = aptos.transaction.sign({ signer: bob, transaction });
      expect(
        await refusal(
          aptos.transaction.submit.simple({ transaction, senderAuthenticator: foreign }),
        ),
      ).toEqual(vmError(2, 'INVALID_AUTH_KEY'));
      const right = aptos.transaction.sign({ signer: alice, transaction });
      const other = await transfer({ expireTimestamp: 2_000_000_000 });
      expect(
        await refusal(
          aptos.transaction.submit.simple({ transaction: other, senderAuthenticator: right }),
        ),
      ).toEqual(vmError(1, 'INVALID_SIGNATURE'));
    });

    test('another chain’s transaction', async () => {
      const transaction = await transfer();
      Object.assign(transaction.rawTransaction.chain_id, { chainId: 1 });
      expect(await refusal(aptos.signAndSubmitTransaction({ signer: alice, transaction }))).toEqual(
        vmError(23, 'BAD_CHAIN_ID'),
      );
    });

    test('one that has expired', async () => {
      const transaction = await transfer({ expireTimestamp: 1_700_000_000 });
      expect(await refusal(aptos.signAndSubmitTransaction({ signer: alice, transaction }))).toEqual(
        vmError(6, 'TRANSACTION_EXPIRED'),
      );
    });

    test('a number that is used', async () => {
      const transaction = await transfer({ accountSequenceNumber: 0n });
      expect(await refusal(aptos.signAndSubmitTransaction({ signer: alice, transaction }))).toEqual(
        vmError(3, 'SEQUENCE_NUMBER_TOO_OLD'),
      );
    });

    test('what would be signed, as a simulation', async () => {
      const transaction = await transfer();
      const authenticator = aptos.transaction.sign({ signer: alice, transaction });
      const body = Uint8Array.from(
        generateSignedTransaction({
          transaction,
          senderAuthenticator: authenticator,
        }),
      );
      const answer = await fetch(`${localnet.url}/transactions/simulate`, {
        method: 'POST',
        headers: { 'content-type': 'application/x.aptos.signed_transaction+bcs' },
        body,
      });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ error_code: 'invalid_input' });
    });
  });

  test('one that comes before its time waits for those before it', async () => {
    const { sequence_number: number } = await aptos.getAccountInfo({
      accountAddress: carol.accountAddress,
    });
    const built = (offset: bigint) =>
      aptos.transaction.build.simple({
        sender: carol.accountAddress,
        data: call('0x1::aptos_account::transfer', [bob.accountAddress, 1]),
        options: { accountSequenceNumber: BigInt(number) + offset },
      });
    const later = await aptos.signAndSubmitTransaction({
      signer: carol,
      transaction: await built(1n),
    });
    const waiting = await aptos.getTransactionByHash({ transactionHash: later.hash });
    expect(waiting.type).toBe('pending_transaction');
    await aptos.signAndSubmitTransaction({ signer: carol, transaction: await built(0n) });
    expect(await aptos.waitForTransaction({ transactionHash: later.hash })).toMatchObject({
      success: true,
    });
  });
});
