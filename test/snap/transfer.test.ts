import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { base64 } from '@scure/base';
import { Connection, PublicKey, Transaction, TransactionInstruction } from '@solana/web3.js';
import { type SolanaLocalnet, startSolanaLocalnet } from '../../localnet/solana';
import {
  associatedTokenAddress,
  createAssociatedTokenAccountIdempotent,
} from '../../localnet/solana/token-instructions';
import type { Preview } from '../../src/vm-preview/model/preview';
import { addLocalnet, connect, install, type Page } from '../support/installed-snap';

jest.setTimeout(60_000);

const AMOUNT = 12_500_000n;

let localnet: SolanaLocalnet;
let connection: Connection;
let page: Page;
let own: PublicKey;
let network: string;

beforeAll(async () => {
  localnet = await startSolanaLocalnet();
  connection = new Connection(localnet.url, 'confirmed');
  page = await install();
  const accounts = await connect(page);
  own = new PublicKey(accounts.find(({ chain }) => chain === 'solana')?.address ?? '');
  network = (await addLocalnet(page, localnet.url)).id;
  await call('requestAirdrop', [own.toBase58(), 2_000_000_000]);
  await call('localnet_mintTo', [usdl().mint.toBase58(), own.toBase58(), 100_000_000]);
});

afterAll(() => localnet?.close());

/** One of the local chain's own methods. */
async function call(method: string, params: unknown[]): Promise<unknown> {
  const answer = await fetch(localnet.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const { result, error } = (await answer.json()) as { result?: unknown; error?: unknown };
  if (error !== undefined) throw new Error(JSON.stringify(error));
  return result;
}

function usdl() {
  const token = localnet.tokens.find(({ symbol }) => symbol === 'USDL');
  if (token === undefined) throw new Error('the local chain has no USDL');
  return token;
}

/** USDL to Carol, whose account for it is opened on the way. */
async function transfer(amount: bigint = AMOUNT): Promise<string> {
  const { mint, program, decimals } = usdl();
  const to = localnet.wallets.carol.publicKey;
  const data = Buffer.alloc(10);
  data.writeUInt8(12, 0);
  data.writeBigUInt64LE(amount, 1);
  data.writeUInt8(decimals, 9);
  const { blockhash } = await connection.getLatestBlockhash();
  const transaction = new Transaction({ feePayer: own, recentBlockhash: blockhash }).add(
    createAssociatedTokenAccountIdempotent(own, to, mint, program),
    new TransactionInstruction({
      programId: program,
      keys: [
        { pubkey: associatedTokenAddress(own, mint, program), isSigner: false, isWritable: true },
        { pubkey: mint, isSigner: false, isWritable: false },
        { pubkey: associatedTokenAddress(to, mint, program), isSigner: false, isWritable: true },
        { pubkey: own, isSigner: true, isWritable: false },
      ],
      data,
    }),
  );
  const bytes = transaction.serialize({ requireAllSignatures: false, verifySignatures: false });
  return base64.encode(Uint8Array.from(bytes));
}

/** The accounts as the chain has them, in the preview's words. */
async function onChain(preview: Preview): Promise<Preview['raw']['diff'][number]['after'][]> {
  const keys = preview.raw.diff.map(({ address }) => new PublicKey(address));
  const accounts = await connection.getMultipleAccountsInfo(keys);
  return accounts.map((account) =>
    account === null
      ? null
      : {
          lamports: String(account.lamports),
          owner: account.owner.toBase58(),
          executable: account.executable,
          dataLength: account.data.length,
          data: account.data.toString('base64'),
        },
  );
}

describe('a token transfer that opens the receiver’s account', () => {
  it('is shown with both balance changes and the fee, and ends with 4001 when rejected', async () => {
    const before = await connection.getBalance(own);
    const request = page.ask('solana_signAndSendTransaction', {
      transaction: await transfer(),
      network,
    });
    const window = await request.window();
    await window.offers('approve');
    const { mint, program } = usdl();
    const to = associatedTokenAddress(localnet.wallets.carol.publicKey, mint, program);
    expect(await window.texts()).toEqual(
      expect.arrayContaining([
        'https://dapp.example',
        'Local chain (for testing)',
        own.toBase58(),
        '−12.5 USDL',
        '100 USDL before, 87.5 USDL after',
        '+12.5 USDL',
        `Belongs to ${localnet.wallets.carol.publicKey.toBase58()}`,
        'Fee, paid by you',
        '0.000005 SOL',
      ]),
    );
    await window.click('reject');
    expect(await request.error()).toMatchObject({ code: 4001 });
    expect(await connection.getBalance(own)).toBe(before);
    expect(await connection.getAccountInfo(to)).toBeNull();
  });

  it('is sent when approved, and the chain is then as the preview said, field by field', async () => {
    const transaction = await transfer();
    const { preview } = await page
      .ask('solana_previewTransaction', { transaction, network })
      .result();
    expect(preview.verdict).toEqual({ kind: 'success' });
    const before = await onChain(preview);
    expect(before).toEqual(
      preview.raw.diff.map((entry) =>
        entry.before === null ? null : expect.objectContaining({ ...entry.before }),
      ),
    );

    const request = page.ask('solana_signAndSendTransaction', { transaction, network });
    const window = await request.window();
    await window.offers('approve');
    await window.click('approve');
    const { signature } = await request.result();
    const landed = await connection.getTransaction(signature, {
      commitment: 'confirmed',
      maxSupportedTransactionVersion: 0,
    });
    expect(landed?.meta?.err).toBeNull();
    expect(landed?.meta?.fee).toBe(Number(preview.fee.total));
    expect(landed?.meta?.logMessages).toEqual(preview.raw.logs);
    expect(landed?.meta?.computeUnitsConsumed).toBe(Number(preview.raw.units.used));

    // Data that stays is left out of a preview.
    const after = preview.raw.diff.map((entry, index) =>
      entry.after === null ? null : { data: before[index]?.data, ...entry.after },
    );
    expect(after).toHaveLength(3);
    expect(await onChain(preview)).toEqual(after);
  });

  it('says that it would fail, and why, when there is not enough', async () => {
    const request = page.ask('solana_signTransaction', {
      transaction: await transfer(10_000_000_000n),
      network,
    });
    const window = await request.window();
    await window.offers('anyway');
    expect(await window.texts()).toEqual(expect.arrayContaining(['This transaction would fail']));
    expect(await window.controls()).not.toContain('approve');
    await window.click('reject');
    expect(await request.error()).toMatchObject({ code: 4001 });
  });
});
