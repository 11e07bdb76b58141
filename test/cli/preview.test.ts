/** The command against the local chain, and what the chain then does. */
import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  Connection,
  Keypair,
  type PublicKey,
  SystemProgram,
  Transaction,
  TransactionInstruction,
} from '@solana/web3.js';
import { type SolanaLocalnet, startSolanaLocalnet } from '../../localnet/solana';
import {
  associatedTokenAddress,
  createAssociatedTokenAccountIdempotent,
} from '../../localnet/solana/token-instructions';
import { runCommand } from '../../src/cli/preview';

let localnet: SolanaLocalnet;
let connection: Connection;

beforeAll(async () => {
  localnet = await startSolanaLocalnet({ slotMilliseconds: 0 });
  connection = new Connection(localnet.url, 'confirmed');
});

afterAll(async () => {
  await localnet.close();
});

async function signed(...instructions: TransactionInstruction[]): Promise<Transaction> {
  const { alice } = localnet.wallets;
  const transaction = new Transaction({
    feePayer: alice.publicKey,
    ...(await connection.getLatestBlockhash()),
  }).add(...instructions);
  transaction.sign(alice);
  return transaction;
}

function base64(transaction: Transaction): string {
  return transaction.serialize().toString('base64');
}

function transferSol(to: PublicKey, lamports: number): TransactionInstruction {
  const fromPubkey = localnet.wallets.alice.publicKey;
  return SystemProgram.transfer({ fromPubkey, toPubkey: to, lamports });
}

function transferUsdl(to: PublicKey, amount: bigint): TransactionInstruction[] {
  const usdl = localnet.tokens.find(({ symbol }) => symbol === 'USDL');
  if (usdl === undefined) throw new Error('no USDL');
  const { mint, program } = usdl;
  const owner = localnet.wallets.alice.publicKey;
  const data = Buffer.alloc(10);
  data[0] = 12;
  data.writeBigUInt64LE(amount, 1);
  data[9] = 6;
  const keys = [
    associatedTokenAddress(owner, mint, program),
    mint,
    associatedTokenAddress(to, mint, program),
    owner,
  ].map((pubkey, index) => ({ pubkey, isSigner: index === 3, isWritable: index % 2 === 0 }));
  return [
    createAssociatedTokenAccountIdempotent(owner, to, mint, program),
    new TransactionInstruction({ programId: program, keys, data }),
  ];
}

describe('preview', () => {
  it('prints what a token transfer that opens an account changes, and the chain agrees', async () => {
    const to = Keypair.generate().publicKey;
    const transaction = await signed(...transferUsdl(to, 5_000_000n));
    const account = localnet.wallets.alice.publicKey.toBase58();
    const words = ['solana', base64(transaction), '--rpc', localnet.url, '--account', account];
    const text = await runCommand(words);
    expect(text.error).toBe('');
    expect(text.exitCode).toBe(0);
    expect(text.output).toContain('It would succeed on ');
    expect(text.output).toContain('-5 USDL (1,000 → 995)');
    expect(text.output).toContain('+5 USDL (0 → 5)');
    expect(text.output).toContain(`Fee: 0.000005 SOL, paid by ${account}`);
    expect(text.output).toContain('1. CreateIdempotent · Associated Token Account Program');
    expect(text.output).toContain('2. TransferChecked · Token Program');

    const json = JSON.parse((await runCommand([...words, '--json'])).output);
    expect(json.verdict).toEqual({ kind: 'success' });
    await connection.sendRawTransaction(transaction.serialize());
    const lamports = await connection.getBalance(localnet.wallets.alice.publicKey);
    const own = json.changes.find(
      (change: { kind: string; asset: { kind: string } }) =>
        change.kind === 'balance' && change.asset.kind === 'native',
    );
    expect(own.after).toBe(String(lamports));
  });

  it('says why a transaction would fail', async () => {
    const transaction = await signed(transferSol(localnet.wallets.bob.publicKey, 1e15));
    const result = await runCommand(['solana', base64(transaction), '--rpc', localnet.url]);
    expect(result.exitCode).toBe(1);
    expect(result.output).toMatch(/^It would fail on .*\[InstructionError: Custom\(1\)\]$/m);
  });

  it('runs as a process', async () => {
    const transaction = await signed(transferSol(localnet.wallets.bob.publicKey, 1_000));
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [
        join(__dirname, '../../node_modules/tsx/dist/cli.mjs'),
        join(__dirname, '../../src/cli/main.ts'),
        'solana',
        base64(transaction),
        '--rpc',
        localnet.url,
      ],
      { timeout: 60_000 },
    );
    expect(stderr).toBe('');
    expect(stdout).toContain('+0.000001 SOL');
  }, 90_000);
});

describe('a wrong command', () => {
  it.each([
    [['bitcoin', 'AA'], 2, 'There is no chain bitcoin: only solana, aptos or sui.'],
    [['solana'], 2, 'The transaction is missing.'],
    [['solana', 'AA', '--rpc'], 2, '--rpc needs a value.'],
    [['solana', 'AA', '--loud'], 2, 'There is no option --loud.'],
    [['solana', 'AA', 'BB'], 2, 'What is “BB” for?'],
    [['solana', 'AA', '--network', 'mars'], 2, 'There is no network mars.'],
    [['solana', '§', '--network', 'solana-devnet'], 2, 'The text is not base64.'],
  ])('%j exits with %i', async (words, exitCode, error) => {
    expect(await runCommand(words)).toEqual({ exitCode, output: '', error });
  });

  it('is told how to be right', async () => {
    const help = await runCommand(['--help']);
    expect(help.exitCode).toBe(0);
    expect(help.output).toContain('Usage: npm run -s preview -- [solana | aptos | sui]');
  });
});

describe('what cannot be previewed', () => {
  it('ends in one sentence when the bytes are no transaction', async () => {
    const result = await runCommand(['solana', 'AQID', '--rpc', 'http://127.0.0.1:1']);
    expect(result.exitCode).toBe(2);
    expect(result.error).toMatch(/^The transaction .*\.$/);
  });

  it('ends in one sentence when no node answers', async () => {
    const server: Server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = address !== null && typeof address !== 'string' ? address.port : 0;
    await new Promise((resolve) => server.close(resolve));
    const transaction = await signed(transferSol(localnet.wallets.bob.publicKey, 1));
    const words = ['solana', base64(transaction), '--rpc', `http://127.0.0.1:${port}`];
    const result = await runCommand(words);
    expect(result.exitCode).toBe(3);
    expect(result.error.split('\n')).toHaveLength(1);
  });

  it('refuses a node of another network', async () => {
    const transaction = await signed(transferSol(localnet.wallets.bob.publicKey, 1));
    const words = ['solana', base64(transaction), '--rpc', localnet.url];
    const result = await runCommand([...words, '--network', 'solana-mainnet']);
    expect(result.exitCode).toBe(3);
    expect(result.error).toContain('is not a node of Solana');
  });
});
