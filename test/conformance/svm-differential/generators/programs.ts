/**
 * Programs of random statements: memory at the borders of every region, deep calls, many logs, return
 * data and units that run out, in every sBPF version that is deployed.
 */
import {
  COMPUTE_BUDGET_PROGRAM,
  LOADER_V2,
  MEMO_PROGRAM,
  SYSTEM_PROGRAM,
} from '../../../../src/vm-preview/svm';
import type { SbpfVersion } from '../../../../src/vm-preview/svm/sbpf/types';
import type { LitesvmWorld } from '../../../support/litesvm-world';
import { elf } from '../../../support/sbpf-assembler';
import { address, instruction } from '../../../support/solana-transaction';
import { account, caseOf, type Scene, u32 } from '../case';
import type { Random } from '../random';

const payer = address(9);
const programs = [address(78), address(79)] as const;
const holder = address(80);

const BORDERS = [
  0n,
  1n << 32n,
  (1n << 32n) + 0xb0n,
  2n << 32n,
  (2n << 32n) + 4096n,
  (2n << 32n) + 8192n,
  (2n << 32n) + 262_144n,
  (2n << 32n) + 524_288n,
  3n << 32n,
  (3n << 32n) + 32_768n,
  4n << 32n,
  (4n << 32n) + 96n,
  5n << 32n,
  2n ** 64n - 4n,
] as const;

/** One of the program's own fields or borders, and what is a few bytes beside it. */
function place(random: Random): string {
  const near = BigInt(random.below(20) - 10);
  return String(BigInt.asUintN(64, random.pick(BORDERS) + near));
}

function harmless(random: Random): string {
  const offset = 8 * (1 + random.below(20));
  return random.pick([
    `stxdw [r10-${offset}], r7`,
    `ldxdw r7, [r10-${offset}]`,
    'add64 r7, r8',
    'xor64 r8, r7',
    `lsh64 r7, ${random.below(64)}`,
    `lddw r8, ${random.u64()}`,
    'ldxb r8, [r6+0]',
    `ldxw r8, [r6+${random.below(80)}]`,
    `lddw r1, ${3n << 32n}\nstxw [r1+${random.below(32_000)}], r7`,
    'call helper',
    'mov64 r1, r7\nmov64 r2, r8\nmov64 r3, 0\nmov64 r4, 0\nmov64 r5, 0\ncall sol_log_64_',
    'call sol_log_compute_units_',
    `lddw r1, text\nmov64 r2, ${random.below(20)}\ncall sol_log_`,
    `lddw r1, text\nmov64 r2, ${random.below(20)}\ncall sol_set_return_data`,
    `lddw r1, helper\ncallx r1`,
  ]);
}

function risky(random: Random, label: string): string {
  const size = random.pick(['b', 'h', 'w', 'dw']);
  switch (random.below(9)) {
    case 0:
      return `lddw r1, ${place(random)}\nldx${size} r8, [r1+${random.below(4)}]`;
    case 1:
      return `lddw r1, ${place(random)}\nstx${size} [r1+0], r7`;
    case 2:
      return `mov64 r9, ${1 + random.below(70)}\ncall deep`;
    case 3: {
      // As many lines as go over the limit of the log.
      const lines = random.pick([3, 80, 300]);
      return `mov64 r9, ${lines}\n${label}:\nlddw r1, long\nmov64 r2, ${random.below(121)}\ncall sol_log_\nsub64 r9, 1\njne r9, 0, ${label}`;
    }
    case 4:
      return `lddw r1, ${3n << 32n}\nmov64 r2, ${random.pick([0, 1023, 1024, 1025])}\ncall sol_set_return_data`;
    case 5:
      return `lddw r1, ${place(random)}\nmov64 r2, ${random.below(40)}\ncall sol_log_`;
    case 6:
      return `mov64 r9, ${random.below(200_000)}\n${label}:\nsub64 r9, 1\nadd64 r7, r9\njsgt r9, 0, ${label}`;
    case 7:
      return `stx${size} [r10${random.chance(50) ? '-' : '+'}${random.below(9000)}], r7`;
    default:
      return `mov64 r1, ${random.below(3)}\ndiv64 r7, r1\nlddw r1, ${place(random)}\ncallx r1`;
  }
}

/** Writes into an account's lamports, length, owner and data, wherever they are. */
function inputWrite(random: Random): string {
  const size = random.pick(['b', 'h', 'w', 'dw']);
  return `stx${size} [r6+${8 + random.below(180)}], r7`;
}

function source(random: Random): string {
  const lines = Array.from({ length: 2 + random.below(12) }, (_, index) => {
    const kind = random.below(100);
    if (kind < 91) return harmless(random);
    return kind < 98 ? risky(random, `l${index}`) : inputWrite(random);
  });
  const status = random.chance(85) ? 0n : random.pick([1n, 2n, 1n << 32n, 3n << 32n, 99n << 32n]);
  return `
    .string text "a text that is logged"
    .string long ${JSON.stringify('x'.repeat(120))}
    entrypoint:
      mov64 r6, r1
      mov64 r7, ${random.below(1000)}
      mov64 r8, 3
      ${lines.join('\n')}
      lddw r0, ${status}
      exit
    helper:
      stxdw [r10-8], r7
      add64 r7, 1
      ldxdw r0, [r10-8]
      exit
    deep:
      sub64 r9, 1
      mov64 r1, r9
      jeq r1, 0, bottom
      call deep
    bottom:
      exit`;
}

export function programsScene(world: LitesvmWorld): Scene {
  return {
    world,
    next(random) {
      const versions: readonly SbpfVersion[] = [0, 0, 3, 1, 2];
      const placed = programs.map((id) => {
        const file = elf(source(random), random.pick(versions));
        return [id, account(1_000_000_000n, LOADER_V2, file, { executable: true })] as const;
      });
      const owner = random.pick([...programs, SYSTEM_PROGRAM]);
      const data = random.bytes(random.pick([0, 8, 100]));
      const run = programs.map((id) =>
        instruction(
          id,
          [
            { pubkey: holder, isWritable: random.chance(80), isSigner: random.chance(30) },
            ...(random.chance(20) ? [{ pubkey: holder }] : []),
          ],
          random.bytes(random.below(30)),
        ),
      );
      const limit = random.pick([1_400_000, 1_400_000, 20_000, 3_000]);
      const memo = random.chance(20) ? [instruction(MEMO_PROGRAM, [], [65, 66])] : [];
      return caseOf(
        world,
        payer,
        [
          instruction(COMPUTE_BUDGET_PROGRAM, [], [2, ...u32(limit)]),
          ...(random.chance(50) ? run : run.slice(1)),
          ...memo,
        ],
        [
          [payer, account(10_000_000_000n, SYSTEM_PROGRAM)],
          ...placed,
          [holder, account(1_000_000_000n, owner, data)],
        ],
      );
    },
  };
}
