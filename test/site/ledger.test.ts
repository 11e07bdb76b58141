/** Balances, histories and transactions as the portfolio reads them, from the three local chains. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { Connection, Keypair, SystemProgram, Transaction } from '@solana/web3.js';
import { type AptosLocalnet as AptosChain, startAptosLocalnet } from '../../localnet/aptos';
import { type SolanaLocalnet, startSolanaLocalnet } from '../../localnet/solana';
import { type SuiLocalnet as SuiChain, startSuiLocalnet } from '../../localnet/sui';
import { aptos } from '../../site/src/ledger/aptos';
import { solana } from '../../site/src/ledger/solana';
import { sui } from '../../site/src/ledger/sui';
import { networkAt } from '../../site/src/local/networks';
import { SuiLocalnet } from '../../site/src/sui/localnet';
import { messageOf, signTransaction } from '../../src/chains/aptos';
import {
  createSuiCache,
  previewTransaction,
  serializedSignature,
  submitTransaction,
} from '../../src/chains/sui';
import { signedDigest } from '../../src/chains/sui/transaction';

jest.setTimeout(60_000);

let svm: SolanaLocalnet;
let rest: AptosChain;
let graphql: SuiChain;

beforeAll(async () => {
  svm = await startSolanaLocalnet({ slotMilliseconds: 0 });
  rest = await startAptosLocalnet();
  graphql = await startSuiLocalnet();
});
afterAll(async () => {
  await Promise.all([svm.close(), rest.close(), graphql.close()]);
});

describe('Solana', () => {
  const network = () => networkAt('solana', svm.url);

  it('sends, and tells what came of it', async () => {
    const { alice, bob } = svm.wallets;
    const from = alice.publicKey.toBase58();
    const to = bob.publicKey.toBase58();
    const before = await solana.balances(network(), from);
    expect(before[0]).toMatchObject({ symbol: 'SOL', decimals: 9 });
    expect(before.map(({ symbol }) => symbol)).toContain('USDL');

    const bytes = await solana.transfer(network(), { from, to, amount: 7n });
    const transaction = Transaction.from(bytes);
    const wanted = SystemProgram.transfer({
      fromPubkey: alice.publicKey,
      toPubkey: bob.publicKey,
      lamports: 7,
    });
    expect(transaction.instructions[0]?.data).toEqual(wanted.data);
    transaction.sign(alice);
    const id = await new Connection(svm.url).sendRawTransaction(transaction.serialize());
    const landed = await solana.transaction(network(), id);
    expect(landed).toMatchObject({ id, fee: '5000', feePayer: from });
    expect(landed?.error).toBeUndefined();
    expect(landed?.changes).toEqual([
      { address: from, symbol: 'SOL', decimals: 9, delta: '-5007' },
      { address: to, symbol: 'SOL', decimals: 9, delta: '7' },
    ]);
    expect(landed?.lines.join('\n')).toContain('11111111111111111111111111111111 success');
    expect((await solana.history(network(), from))[0]).toMatchObject({ id });
    const after = await solana.balances(network(), from);
    expect(BigInt(before[0]?.amount ?? 0) - BigInt(after[0]?.amount ?? 0)).toBe(5_007n);
  });

  it('knows nothing of what never was', async () => {
    const nobody = Keypair.generate().publicKey.toBase58();
    expect(await solana.balances(network(), nobody)).toEqual([
      { symbol: 'SOL', decimals: 9, amount: '0' },
    ]);
    expect(await solana.history(network(), nobody)).toEqual([]);
    expect(await solana.transaction(network(), '1'.repeat(64))).toBeUndefined();
  });

  it.each([
    ['11111111111111111111111111111111', true],
    ['0x1', false],
    ['', false],
    ['O'.repeat(32), false],
    ['1111', false],
  ])('takes %s for an address: %s', (text, is) => {
    expect(solana.isAddress(text)).toBe(is);
  });
});

describe('Aptos', () => {
  const network = () => networkAt('aptos', rest.url);

  it('sends, and tells what came of it', async () => {
    const { alice, bob } = rest.accounts;
    const { address: from } = alice;
    const bytes = await aptos.transfer(network(), { from, to: bob.address, amount: 1_000n });
    const signature = ed25519.sign(messageOf(bytes), alice.privateKey);
    const { hash } = rest.chain.submit(signTransaction(bytes, from, alice.publicKey, signature));
    const landed = await aptos.transaction(network(), hash);
    expect(landed).toMatchObject({ id: hash, feePayer: from });
    expect(landed?.error).toBeUndefined();
    expect(landed?.changes).toEqual([
      { address: from, symbol: 'APT', decimals: 8, delta: '-1000' },
      { address: bob.address, symbol: 'APT', decimals: 8, delta: '1000' },
    ]);
    expect(Number(landed?.fee)).toBeGreaterThan(0);
    const [newest] = await aptos.history(network(), from);
    expect(newest).toMatchObject({ id: hash });
    expect(newest?.time).toBeGreaterThan(1_600_000_000_000);
  });

  it('knows nothing of what never was', async () => {
    const nobody = `0x${'77'.repeat(32)}`;
    expect(await aptos.balances(network(), nobody)).toEqual([
      { symbol: 'APT', decimals: 8, amount: '0' },
    ]);
    expect(await aptos.history(network(), nobody)).toEqual([]);
    expect(await aptos.transaction(network(), nobody)).toBeUndefined();
  });
});

describe('Sui', () => {
  const network = () => ({ ...networkAt('sui', graphql.url), genesis: graphql.chainIdentifier });

  it('sends, and tells what came of it', async () => {
    const { alice, bob } = graphql.accounts;
    const [before] = await sui.balances(network(), alice.address);
    expect(before).toEqual({ symbol: 'SUI', decimals: 9, amount: '105000000000' });
    const open = await sui.transfer(network(), {
      from: alice.address,
      to: bob.address,
      amount: 5n,
    });
    const { transaction } = await previewTransaction({
      network: network(),
      transaction: open,
      account: alice.address,
      cache: createSuiCache(),
    });
    const signature = ed25519.sign(signedDigest(transaction), alice.privateKey);
    const { digest } = await submitTransaction(network(), transaction, [
      serializedSignature(signature, alice.publicKey),
    ]);
    const landed = await sui.transaction(network(), digest);
    const fee = BigInt(landed?.fee ?? 0);
    expect(fee).toBeGreaterThan(0n);
    expect(landed).toMatchObject({ id: digest, feePayer: alice.address });
    expect([...(landed?.changes ?? [])].sort((a, b) => a.delta.length - b.delta.length)).toEqual([
      { address: bob.address, symbol: 'SUI', decimals: 9, delta: '5' },
      { address: alice.address, symbol: 'SUI', decimals: 9, delta: String(-5n - fee) },
    ]);
    expect((await sui.history(network(), alice.address))[0]).toMatchObject({ id: digest });
  });

  it('knows nothing of what never was', async () => {
    const nobody = `0x${'77'.repeat(32)}`;
    expect(await sui.balances(network(), nobody)).toEqual([
      { symbol: 'SUI', decimals: 9, amount: '0' },
    ]);
    expect(await sui.history(network(), nobody)).toEqual([]);
    expect(await sui.transaction(network(), '1'.repeat(32))).toBeUndefined();
  });

  it('has a faucet, and a demo whose package is found', async () => {
    const localnet = new SuiLocalnet(graphql.url);
    const nobody = `0x${'78'.repeat(32)}`;
    await localnet.fund(nobody);
    expect(await sui.balances(network(), nobody)).toMatchObject([{ amount: '10000000000' }]);
    expect(await localnet.demo()).toMatchObject(graphql.demo);
    await expect(localnet.fund('0xzz')).rejects.toThrow('The local faucet failed');
    await expect(new SuiLocalnet('http://127.0.0.1:1/graphql').demo()).rejects.toThrow(
      'No local chain answers',
    );
  });
});
