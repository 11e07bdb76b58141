import { bn254 } from '@noble/curves/bn254.js';
import { integerToBytes } from '../../../../src/vm-preview/svm/syscalls/bytes';
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
import { fakeGuest, withoutFeatures } from './support';

let probe: Probe;
beforeAll(() => {
  probe = new Probe(ALL_SYSCALLS);
});

const POSEIDON = 'sol_poseidon';
const ORDER = bn254.fields.Fr.ORDER;
const HEADER = 12 * 16;

/** Twelve slices of one input's length, then the inputs. */
function inputs(...values: readonly Uint8Array[]): Uint8Array {
  let at = DATA + BigInt(HEADER);
  const slices = values.map((value) => {
    const slice = [at, value.length] as const;
    at += BigInt(value.length);
    return slice;
  });
  const header = new Uint8Array(HEADER);
  header.set(vmSlices(...slices));
  return concat(header, ...values);
}

const hash = (count: number, endianness = 0n) => ({
  calls: [call(POSEIDON, 0n, endianness, DATA, BigInt(count), OUT)],
  outputSize: 32,
});
const small = (seed: number, length = 32) => {
  const bytes = randomBytes(seed, length);
  if (length === 32) {
    bytes[0] = 0;
    bytes[31] = 0;
  }
  return bytes;
};
const big = (value: bigint) => integerToBytes(value, 32, 'big');

const cases: Case[] = [
  ...Array.from({ length: 12 }, (_, index) => index + 1).flatMap((count) => {
    const data = inputs(...Array.from({ length: count }, (__, index) => small(count * 20 + index)));
    return [
      { name: `of ${count}, big-endian`, ...hash(count), data, gives: 0n },
      { name: `of ${count}, little-endian`, ...hash(count, 1n), data, gives: 0n },
    ];
  }),
  { name: 'of none', ...hash(0), gives: 1n },
  { name: 'of 13', ...hash(13), gives: 'InvalidLength' },
  { name: 'of the largest', ...hash(2), data: inputs(big(ORDER - 1n), big(0n)), gives: 0n },
  { name: 'of one too large', ...hash(2), data: inputs(big(0n), big(ORDER)), gives: 1n },
  { name: 'of an empty input', ...hash(2), data: inputs(big(0n), new Uint8Array()), gives: 1n },
  { name: 'of a long input', ...hash(1), data: inputs(new Uint8Array(33)), gives: 1n },
  { name: 'of a short input', ...hash(1), data: inputs(new Uint8Array(31)), gives: 1n },
  {
    name: 'with other parameters',
    calls: [call(POSEIDON, 1n, 9n, 0n, 99n, 0n)],
    gives: 'Invalid parameters.',
  },
  {
    name: 'with another order of bytes',
    calls: [call(POSEIDON, 0n, 2n, 0n, 99n, 0n)],
    gives: 'Invalid endianness.',
  },
  {
    name: 'to nowhere, which is looked at first',
    calls: [call(POSEIDON, 0n, 0n, 5n << 32n, 2n, 6n << 32n)],
    gives: 'Access violation writing 32 bytes at address 0x600000000 (in unallocated region)',
  },
  {
    name: 'of slices that are nowhere',
    calls: [call(POSEIDON, 0n, 0n, 5n << 32n, 2n, OUT)],
    gives: 'Access violation reading 32 bytes at address 0x500000000 (in unallocated region)',
  },
  {
    name: 'of slices that are not aligned',
    calls: [call(POSEIDON, 0n, 0n, DATA + 4n, 1n, OUT)],
    data: new Uint8Array(40),
    gives: 'Unaligned pointer',
  },
  {
    name: 'of an input that is nowhere',
    calls: [call(POSEIDON, 0n, 0n, DATA, 1n, OUT)],
    data: vmSlices([5n << 32n, 32]),
    gives: 'Access violation reading 32 bytes at address 0x500000000 (in unallocated region)',
  },
];

describe('Poseidon', () => {
  itRunsLikeAgave(() => probe, cases);

  // Published by circom and light-poseidon: the hash of 1 and 2.
  test('gives circom’s value', () => {
    const { returned } = probe.runOurs({ ...hash(2), data: inputs(big(1n), big(2n)) });
    expect(BigInt(`0x${returned?.output}`)).toBe(
      7853200120776062878684798364095072458815029376092732009249414926327459813530n,
    );
  });

  test('costs 61 for each input squared, and 542', () => {
    const guest = fakeGuest({
      input: concat(
        new Uint8Array(16),
        inputs(...Array.from({ length: 5 }, (_, index) => small(index))),
      ),
    });
    guest.call(POSEIDON, 0n, 0n, DATA, 5n, OUT);
    expect(guest.units()).toBe(61 * 25 + 542);
  });
});

// litesvm's agave has dropped this form; solana-poseidon 4.0 publishes that a short 1 hashes as a long one.
describe('Poseidon before padding was enforced', () => {
  const features = withoutFeatures('poseidon_enforce_padding');
  const run = (endianness: bigint, ...values: readonly Uint8Array[]) => {
    const guest = fakeGuest({ features, input: concat(new Uint8Array(16), inputs(...values)) });
    const status = guest.call(POSEIDON, 0n, endianness, DATA, BigInt(values.length), OUT);
    return { status, hash: Buffer.from(guest.memory.map('load', OUT, 32n)).toString('hex') };
  };

  test('short input is filled up', () => {
    const one = '29176100eaa962bdc1fe6c654d6a3c130e96a4d1168b33848b897dc502820133';
    expect(run(0n, Uint8Array.of(1))).toEqual({ status: 0n, hash: one });
    expect(run(0n, big(1n))).toEqual({ status: 0n, hash: one });
    const reversed = Buffer.from(one, 'hex').reverse().toString('hex');
    expect(run(1n, Uint8Array.of(1))).toEqual({ status: 0n, hash: reversed });
  });

  test('no input and long input are still wrong', () => {
    expect(run(0n, new Uint8Array()).status).toBe(1n);
    expect(run(0n, new Uint8Array(33)).status).toBe(1n);
  });
});
