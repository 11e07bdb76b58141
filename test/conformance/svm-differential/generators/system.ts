/** System instructions in all their forms, on balances around what rent asks for. */
import type { TransactionInstruction } from '@solana/web3.js';
import {
  createWithSeed,
  INCINERATOR,
  MEMO_PROGRAM,
  type Pubkey,
  SYSTEM_PROGRAM,
  SYSVAR_IDS,
  TOKEN_PROGRAM,
} from '../../../../src/vm-preview/svm';
import type { LitesvmWorld } from '../../../support/litesvm-world';
import { address, instruction, type Meta } from '../../../support/solana-transaction';
import { account, caseOf, type Placed, type Scene, u32, u64 } from '../case';
import type { Random } from '../random';
import { budgetInstruction } from './budget';

const payer = address(7);
const pool: readonly Pubkey[] = [payer, address(8), address(9), address(10), INCINERATOR];
const seeded = createWithSeed(address(8), new TextEncoder().encode('seed'), SYSTEM_PROGRAM);
const MINIMUM = 128n * 5080n;
const NONCE_BYTES = 80;
const NONCE_MINIMUM = (128n + BigInt(NONCE_BYTES)) * 5080n;
const AMOUNTS = [
  0n,
  1n,
  4999n,
  5000n,
  MINIMUM - 1n,
  MINIMUM,
  MINIMUM + 5000n,
  NONCE_MINIMUM - 1n,
  NONCE_MINIMUM,
  2n ** 64n - 1n,
];
const SIZES = [0n, 0n, 1n, 80n, 165n, 10_240n, 10_485_760n, 10_485_761n];

function lamports(random: Random): bigint {
  return random.chance(50) ? random.pick(AMOUNTS) : BigInt(random.below(Number(4n * MINIMUM)));
}

function meta(random: Random): Meta {
  const other = [SYSVAR_IDS.recentBlockhashes, SYSVAR_IDS.rent, SYSTEM_PROGRAM, seeded];
  return {
    pubkey: random.pick(random.chance(90) ? pool : other),
    isSigner: random.chance(75),
    isWritable: random.chance(80),
  };
}

function seedOf(random: Random): number[] {
  const text = random.pick(['seed', '', 'other', 's'.repeat(32), 's'.repeat(33)]);
  return [...u32(text.length), 0, 0, 0, 0, ...new TextEncoder().encode(text)];
}

function data(random: Random): number[] {
  const owner = random.pick([SYSTEM_PROGRAM, TOKEN_PROGRAM]);
  const size = random.pick(SIZES);
  const base = random.pick(pool);
  switch (random.below(14)) {
    case 0:
      return [...u32(0), ...u64(lamports(random)), ...u64(size), ...owner.bytes];
    case 1:
      return [...u32(1), ...owner.bytes];
    case 2:
      return [...u32(2), ...u64(lamports(random))];
    case 3:
      return [
        ...u32(3),
        ...base.bytes,
        ...seedOf(random),
        ...u64(lamports(random)),
        ...u64(size),
        ...owner.bytes,
      ];
    case 4:
      return u32(4);
    case 5:
      return [...u32(5), ...u64(lamports(random))];
    case 6:
      return [...u32(6), ...random.pick(pool).bytes];
    case 7:
      return [...u32(7), ...random.pick(pool).bytes];
    case 8:
      return [...u32(8), ...u64(size)];
    case 9:
      return [...u32(9), ...base.bytes, ...seedOf(random), ...u64(size), ...owner.bytes];
    case 10:
      return [...u32(10), ...base.bytes, ...seedOf(random), ...owner.bytes];
    case 11:
      return [...u32(11), ...u64(lamports(random)), ...seedOf(random), ...SYSTEM_PROGRAM.bytes];
    case 12:
      return u32(12);
    default:
      return [...u32(random.below(15)), ...random.bytes(random.below(60))];
  }
}

const signer = (pubkey: Pubkey): Meta => ({ pubkey, isSigner: true, isWritable: true });
const writable = (pubkey: Pubkey): Meta => ({ pubkey, isWritable: true });

/** As the program expects its accounts, so that most of these succeed. */
function shaped(random: Random): TransactionInstruction {
  const from = random.chance(70) ? payer : random.pick(pool.slice(1, 4));
  const to = random.pick(pool);
  const amount = u64(BigInt(random.below(random.chance(80) ? 400_000 : 3_000_000)));
  const space = random.below(200);
  const minimum = BigInt(128 + space) * 5080n;
  const nonce = address(11);
  const { recentBlockhashes, rent } = SYSVAR_IDS;
  const hashes = { pubkey: recentBlockhashes };
  switch (random.below(9)) {
    case 0:
      return instruction(SYSTEM_PROGRAM, [signer(from), writable(to)], [...u32(2), ...amount]);
    case 1:
      return instruction(
        SYSTEM_PROGRAM,
        [signer(from), signer(address(12))],
        [...u32(0), ...u64(minimum), ...u64(BigInt(space)), ...TOKEN_PROGRAM.bytes],
      );
    case 2:
      return instruction(SYSTEM_PROGRAM, [signer(address(13))], [...u32(8), ...u64(20n)]);
    case 3: {
      const seed = [...u64(4n), ...new TextEncoder().encode('seed')];
      return instruction(
        SYSTEM_PROGRAM,
        [writable(seeded), { pubkey: address(8), isSigner: true }, writable(to)],
        [...u32(11), ...u64(BigInt(random.below(2000))), ...seed, ...SYSTEM_PROGRAM.bytes],
      );
    }
    case 4:
      return instruction(
        SYSTEM_PROGRAM,
        [writable(nonce), hashes, { pubkey: rent }],
        [...u32(6), ...from.bytes],
      );
    case 5:
      return instruction(SYSTEM_PROGRAM, [writable(nonce), hashes, signer(from)], u32(4));
    case 6:
      return instruction(
        SYSTEM_PROGRAM,
        [writable(nonce), writable(to), hashes, { pubkey: rent }, signer(from)],
        [...u32(5), ...amount],
      );
    case 7:
      return instruction(SYSTEM_PROGRAM, [writable(nonce), signer(from)], [...u32(7), ...to.bytes]);
    default:
      return instruction(MEMO_PROGRAM, [signer(from)], random.bytes(random.below(20)));
  }
}

function wild(random: Random): TransactionInstruction {
  if (random.chance(8)) return budgetInstruction(random);
  const metas = Array.from({ length: random.below(5) }, () => meta(random));
  return instruction(SYSTEM_PROGRAM, metas, data(random));
}

function accounts(random: Random, isRich: boolean): Placed[] {
  const placed = pool.slice(1).map((key): Placed => {
    const size = isRich || random.chance(60) ? 0 : random.pick([80, 165]);
    const owner = isRich || random.chance(85) ? SYSTEM_PROGRAM : TOKEN_PROGRAM;
    const rentEpoch = random.pick([0n, 2n ** 64n - 1n]);
    const lamportsOf = isRich || random.chance(30) ? 20n * MINIMUM : lamports(random) / 8n;
    return [key, account(lamportsOf, owner, new Uint8Array(size), { rentEpoch })];
  });
  const balance = 3n * MINIMUM + BigInt(random.below(Number(100n * MINIMUM)));
  return [
    [payer, account(balance, SYSTEM_PROGRAM)],
    ...placed,
    [address(11), account(NONCE_MINIMUM * 2n, SYSTEM_PROGRAM, new Uint8Array(NONCE_BYTES))],
    [address(12), null],
    [address(13), account(MINIMUM * 2n, SYSTEM_PROGRAM)],
    [seeded, account(MINIMUM * 3n, SYSTEM_PROGRAM)],
  ];
}

export function systemScene(world: LitesvmWorld): Scene {
  return {
    world,
    next(random) {
      const count = 1 + random.below(4);
      const isShaped = random.chance(75);
      const instructions = Array.from({ length: count }, () =>
        (isShaped ? random.chance(97) : random.chance(30)) ? shaped(random) : wild(random),
      );
      return caseOf(world, payer, instructions, accounts(random, isShaped && random.chance(80)));
    },
  };
}
