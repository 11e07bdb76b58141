/** Random syscalls with random arguments: what is checked first, and what it costs to be refused. */
import { SYSCALL_NAMES } from '../../../support/syscall-names';
import {
  ALL_SYSCALLS,
  type Call,
  call,
  concat,
  DATA,
  OUT,
  Probe,
  randomBytes,
  SCRATCH,
  vmSlices,
} from './probe';
import { HEAP, HEAP_SIZE, INPUT, STACK } from './support';

/** Calls of programs have tests of their own; the others need what is not there. */
const NAMES = SYSCALL_NAMES.filter(
  (name) =>
    !name.startsWith('sol_invoke_signed') &&
    !['sol_get_epoch_stake', 'sol_get_fees_sysvar'].includes(name),
);

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

class Chance {
  #bytes: Uint8Array;
  #at = 0;

  constructor(seed: number) {
    this.#bytes = randomBytes(seed, 4096);
  }

  below(limit: number): number {
    const high = this.#bytes[this.#at++] ?? 0;
    const low = this.#bytes[this.#at++] ?? 0;
    return (high * 256 + low) % limit;
  }

  pick<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  }
}

/** Slices at the start of the data point to the rest of it, mostly. */
function randomData(seed: number, chance: Chance): Uint8Array {
  const slices = Array.from({ length: 6 }, () => {
    const address =
      chance.below(5) === 0 ? chance.pick(POINTERS) : DATA + BigInt(96 + chance.below(400));
    const length = chance.below(8) === 0 ? chance.pick(NUMBERS) : BigInt(chance.below(70));
    return [address, length] as const;
  });
  return concat(vmSlices(...slices), randomBytes(seed ^ 0x5555, DATA_SIZE - 96));
}

function randomCall(chance: Chance): Call {
  const args = Array.from({ length: 5 }, () =>
    chance.pick(chance.below(2) === 0 ? POINTERS : NUMBERS),
  );
  return call(chance.pick(NAMES), ...args);
}

const ROUNDS = Number(process.env.SYSCALL_ROUNDS ?? 150);
const FIRST = Number(process.env.SYSCALL_SEED ?? 1);

test(`${ROUNDS} programs of random syscalls do as in agave`, () => {
  const probe = new Probe(ALL_SYSCALLS);
  const seen = { ok: 0, failed: 0 };
  for (let seed = FIRST; seed < FIRST + ROUNDS; seed++) {
    const chance = new Chance(seed);
    const data = randomData(seed, chance);
    const calls = Array.from({ length: 1 + chance.below(4) }, () => randomCall(chance));
    const script = { calls, data, outputSize: 256 };
    const version = seed % 2 === 0 ? 'v0' : 'v3';
    const theirs = probe.runNative(script, version);
    expect({ seed, calls, ...probe.runMachine(script, version) }).toEqual({
      seed,
      calls,
      ...theirs,
    });
    seen[theirs.failure === undefined ? 'ok' : 'failed']++;
  }
  expect(seen.ok).toBeGreaterThan(ROUNDS / 20);
  expect(seen.failed).toBeGreaterThan(ROUNDS / 20);
});
