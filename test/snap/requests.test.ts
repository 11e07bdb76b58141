import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { base64 } from '@scure/base';
import { Connection, PublicKey, SystemProgram, Transaction } from '@solana/web3.js';
import nacl from 'tweetnacl';
import { type SolanaLocalnet, startSolanaLocalnet } from '../../localnet/solana';
import { type BadNode, MISBEHAVIOURS, type Misbehaviour, startBadNode } from '../support/bad-node';
import { addLocalnet, connect, install, type Page } from '../support/installed-snap';

jest.setTimeout(120_000);

let localnet: SolanaLocalnet;
let node: BadNode;
let connection: Connection;
let page: Page;
let own: PublicKey;
let network: string;

beforeAll(async () => {
  // Time stands still, so that no blockhash expires while a node keeps us waiting.
  localnet = await startSolanaLocalnet({ slotMilliseconds: 0 });
  node = await startBadNode(localnet.url);
  connection = new Connection(localnet.url, 'confirmed');
  page = await install();
  const accounts = await connect(page);
  own = new PublicKey(accounts.find(({ chain }) => chain === 'solana')?.address ?? '');
  network = (await addLocalnet(page, node.url)).id;
  await connection.requestAirdrop(own, 2_000_000_000);
});

afterAll(async () => {
  await node?.close();
  await localnet?.close();
});

/** SOL to Bob. */
async function transfer(lamports: number, blockhash?: string): Promise<Transaction> {
  const recentBlockhash = blockhash ?? (await connection.getLatestBlockhash()).blockhash;
  return new Transaction({ feePayer: own, recentBlockhash }).add(
    SystemProgram.transfer({
      fromPubkey: own,
      toPubkey: localnet.wallets.bob.publicKey,
      lamports,
    }),
  );
}

function wire(transaction: Transaction): string {
  const bytes = transaction.serialize({ requireAllSignatures: false, verifySignatures: false });
  return base64.encode(Uint8Array.from(bytes));
}

function isSigned(text: string): boolean {
  const transaction = Transaction.from(base64.decode(text));
  const signature = transaction.signatures[0]?.signature ?? new Uint8Array(64);
  return nacl.sign.detached.verify(transaction.serializeMessage(), signature, own.toBytes());
}

describe('several transactions', () => {
  it('are previewed each on what the one before leaves, and all signed', async () => {
    const request = page.ask('solana_signAllTransactions', {
      transactions: [wire(await transfer(1_500_000_000)), wire(await transfer(1_000_000_000))],
      network,
    });
    const window = await request.window();
    await window.offers('following');
    expect(await window.texts()).toEqual(expect.arrayContaining(['Sign transaction 1 of 2?']));
    await window.click('following');
    // The first leaves less than the second wants.
    await window.offers('anyway');
    expect(await window.texts()).toEqual(
      expect.arrayContaining(['Sign transaction 2 of 2?', 'This transaction would fail']),
    );
    await window.click('anyway');
    await window.click('confirm-anyway');
    const { transactions } = await request.result();
    expect(transactions.map(isSigned)).toEqual([true, true]);
  });
});

describe('the blockhash', () => {
  it('is refused once it has expired, where it must stay', async () => {
    const request = page.ask('solana_signTransaction', {
      transaction: wire(await transfer(1, localnet.genesisHash)),
      network,
    });
    const window = await request.window();
    await window.shows('This transaction has expired');
    await window.close();
    expect(await request.error()).toMatchObject({
      code: -32003,
      data: { code: 'transaction-expired' },
    });
  });

  it('is a fresh one where the snap sends', async () => {
    const request = page.ask('solana_signAndSendTransaction', {
      transaction: wire(await transfer(1_000_000, localnet.genesisHash)),
      network,
    });
    const window = await request.window();
    await window.offers('approve');
    await window.click('approve');
    const { signature } = await request.result();
    const landed = await connection.getTransaction(signature, {
      commitment: 'confirmed',
      maxSupportedTransactionVersion: 0,
    });
    expect(landed?.meta?.err).toBeNull();
  });
});

describe('a node that answers with', () => {
  it.each(Object.keys(MISBEHAVIOURS) as Misbehaviour[])(
    '%s is said in one sentence, and nothing is signed',
    async (how) => {
      const transaction = wire(await transfer(1_000_000));
      node.misbehave(how);
      const preview = await page.ask('solana_previewTransaction', { transaction, network }).error();
      expect(preview).toMatchObject({ code: -32002, data: { kind: 'state' } });
      expect(preview.message).toMatch(/^[\x20-\x7e]{10,200}$/);

      const request = page.ask('solana_signTransaction', { transaction, network });
      const window = await request.window();
      await window.offers('retry');
      expect(await window.texts()).toEqual(expect.arrayContaining(['The state could not be read']));
      expect((await window.controls()).sort()).toEqual(['reject', 'retry']);

      // The same request goes on once the node behaves.
      node.misbehave(undefined);
      await window.click('retry');
      await window.offers('approve');
      await window.click('reject');
      expect(await request.error()).toMatchObject({ code: 4001 });
    },
  );
});

describe('bytes that are no transaction', () => {
  const bytes = (...values: number[]): string => base64.encode(Uint8Array.from(values));

  it.each([
    ['one byte', bytes(1)],
    ['an unknown version', bytes(1, ...new Array(64).fill(0), 0xff, 1, 0, 1, 1)],
    ['noise', base64.encode(nacl.randomBytes(300))],
  ])('%s ends in one error, with no window', async (_, transaction) => {
    const error = await page.ask('solana_signTransaction', { transaction, network }).error();
    expect(error).toMatchObject({ code: -32602, data: { kind: 'malformed' } });
    expect(error.message).toMatch(/^[\x20-\x7e]{10,200}$/);
  });

  it.each([
    ['cut short', (whole: Uint8Array) => whole.slice(0, -1)],
    ['with a byte too many', (whole: Uint8Array) => Uint8Array.of(...whole, 0)],
    ['far too long', (whole: Uint8Array) => Uint8Array.of(...whole, ...new Array(2000).fill(0))],
  ])('a transaction %s ends in one error', async (_, change) => {
    const whole = base64.decode(wire(await transfer(1)));
    const transaction = base64.encode(change(whole));
    const error = await page.ask('solana_signTransaction', { transaction, network }).error();
    expect(error).toMatchObject({ code: -32602, data: { kind: 'malformed' } });
  });

  it('is refused when our account is not among the signers', async () => {
    const { bob } = localnet.wallets;
    const { blockhash } = await connection.getLatestBlockhash();
    const transaction = new Transaction({ feePayer: bob.publicKey, recentBlockhash: blockhash });
    transaction.add(
      SystemProgram.transfer({ fromPubkey: bob.publicKey, toPubkey: own, lamports: 1 }),
    );
    const error = await page
      .ask('solana_signTransaction', { transaction: wire(transaction), network })
      .error();
    expect(error).toMatchObject({ code: -32602, data: { code: 'account-not-signer' } });
  });
});
