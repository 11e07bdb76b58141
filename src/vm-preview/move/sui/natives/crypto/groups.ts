/** The groups of BLS12-381 and their encodings, as fastcrypto has them (groups/bls12381.rs). */
import type { Fp12 as Fp12Element } from '@noble/curves/abstract/tower.js';
import type { WeierstrassPoint, WeierstrassPointCons } from '@noble/curves/abstract/weierstrass.js';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { bytesToNumberBE, numberToBytesBE } from '@noble/curves/utils.js';
import { readG1, readG2, writeG1, writeG2 } from '../../../crypto/bls-signature';
import { BLS12381_G1, BLS12381_G2, type G1Point, type G2Point } from '../../../crypto/curve-field';
import { sumOfProducts } from '../../../crypto/multiscalar';
import { BLS12381_PAIRING } from '../../../crypto/pairing';
import { saysCompressed, writeZcash } from '../../../crypto/zcash-points';
import { HOST_COST } from '../host-cost';
import { DST_G1, DST_G2 } from './signatures';

const { Fr } = bls12_381.fields;
const { Fp12 } = BLS12381_PAIRING;

type Binary = (left: Uint8Array, right: Uint8Array) => Uint8Array | undefined;

/** Operations on encodings give undefined for encodings that are none. */
export interface Group<P> {
  /** As it is called in prices. */
  readonly name: string;
  /** Bytes of an encoding. */
  readonly size: number;
  /** Without a look at its subgroup. */
  read(bytes: Uint8Array): P | undefined;
  write(element: P): Uint8Array;
  readonly add: Binary;
  readonly sub: Binary;
  /** A scalar times an element. */
  readonly mul: Binary;
  /** An element by a scalar; undefined for 0. */
  readonly div: Binary;
  /** Absent where Move code cannot make elements of bytes. */
  readonly isMember?: (bytes: Uint8Array) => boolean;
  readonly hash?: (message: Uint8Array) => Uint8Array;
  readonly sumOfProducts?: (points: readonly P[], scalars: readonly bigint[]) => P;
  /** Microseconds. */
  readonly costs: {
    readonly read: number;
    readonly membership: number;
    readonly multiply: number;
    readonly hash: number;
  };
}

interface Parts<P>
  extends Pick<Group<P>, 'name' | 'size' | 'costs' | 'isMember' | 'hash' | 'sumOfProducts'> {
  readonly read: (bytes: Uint8Array) => P | undefined;
  readonly write: (element: P) => Uint8Array;
  readonly plus: (left: P, right: P) => P;
  readonly minus: (left: P, right: P) => P;
  readonly times: (element: P, scalar: bigint) => P;
}

const SCALAR_BYTES = 32;

/** What is above the order is reduced. */
function readScalar(bytes: Uint8Array): bigint | undefined {
  return bytes.length === SCALAR_BYTES ? Fr.create(bytesToNumberBE(bytes)) : undefined;
}

function group<P>(parts: Parts<P>): Group<P> {
  const { read, write, plus, minus, times } = parts;
  const ofElements =
    (operation: (left: P, right: P) => P): Binary =>
    (leftBytes, rightBytes) => {
      const [left, right] = [read(leftBytes), read(rightBytes)];
      return left === undefined || right === undefined ? undefined : write(operation(left, right));
    };
  const byScalar =
    (factor: (scalar: bigint) => bigint | undefined): Binary =>
    (scalarBytes, elementBytes) => {
      const [scalar, element] = [readScalar(scalarBytes), read(elementBytes)];
      if (scalar === undefined || element === undefined) return undefined;
      const by = factor(scalar);
      return by === undefined ? undefined : write(times(element, by));
    };
  return {
    ...parts,
    add: ofElements(plus),
    sub: ofElements(minus),
    mul: byScalar((scalar) => scalar),
    div: byScalar((scalar) => (scalar === 0n ? undefined : Fr.inv(scalar))),
  };
}

function points<F>(
  parts: Pick<Parts<WeierstrassPoint<F>>, 'name' | 'size' | 'write' | 'costs' | 'hash'>,
  readAny: (bytes: Uint8Array) => WeierstrassPoint<F> | undefined,
  curve: WeierstrassPointCons<F>,
): Group<WeierstrassPoint<F>> {
  const read = (bytes: Uint8Array): WeierstrassPoint<F> | undefined =>
    bytes.length === parts.size && saysCompressed(bytes) ? readAny(bytes) : undefined;
  return group({
    ...parts,
    read,
    plus: (left, right) => left.add(right),
    minus: (left, right) => left.subtract(right),
    times: (point, scalar) => point.multiplyUnsafe(scalar),
    isMember: (bytes) => read(bytes)?.isTorsionFree() ?? false,
    sumOfProducts: (elements, scalars) => sumOfProducts(curve, elements, scalars),
  });
}

export const SCALARS: Group<bigint> = group({
  name: 'scalar',
  size: SCALAR_BYTES,
  costs: { read: 5, membership: 5, multiply: HOST_COST.scalar, hash: 0 },
  read: readScalar,
  write: (scalar) => numberToBytesBE(scalar, SCALAR_BYTES),
  plus: (left, right) => Fr.add(left, right),
  minus: (left, right) => Fr.sub(left, right),
  times: (left, right) => Fr.mul(left, right),
  isMember: (bytes) => bytes.length === SCALAR_BYTES && bytesToNumberBE(bytes) < Fr.ORDER,
});

export const G1: Group<G1Point> = points(
  {
    name: 'g1',
    size: 48,
    costs: {
      read: HOST_COST.g1Read,
      membership: HOST_COST.g1Subgroup,
      multiply: HOST_COST.g1Multiply,
      hash: HOST_COST.hashToG1,
    },
    write: writeG1,
    hash: (message) => writeG1(bls12_381.G1.hashToCurve(message, { DST: DST_G1 })),
  },
  readG1,
  BLS12381_G1.points,
);

export const G2: Group<G2Point> = points(
  {
    name: 'g2',
    size: 96,
    costs: {
      read: HOST_COST.g2Read,
      membership: HOST_COST.g2Subgroup,
      multiply: HOST_COST.g2Multiply,
      hash: HOST_COST.hashToG2,
    },
    write: writeG2,
    hash: (message) => writeG2(bls12_381.G2.hashToCurve(message, { DST: DST_G2 })),
  },
  readG2,
  BLS12381_G2.points,
);

const FIELD_BYTES = 48;
const GT_BYTES = 12 * FIELD_BYTES;

/** blst's order: the middle index of the tower first, then the outer, then the inner. */
function coefficientsOf({ c0, c1 }: Fp12Element): bigint[] {
  return (['c0', 'c1', 'c2'] as const).flatMap((middle) =>
    [c0, c1].flatMap((outer) => [outer[middle].c0, outer[middle].c1]),
  );
}

function readGt(bytes: Uint8Array): Fp12Element | undefined {
  if (bytes.length !== GT_BYTES) return undefined;
  const at = (i: number): bigint =>
    bytesToNumberBE(bytes.subarray(i * FIELD_BYTES, (i + 1) * FIELD_BYTES));
  for (let i = 0; i < 12; i++) if (at(i) >= BLS12381_PAIRING.modulus) return undefined;
  return Fp12.fromBigTwelve([
    ...([at(0), at(1), at(4), at(5), at(8), at(9)] as const),
    ...([at(2), at(3), at(6), at(7), at(10), at(11)] as const),
  ]);
}

export function writeGt(element: Fp12Element): Uint8Array {
  const bytes = new Uint8Array(GT_BYTES);
  for (const [i, value] of coefficientsOf(element).entries())
    bytes.set(numberToBytesBE(value, FIELD_BYTES), i * FIELD_BYTES);
  return bytes;
}

const GT: Group<Fp12Element> = group({
  name: 'gt',
  size: GT_BYTES,
  costs: { read: 120, membership: 0, multiply: HOST_COST.fp12Power, hash: 0 },
  read: readGt,
  write: writeGt,
  plus: (left, right) => Fp12.mul(left, right),
  minus: (left, right) => Fp12.mul(left, Fp12.inv(right)),
  times: (element, scalar) => Fp12.pow(element, scalar),
});

/** By the number that Move code gives them, but for the uncompressed G1. */
export const GROUPS = [SCALARS, G1, G2, GT] as const;

/** Both coordinates; on the curve. */
export function readUncompressedG1(bytes: Uint8Array): G1Point | undefined {
  return bytes.length === 2 * G1.size && !saysCompressed(bytes) ? readG1(bytes) : undefined;
}

export function writeUncompressedG1(point: G1Point): Uint8Array {
  return writeZcash(BLS12381_G1, point, false);
}
