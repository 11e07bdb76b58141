/** Programs of random syscalls with random arguments: what is checked first, and what refusal costs. */
import {
  COMPUTE_BUDGET_PROGRAM,
  LOADER_V1,
  LOADER_V2,
  SYSTEM_PROGRAM,
} from '../../../../src/vm-preview/svm';
import type { LitesvmWorld } from '../../../support/litesvm-world';
import { address, instruction } from '../../../support/solana-transaction';
import { SYSCALL_NAMES } from '../../../support/syscall-names';
import {
  type Call,
  call,
  concat,
  DATA,
  OUT,
  SCRATCH,
  v0Elf,
  v3Elf,
  vmSlices,
} from '../../../vm-preview/svm/syscalls/probe';
import { HEAP, HEAP_SIZE, INPUT, STACK } from '../../../vm-preview/svm/syscalls/support';
import { account, caseOf, type Scene, u32 } from '../case';
import type { Random } from '../random';

/** Calls of programs have a scene of their own; the others need what is not there. */
const NAMES = SYSCALL_NAMES.filter(
  (name) =>
    !name.startsWith('sol_invoke_signed') &&
    !['sol_get_epoch_stake', 'sol_get_fees_sysvar'].includes(name),
);

const UNITS = 1_400_000;
const payer = address(9);
const program = address(77);
const DATA_SIZE = 600;
const POINTERS = [
  DATA,
  DATA + 1n,
  DATA + 4n,
  DATA + 64n,
  DATA + 128n,
  DATA + 301n,
  DATA + BigInt(DATA_SIZE) - 8n,
  OUT,
  OUT + 4n,
  OUT + 8n,
  OUT + 16n,
  OUT + 100n,
  SCRATCH,
  SCRATCH + 3n,
  HEAP + BigInt(HEAP_SIZE) - 16n,
  STACK,
  STACK + 4090n,
  INPUT,
  1n << 32n,
  5n << 32n,
];
const NUMBERS = [
  0n,
  1n,
  2n,
  3n,
  4n,
  5n,
  6n,
  7n,
  8n,
  12n,
  13n,
  16n,
  17n,
  31n,
  32n,
  33n,
  40n,
  64n,
  96n,
  100n,
  128n,
  192n,
  255n,
  256n,
  512n,
  513n,
  1024n,
  1025n,
  0x80n,
  0x82n,
  0x83n,
  0x84n,
  0x85n,
  0x86n,
  1n << 31n,
  1n << 60n,
  1n << 63n,
  2n ** 64n - 1n,
];

/** Slices at the start of the data point to the rest of it, mostly. */
function randomData(random: Random): Uint8Array {
  const slices = Array.from({ length: 6 }, () => {
    const at = random.chance(20) ? random.pick(POINTERS) : DATA + BigInt(96 + random.below(400));
    const length = random.chance(12) ? random.pick(NUMBERS) : BigInt(random.below(70));
    return [at, length] as const;
  });
  return concat(vmSlices(...slices), random.bytes(DATA_SIZE - 96));
}

function randomCall(random: Random): Call {
  const args = Array.from({ length: 5 }, () => random.pick(random.chance(50) ? POINTERS : NUMBERS));
  return call(random.pick(NAMES), ...args);
}

/** Arguments as the syscall wants them, so that it does its work. */
function goodCall(random: Random): Call {
  const length = BigInt(random.below(130));
  const key = DATA + 128n;
  const out = OUT + BigInt(8 * random.below(20));
  return random.pick([
    call('sol_log_', DATA + 96n, length),
    call('sol_log_64_', random.u64(), 1n, 2n, 3n, 4n),
    call('sol_log_pubkey', key),
    call('sol_log_compute_units_'),
    call('sol_log_data', DATA, BigInt(random.below(3))),
    call('sol_sha256', DATA, BigInt(random.below(6)), out),
    call('sol_keccak256', DATA, BigInt(random.below(6)), out),
    call('sol_create_program_address', DATA, BigInt(random.below(4)), key, out),
    call('sol_try_find_program_address', DATA, BigInt(random.below(4)), key, out, OUT + 200n),
    call('sol_memcpy_', out, DATA + 96n, length),
    call('sol_memmove_', out, OUT + 40n, length),
    call('sol_memset_', out, random.u64(), length),
    call('sol_memcmp_', DATA + 96n, OUT, length, OUT + 200n),
    call('sol_get_clock_sysvar', out),
    call('sol_get_rent_sysvar', out),
    call('sol_get_epoch_schedule_sysvar', out),
    call('sol_get_last_restart_slot', out),
    call('sol_get_epoch_rewards_sysvar', out),
    call('sol_get_stack_height'),
    call('sol_remaining_compute_units'),
    call('sol_set_return_data', DATA, 8n * length),
    call('sol_get_return_data', out, length, OUT + 200n),
    call('sol_curve_validate_point', BigInt(random.below(3)), key, 0n),
  ]);
}

/** Writes at the borders of regions, in runs up to each and one past it. */
function edgeCall(random: Random): Call {
  const near = BigInt(random.below(24)) - 12n;
  const border = random.pick([
    HEAP,
    HEAP + BigInt(HEAP_SIZE),
    STACK,
    STACK + 4096n,
    STACK + 8192n,
    STACK + 64n * 4096n,
    STACK + 128n * 4096n,
    INPUT,
    DATA,
    DATA + BigInt(DATA_SIZE),
    DATA + BigInt(DATA_SIZE) + 32n,
    1n << 32n,
    (1n << 32n) + 0x78n,
    0n,
    2n ** 64n - 8n,
  ]);
  const at = BigInt.asUintN(64, border + near);
  const length = random.pick([0n, 1n, 2n, 4n, 8n, 9n, 16n, 4096n, 5000n]);
  return random.pick([
    call('sol_memset_', at, 7n, length),
    call('sol_memcpy_', at, DATA, length),
    call('sol_memcpy_', OUT, at, length),
    call('sol_memmove_', at, at + BigInt(random.below(9)), length),
    call('sol_memcmp_', at, DATA, length, OUT),
    call('sol_log_', at, length),
    call('sol_set_return_data', at, length),
  ]);
}

export function syscallsScene(world: LitesvmWorld): Scene {
  const rich = account(10_000_000_000n, SYSTEM_PROGRAM);
  return {
    world,
    next(random) {
      const style = random.pick([randomCall, goodCall, goodCall, goodCall, goodCall, edgeCall]);
      const calls = Array.from({ length: 1 + random.below(5) }, () =>
        random.chance(70) ? style(random) : goodCall(random),
      );
      const script = { calls, outputSize: 256 };
      const elf = random.chance(50) ? v0Elf(script) : v3Elf(script);
      const loader = random.chance(80) ? LOADER_V2 : LOADER_V1;
      const limit = instruction(COMPUTE_BUDGET_PROGRAM, [], [2, ...u32(UNITS)]);
      const run = instruction(program, [], randomData(random));
      return caseOf(
        world,
        payer,
        [limit, run],
        [
          [payer, rich],
          [program, account(1_000_000_000n, loader, elf, { executable: true })],
        ],
      );
    },
  };
}
