/** Large programs as they run on mainnet: Light Protocol's, as npm ships them with their accounts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ComputeBudgetProgram, PublicKey, TransactionInstruction } from '@solana/web3.js';
import type { Bench } from '../bench';
import { at, type Cell, custom } from '../cell';

const program = 'Light Protocol';
const FOLDER = join('node_modules', '@lightprotocol', 'zk-compression-cli');

const SYSTEM = new PublicKey('SySTEM1eSU2p4BGQfQpimFEWWSC1XDFeun3Nqzz3rT7');
const COMPRESSION = new PublicKey('compr6CUsB5m2jS4Y3831ztGSTnDpnKJTKS95d64XVq');
const NOOP = new PublicKey('noopb9bkMVfRPU8AsbpTUg8AQkHtKwMYZiFUjNRtMmV');
const REGISTRY = new PublicKey('Lighton6oQpVkeewmo2mcPTQQp7kYHr4fWpAgJyEmDX');
const COMPRESSED_TOKEN = new PublicKey('cTokenmWW8bLPjZEBAUgYy3zKxQZW6VKi7bqNFEVv3m');
const SOL_POOL = new PublicKey('CHK57ywWSDncAoRu1F8QgwYJeXuAJyyBYT4LixLXvMZ1');

const FILES = [
  [SYSTEM, 'light_system_program_pinocchio.so'],
  [COMPRESSION, 'account_compression.so'],
  [NOOP, 'spl_noop.so'],
  [REGISTRY, 'light_registry.so'],
  [COMPRESSED_TOKEN, 'light_compressed_token.so'],
] as const;

function install(bench: Bench, ...programs: readonly PublicKey[]): void {
  for (const [id, file] of FILES) {
    if (!programs.includes(id)) continue;
    bench.programAt(id, Uint8Array.from(readFileSync(join(FOLDER, 'bin', file))));
  }
}

/** One of the accounts that the package brings, found by its address. */
function load(bench: Bench, address: string): PublicKey {
  const folder = join(FOLDER, 'accounts');
  const file = readdirSync(folder).find((name) => name.endsWith(`_${address}.json`));
  if (file === undefined) throw new Error(`no file of ${address}`);
  const { account } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const pubkey = new PublicKey(address);
  return bench.set(pubkey, {
    lamports: BigInt(account.lamports),
    data: Uint8Array.from(Buffer.from(account.data[0], 'base64')),
    owner: new PublicKey(account.owner),
  });
}

/** As `LightSystemProgram.compress` of @lightprotocol/stateless.js 0.23.3 encodes it. */
function compress(bench: Bench, tree: string): TransactionInstruction {
  install(bench, SYSTEM, COMPRESSION, NOOP);
  const registered = load(bench, '35hkDgaAKwMCaxRz2ocSZ6NaUrtKkyNqU6c4RV3tYJRh');
  const authority = new PublicKey('HwXnGK3tPkkVY6P439H2p68AxpeuWXd5PcrAxFpbmfbA');
  const keys = [
    [bench.payer, 'sw'],
    [bench.payer, 's'],
    [registered, ''],
    [NOOP, ''],
    [authority, ''],
    [COMPRESSION, ''],
    [SOL_POOL, 'w'],
    [SYSTEM, 'w'],
    [new PublicKey('11111111111111111111111111111111'), ''],
    [load(bench, tree), 'w'],
  ] as const;
  // No inputs, one output of 1,000,000 lamports for alice, which the payer pays in.
  const data = Buffer.concat([
    Buffer.from('1a10a90715caf21943000000000000000001000000', 'hex'),
    bench.key('alice').toBuffer(),
    Buffer.from('40420f000000000000000000000000000140420f000000000001', 'hex'),
  ]);
  return new TransactionInstruction({
    programId: SYSTEM,
    keys: keys.map(([pubkey, flags]) => ({
      pubkey,
      isSigner: flags.includes('s'),
      isWritable: flags.includes('w'),
    })),
    data,
  });
}

function unknown(bench: Bench, programId: PublicKey): Uint8Array {
  install(bench, programId);
  const keys = [{ pubkey: bench.payer, isSigner: true, isWritable: true }];
  const data = Buffer.from('0102030405060708', 'hex');
  return bench.transaction([new TransactionInstruction({ programId, keys, data })]);
}

const MORE_UNITS = ComputeBudgetProgram.setComputeUnitLimit({ units: 1_400_000 });

export const LIGHT_CELLS: readonly Cell[] = [
  {
    program,
    instruction: 'compress SOL',
    outcome: 'into a tree, hashed with Poseidon',
    build: (bench) =>
      bench.transaction([
        MORE_UNITS,
        compress(bench, 'smt1NamzXdq4AMqS2fS2F1i5KTYPZRhoHgWx38d8WsT'),
      ]),
  },
  {
    program,
    instruction: 'compress SOL',
    outcome: 'into a queue',
    build: (bench) =>
      bench.transaction([
        MORE_UNITS,
        compress(bench, 'oq1na8gojfdUhsfCpyjNt6h4JaDWtHf1yQj4koBWfto'),
      ]),
  },
  {
    program,
    instruction: 'compress SOL',
    outcome: 'out of units halfway',
    error: at(1, 'ComputationalBudgetExceeded'),
    build: (bench) =>
      bench.transaction([
        ComputeBudgetProgram.setComputeUnitLimit({ units: 20_000 }),
        compress(bench, 'smt1NamzXdq4AMqS2fS2F1i5KTYPZRhoHgWx38d8WsT'),
      ]),
  },
  {
    program,
    instruction: 'noop',
    outcome: 'success',
    build: (bench) => unknown(bench, NOOP),
  },
  {
    program,
    instruction: 'account_compression (none)',
    outcome: 'unknown discriminator',
    error: custom(0, 101),
    build: (bench) => unknown(bench, COMPRESSION),
  },
  {
    program,
    instruction: 'light_registry (none)',
    outcome: 'unknown discriminator',
    error: custom(0, 101),
    build: (bench) => unknown(bench, REGISTRY),
  },
  {
    program,
    instruction: 'light_compressed_token (none)',
    outcome: 'unknown discriminator',
    error: custom(0, 101),
    build: (bench) => unknown(bench, COMPRESSED_TOKEN),
  },
];
