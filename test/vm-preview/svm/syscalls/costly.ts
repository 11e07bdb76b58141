/**
 * The syscalls that take long here, each with the input that makes it take longest: for what they cost
 * the host against what they charge, and for transactions of nothing else.
 */
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { bn254 } from '@noble/curves/bn254.js';
import { ed25519, ristretto255 } from '@noble/curves/ed25519.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { integerToBytes } from '../../../../src/vm-preview/svm/syscalls/bytes';
import { concat, randomBytes } from './probe';
import { fakeGuest, HEAP, INPUT } from './support';

/** Where an account's data lies in a program's input when it is the only one. */
const DATA_OFFSET = 96;
export const DATA = INPUT + BigInt(DATA_OFFSET);
const OUT = HEAP;

export interface CostlySyscall {
  readonly name: string;
  readonly syscall: string;
  readonly arguments: readonly bigint[];
  /** At `DATA`. */
  readonly data: Uint8Array;
}

type Bytes = Uint8Array;
const SCALAR = 0x1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90an;
const at = (offset: number): bigint => DATA + BigInt(offset);
const big = (value: bigint, size = 32): Bytes => integerToBytes(value, size, 'big');
const little = (value: bigint, size = 32): Bytes => integerToBytes(value, size, 'little');
const repeated = (bytes: Bytes, count: number): Bytes =>
  concat(...Array.from({ length: count }, () => bytes));

/** Pointer and length of each part, and then the parts, as the program sees them. */
function slices(...parts: readonly Bytes[]): Bytes {
  let next = DATA + BigInt(16 * parts.length);
  const heads = parts.map((part) => {
    const head = concat(little(next, 8), little(BigInt(part.length), 8));
    next += BigInt(part.length);
    return head;
  });
  return concat(...heads, ...parts);
}

type Fp2 = { readonly c0: bigint; readonly c1: bigint };
type Affine<T> = { toAffine(): { readonly x: T; readonly y: T } };
function g1(point: Affine<bigint>, size: number): Bytes {
  const { x, y } = point.toAffine();
  return concat(big(x, size), big(y, size));
}
function g2(point: Affine<Fp2>, size: number): Bytes {
  const { x, y } = point.toAffine();
  return concat(...[x.c1, x.c0, y.c1, y.c0].map((value) => big(value, size)));
}

const K = SCALAR % ed25519.Point.Fn.ORDER;
const bn1 = g1(bn254.G1.Point.BASE.multiplyUnsafe(K), 32);
const bn2 = g2(bn254.G2.Point.BASE.multiplyUnsafe(K), 32);
const bls1 = g1(bls12_381.G1.Point.BASE.multiplyUnsafe(K), 48);
const bls2 = g2(bls12_381.G2.Point.BASE.multiplyUnsafe(K), 48);
const bls1Compressed = bls12_381.G1.Point.BASE.multiplyUnsafe(K).toBytes(true);
const bls2Compressed = bls12_381.G2.Point.BASE.multiplyUnsafe(K).toBytes(true);

function curve25519(): CostlySyscall[] {
  const points = [
    ['Edwards', 0n, ed25519.Point.BASE.multiplyUnsafe(K).toBytes()],
    ['Ristretto', 1n, ristretto255.Point.BASE.multiplyUnsafe(K).toBytes()],
  ] as const;
  return points.flatMap(([name, id, point]) => [
    ...groupOf(name, id, point, little(K)),
    ...[1, 32, 512].map((count) => ({
      name: `${name} multi-scalar multiplication of ${count}`,
      syscall: 'sol_curve_multiscalar_mul',
      arguments: [id, DATA, at(32 * count), BigInt(count), OUT],
      data: concat(repeated(little(K), count), repeated(point, count)),
    })),
  ]);
}

function groupOf(name: string, id: bigint, point: Bytes, scalar: Bytes): CostlySyscall[] {
  const operation = (what: string, number: bigint, left: Bytes): CostlySyscall => ({
    name: `${name} ${what}`,
    syscall: 'sol_curve_group_op',
    arguments: [id, number, DATA, at(left.length), OUT],
    data: concat(left, point),
  });
  return [
    {
      name: `${name} validation`,
      syscall: 'sol_curve_validate_point',
      arguments: [id, DATA],
      data: point,
    },
    operation('addition', 0n, point),
    operation('subtraction', 1n, point),
    operation('multiplication', 2n, scalar),
  ];
}

const BIG = 0x80n;

function bls(): CostlySyscall[] {
  const decompress = (name: string, id: bigint, data: Bytes): CostlySyscall => ({
    name: `BLS12-381 ${name} decompression`,
    syscall: 'sol_curve_decompress',
    arguments: [id, DATA, OUT],
    data,
  });
  return [
    ...groupOf('BLS12-381 G1', 5n | BIG, bls1, big(K)),
    ...groupOf('BLS12-381 G2', 6n | BIG, bls2, big(K)),
    decompress('G1', 5n | BIG, bls1Compressed),
    decompress('G2', 6n | BIG, bls2Compressed),
    ...[1, 2, 8].map((count) => ({
      name: `BLS12-381 pairing of ${count}`,
      syscall: 'sol_curve_pairing_map',
      arguments: [4n | BIG, BigInt(count), DATA, at(96 * count), OUT],
      data: concat(repeated(bls1, count), repeated(bls2, count)),
    })),
  ];
}

function altBn128(): CostlySyscall[] {
  const operation = (name: string, number: bigint, data: Bytes): CostlySyscall => ({
    name: `alt_bn128 ${name}`,
    syscall: 'sol_alt_bn128_group_op',
    arguments: [number, DATA, BigInt(data.length), OUT],
    data,
  });
  const [x1, x2] = [bn1.slice(0, 32), bn2.slice(0, 64)];
  const compression = (name: string, number: bigint, data: Bytes): CostlySyscall => ({
    ...operation(name, number, data),
    syscall: 'sol_alt_bn128_compression',
  });
  return [
    operation('G1 addition', 0n, concat(bn1, bn1)),
    operation('G1 multiplication', 2n, concat(bn1, big(2n ** 256n - 1n))),
    operation('G2 addition', 4n, concat(bn2, bn2)),
    operation('G2 multiplication', 6n, concat(bn2, big(2n ** 256n - 1n))),
    ...[1, 2, 8].map((count) =>
      operation(`pairing of ${count}`, 3n, repeated(concat(bn1, bn2), count)),
    ),
    compression('G1 compression', 0n, bn1),
    compression('G1 decompression', 1n, x1),
    compression('G2 compression', 2n, bn2),
    compression('G2 decompression', 3n, x2),
  ];
}

function others(): CostlySyscall[] {
  const hash = randomBytes(1, 32);
  const signed = secp256k1.sign(hash, randomBytes(2, 32), { prehash: false, format: 'recovered' });
  const kilobytes = slices(randomBytes(3, 20_000));
  const hashing = (syscall: string): CostlySyscall => ({
    name: `${syscall} of 20,000 bytes`,
    syscall,
    arguments: [DATA, 1n, OUT],
    data: kilobytes,
  });
  const modExp = (bytes: number): CostlySyscall => ({
    name: `big_mod_exp of ${bytes} bytes`,
    syscall: 'sol_big_mod_exp',
    arguments: [DATA, OUT],
    data: slices(
      randomBytes(6, bytes),
      new Uint8Array(bytes).fill(0xff),
      new Uint8Array(bytes).fill(0xff),
    ),
  });
  return [
    {
      name: 'secp256k1_recover',
      syscall: 'sol_secp256k1_recover',
      arguments: [DATA, BigInt(signed[0] ?? 0), at(32), OUT],
      data: concat(hash, signed.subarray(1)),
    },
    ...[1, 4, 12].map((count) => ({
      name: `poseidon of ${count}`,
      syscall: 'sol_poseidon',
      arguments: [0n, 0n, DATA, BigInt(count), OUT],
      data: slices(...Array.from({ length: count }, () => big(SCALAR % bn254.fields.Fr.ORDER))),
    })),
    modExp(32),
    modExp(512),
    {
      name: 'create_program_address',
      syscall: 'sol_create_program_address',
      arguments: [DATA, 1n, at(16), OUT],
      data: slices(randomBytes(4, 32)),
    },
    {
      name: 'try_find_program_address',
      syscall: 'sol_try_find_program_address',
      arguments: [DATA, 1n, at(16), OUT, OUT + 32n],
      data: slices(randomBytes(5, 32)),
    },
    ...['sol_sha256', 'sol_keccak256', 'sol_blake3'].map(hashing),
    {
      name: 'log_data of 20,000 bytes',
      syscall: 'sol_log_data',
      arguments: [DATA, 1n],
      data: kilobytes,
    },
    {
      name: 'memcmp of 20,000 bytes',
      syscall: 'sol_memcmp_',
      arguments: [DATA, at(20_000), 20_000n, OUT],
      data: new Uint8Array(40_000),
    },
    {
      name: 'memset of 20,000 bytes',
      syscall: 'sol_memset_',
      arguments: [OUT, 1n, 20_000n],
      data: new Uint8Array(0),
    },
  ];
}

export const COSTLY_SYSCALLS: readonly CostlySyscall[] = [
  ...curve25519(),
  ...bls(),
  ...altBn128(),
  ...others(),
];

export interface Calibration {
  readonly name: string;
  /**
   * A call, in units, and in microseconds of this moment: the first, and of those after it the one that a
   * fifth of them undercut, since others may be using the machine.
   */
  readonly units: number;
  readonly first: number;
  readonly microseconds: number;
  /** Microseconds that a call takes of the host budget. */
  readonly charged: number;
}

const microseconds = (): number => Number(process.hrtime.bigint()) / 1000;
/** Long enough for the engine to compile what is short. */
const ENOUGH_MICROSECONDS = 100_000;
const FEWEST_CALLS = 4;
const MOST_CALLS = 2_000;

/** @throws Error when the syscall does not do what it should: then it would be quick */
export function calibrate({ name, syscall, arguments: given, data }: CostlySyscall): Calibration {
  const input = concat(new Uint8Array(DATA_OFFSET), data);
  const guest = fakeGuest({ input, units: Number.MAX_SAFE_INTEGER });
  const times: number[] = [];
  for (let spent = 0; times.length < FEWEST_CALLS || spent < ENOUGH_MICROSECONDS; ) {
    const start = microseconds();
    const result = guest.call(syscall, ...given);
    const time = microseconds() - start;
    if (result !== 0n) throw new Error(`${name} gave ${result}`);
    times.push(time);
    spent += time;
    if (times.length >= MOST_CALLS) break;
  }
  const [first = 0, ...rest] = times;
  rest.sort((a, b) => a - b);
  return {
    name,
    units: guest.units() / times.length,
    first,
    microseconds: rest[Math.floor(rest.length / 5)] ?? first,
    charged: guest.hostCost() / times.length,
  };
}

/** What a transaction may use at most, in units. */
const MOST_UNITS = 1_400_000;

/** What a transaction of nothing else would take, in microseconds of this moment. */
export function ofWholeTransaction({ microseconds, units }: Calibration): number {
  return (microseconds * MOST_UNITS) / units;
}

/** Microseconds that `referenceWork` took where the charges were measured. */
const REFERENCE_MICROSECONDS = 2_500;
const REFERENCE_ROUNDS = 15;
const REFERENCE_PRODUCTS = 5_000;

/** What most of these syscalls do: products of large integers, reduced. */
function referenceWork(): void {
  const { ORDER } = bls12_381.fields.Fp;
  let value = SCALAR;
  for (let index = 0; index < REFERENCE_PRODUCTS; index++) value = (value * value + 1n) % ORDER;
  if (value === 0n) throw new Error('not zero');
}

/** How much slower this machine is at this moment than the one where the charges were measured. */
export function slowness(): number {
  const times = Array.from({ length: REFERENCE_ROUNDS }, () => {
    const start = microseconds();
    referenceWork();
    return microseconds() - start;
  }).sort((a, b) => a - b);
  return (times[Math.floor(times.length / 5)] ?? 0) / REFERENCE_MICROSECONDS;
}
