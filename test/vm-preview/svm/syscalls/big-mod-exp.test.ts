import {
  ALL_SYSCALLS,
  type Case,
  call,
  concat,
  DATA,
  itRunsLikeAgave,
  OUT,
  Probe,
  randomBytes,
  vmSlices,
} from './probe';

let probe: Probe;
beforeAll(() => {
  probe = new Probe(ALL_SYSCALLS);
});

const POWER = 'sol_big_mod_exp';
const VALUES = DATA + 48n;

/** Pointers to base, exponent and modulus, then their bytes. */
function power(base: Uint8Array, exponent: Uint8Array, modulus: Uint8Array) {
  const exponentAt = VALUES + BigInt(base.length);
  const modulusAt = exponentAt + BigInt(exponent.length);
  return {
    calls: [call(POWER, DATA, OUT)],
    data: concat(
      vmSlices([VALUES, base.length], [exponentAt, exponent.length], [modulusAt, modulus.length]),
      base,
      exponent,
      modulus,
    ),
    outputSize: modulus.length,
  };
}

const bytes = (...values: number[]) => Uint8Array.from(values);
const odd = (seed: number, length: number) => {
  const modulus = randomBytes(seed, length);
  modulus[0] = (modulus[0] ?? 0) | 1;
  return modulus;
};
const sizes = [1, 8, 31, 32, 33, 63, 64, 65, 66, 127, 200, 256];

const cases: Case[] = [
  ...sizes.map((size, index) => ({
    name: `with ${size} bytes`,
    ...power(
      randomBytes(size, size),
      randomBytes(size + 1, sizes[(index * 5) % 12] ?? 1),
      odd(size + 2, sizes[(index * 7) % 12] ?? 1),
    ),
    gives: 0n,
  })),
  { name: 'at most', ...power(randomBytes(1, 512), randomBytes(2, 20), odd(3, 300)), gives: 0n },
  { name: 'to the power of zero', ...power(bytes(5, 1), bytes(0, 0), bytes(7)), gives: 0n },
  { name: 'to no power', ...power(bytes(5, 1), bytes(), bytes(7)), gives: 0n },
  { name: 'of nothing', ...power(bytes(), bytes(5), bytes(7)), gives: 0n },
  { name: 'of zero to the power of zero', ...power(bytes(), bytes(), bytes(7, 0)), gives: 0n },
  {
    name: 'to the power of one',
    ...power(randomBytes(4, 100), bytes(1, 0, 0), odd(5, 70)),
    gives: 0n,
  },
  { name: 'to the power of two', ...power(randomBytes(4, 100), bytes(2), odd(5, 70)), gives: 0n },
  ...[74, 75, 76, 77].map((bit) => {
    const exponent = new Uint8Array(10);
    exponent[bit >> 3] = 1 << (bit & 7);
    return {
      name: `to the power of 2^${bit}`,
      ...power(randomBytes(6, 64), exponent, odd(7, 64)),
      gives: 0n,
    };
  }),
  { name: 'of an even modulus', ...power(bytes(5), bytes(3), bytes(8)), gives: 'InvalidAttribute' },
  {
    name: 'of a modulus of one',
    ...power(bytes(5), bytes(3), bytes(1, 0)),
    gives: 'InvalidAttribute',
  },
  {
    name: 'of a modulus of zero',
    ...power(bytes(5), bytes(3), bytes(0)),
    gives: 'InvalidAttribute',
  },
  { name: 'of no modulus', ...power(bytes(5), bytes(3), bytes()), gives: 'InvalidAttribute' },
  {
    name: 'of 513 bytes',
    calls: [call(POWER, DATA, OUT)],
    data: vmSlices([0n, 513], [0n, 1], [0n, 1]),
    gives: 'InvalidLength',
  },
  {
    name: 'with an exponent of 513 bytes',
    calls: [call(POWER, DATA, OUT)],
    data: vmSlices([0n, 1], [0n, 513], [0n, 1]),
    gives: 'InvalidLength',
  },
  {
    name: 'with a modulus of 513 bytes',
    calls: [call(POWER, DATA, OUT)],
    data: vmSlices([0n, 1], [0n, 1], [0n, 513]),
    gives: 'InvalidLength',
  },
  ...[0, 1, 2].map((which) => {
    const slices = [0, 1, 2].map((index) => [index === which ? 5n << 32n : DATA, 8] as const);
    return {
      name: `from where nothing is: ${which}`,
      calls: [call(POWER, DATA, OUT)],
      data: vmSlices(...slices),
      gives: 'Access violation reading 8 bytes at address 0x500000000 (in unallocated region)',
    };
  }),
  {
    name: 'with parameters that are nowhere',
    calls: [call(POWER, 5n << 32n, OUT)],
    gives: 'Access violation reading 48 bytes at address 0x500000000 (in unallocated region)',
  },
  {
    name: 'with parameters that are not aligned',
    calls: [call(POWER, DATA + 4n, OUT)],
    data: new Uint8Array(60),
    gives: 'Unaligned pointer',
  },
  {
    name: 'to nowhere',
    ...power(bytes(5), bytes(3), bytes(7)),
    calls: [call(POWER, DATA, 5n << 32n)],
    gives: 'Access violation writing 1 bytes at address 0x500000000 (in unallocated region)',
  },
];

describe('a power', () => {
  itRunsLikeAgave(() => probe, cases);
});
