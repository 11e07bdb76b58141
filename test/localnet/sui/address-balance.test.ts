/** Balances of addresses on the local Sui chain, and what a wallet sees and makes of them. */

import { SuiGraphQLClient } from '@mysten/sui/graphql';
import { Ed25519Keypair } from '@mysten/sui/keypairs/ed25519';
import { Transaction } from '@mysten/sui/transactions';
import { type SuiLocalnet, startSuiLocalnet } from '../../../localnet/sui';
import { newestRecorded } from '../../../localnet/sui/genesis';
import { completeTransaction, createSuiCache, previewTransaction } from '../../../src/chains/sui';
import type { SuiPreview } from '../../../src/chains/sui/preview';
import { parseTransaction } from '../../../src/chains/sui/transaction';
import { localNetwork } from '../../support/local-network';
import { FIXTURES } from '../../support/move-fixtures';

jest.setTimeout(60_000);

/** In which mainnet has them; the framework at hand is of 106. */
const PROTOCOL = 124;
const hasFramework = newestRecorded(FIXTURES, PROTOCOL) === 106;
const suite = hasFramework ? describe : describe.skip;
if (!hasFramework) it('skipped: no fixtures', () => expect(hasFramework).toBe(false));

const SUI = '0x2::sui::SUI';
const MIST = 1_000_000_000n;

suite('a balance that is in no coin', () => {
  let chain: SuiLocalnet;
  let client: SuiGraphQLClient;
  let alice: Ed25519Keypair;
  let bob: string;
  const cache = createSuiCache();

  beforeAll(async () => {
    chain = await startSuiLocalnet({ fixtures: FIXTURES, protocolVersion: PROTOCOL });
    client = new SuiGraphQLClient({ url: chain.url, network: 'localnet' });
    alice = Ed25519Keypair.fromSecretKey(chain.accounts.alice.privateKey);
    bob = chain.accounts.bob.address;
  });
  afterAll(() => chain.close());

  const address = () => chain.accounts.alice.address;

  function show(transaction: Uint8Array, account = address()): Promise<SuiPreview> {
    const network = localNetwork('sui', chain.url, chain.chainIdentifier);
    return previewTransaction({ network, transaction, account, cache });
  }

  async function execute(transaction: Uint8Array, signer = alice) {
    const { signature } = await signer.signTransaction(transaction);
    return client.core.executeTransaction({
      transaction,
      signatures: [signature],
      include: { effects: true, balanceChanges: true },
    });
  }

  const deposit = (to: string, amount: bigint): Transaction => {
    const tx = new Transaction();
    tx.moveCall({
      target: '0x2::coin::send_funds',
      typeArguments: [SUI],
      arguments: [tx.splitCoins(tx.gas, [amount]), tx.pure.address(to)],
    });
    return tx;
  };

  async function balance(owner: string) {
    const { balance: found } = await client.core.getBalance({ owner, coinType: SUI });
    return { coins: found.coinBalance, inBalance: found.addressBalance, all: found.balance };
  }

  it('is given out of a coin, shown so, and there at once', async () => {
    const tx = deposit(bob, 3n * MIST);
    tx.setSender(address());
    const bytes = await tx.build({ client });
    const { preview, outcome } = await show(bytes);
    expect(preview.verdict).toEqual({ kind: 'success' });
    expect(preview.othersChanges).toMatchObject([
      {
        kind: 'balance',
        address: bob,
        delta: (3n * MIST).toString(),
        parts: [{ where: 'balance', delta: (3n * MIST).toString() }],
      },
    ]);
    const before = await balance(bob);
    const done = await execute(bytes);
    expect(done.$kind).toBe('Transaction');
    expect(done.Transaction?.effects.bcs).toEqual(outcome.effects?.bcs);
    const after = await balance(bob);
    expect(after.coins).toBe(before.coins);
    expect(BigInt(after.inBalance) - BigInt(before.inBalance)).toBe(3n * MIST);
    expect(BigInt(after.all)).toBe(BigInt(after.coins) + BigInt(after.inBalance));
    expect(done.Transaction?.balanceChanges).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ address: bob, amount: (3n * MIST).toString() }),
      ]),
    );
  });

  it('moves within an account', async () => {
    const tx = deposit(address(), 5n * MIST);
    tx.setSender(address());
    const bytes = await tx.build({ client });
    const { preview } = await show(bytes);
    const fee = BigInt(preview.fee.total);
    expect(preview.changes).toMatchObject([
      {
        delta: (-fee).toString(),
        parts: [
          { where: 'coins', delta: (-5n * MIST - fee).toString() },
          { where: 'balance', delta: (5n * MIST).toString() },
        ],
      },
    ]);
    await execute(bytes);
    expect((await balance(address())).inBalance).toBe((5n * MIST).toString());
  });

  it('pays for what has no coin, in the snap and in the SDK', async () => {
    const poor = Ed25519Keypair.fromSecretKey(new Uint8Array(32).fill(0x77));
    const owner = poor.toSuiAddress();
    const gift = deposit(owner, MIST);
    gift.setSender(address());
    await execute(await gift.build({ client }));
    const make = (): Transaction => {
      const tx = new Transaction();
      tx.moveCall({
        target: '0x2::balance::send_funds',
        typeArguments: [SUI],
        arguments: [
          tx.moveCall({
            target: '0x2::balance::redeem_funds',
            typeArguments: [SUI],
            arguments: [tx.withdrawal({ amount: MIST / 2n, type: SUI })],
          }),
          tx.pure.address(bob),
        ],
      });
      return tx;
    };
    const kind = await make().build({ onlyTransactionKind: true, client });
    const { preview, transaction, outcome } = await show(completeTransaction(kind, owner), owner);
    const { data } = parseTransaction(transaction);
    expect(data.gas.payment).toEqual([]);
    expect(data.expiration).toMatchObject({ kind: 'validDuring', minEpoch: 0n, maxEpoch: 1n });
    expect(preview.verdict).toEqual({ kind: 'success' });
    expect(preview.provenance.certainty).toBe('conditional');
    const fee = BigInt(preview.fee.total);
    expect(preview.changes).toMatchObject([{ delta: (-(MIST / 2n) - fee).toString() }]);
    const done = await execute(transaction, poor);
    expect(done.Transaction?.effects.bcs).toEqual(outcome.effects?.bcs);
    expect((await balance(owner)).inBalance).toBe((MIST / 2n - fee).toString());
  });

  it('is not withdrawn twice, nor more of it', async () => {
    const tx = new Transaction();
    tx.moveCall({
      target: '0x2::balance::send_funds',
      typeArguments: [SUI],
      arguments: [
        tx.moveCall({
          target: '0x2::balance::redeem_funds',
          typeArguments: [SUI],
          arguments: [tx.withdrawal({ amount: 1_000n * MIST, type: SUI })],
        }),
        tx.pure.address(bob),
      ],
    });
    tx.setSender(address());
    tx.setGasBudget(10_000_000n);
    const kind = await tx.build({ onlyTransactionKind: true, client });
    const { preview } = await show(completeTransaction(kind, address()));
    expect(preview.verdict).toMatchObject({
      kind: 'refused',
      error: { code: 'InvalidWithdrawReservation' },
    });
  });

  it('makes up with coins what a command takes, named as a coin', async () => {
    const { coins, inBalance } = await balance(address());
    const all = BigInt(coins) + BigInt(inBalance);
    const tx = new Transaction();
    tx.transferObjects([tx.splitCoins(tx.gas, [all - MIST])], bob);
    const kind = await tx.build({ onlyTransactionKind: true, client });
    const { preview, transaction, outcome } = await show(completeTransaction(kind, address()));
    expect(preview.verdict).toEqual({ kind: 'success' });
    const { data } = parseTransaction(transaction);
    expect(data.gas.payment.at(-1)?.digest.subarray(12)).toEqual(new Uint8Array(20).fill(0xac));
    const done = await execute(transaction);
    expect(done.Transaction?.effects.bcs).toEqual(outcome.effects?.bcs);
    const left = await balance(address());
    expect(BigInt(left.all)).toBe(MIST - BigInt(preview.fee.total));
  });
});
