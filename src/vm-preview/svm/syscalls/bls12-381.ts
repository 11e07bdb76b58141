/**
 * Points of BLS12-381, read as blst reads them. Big-endian bytes are Zcash's encoding; little-endian ones
 * have each field element reversed and the two halves of an Fp2 element exchanged.
 * Source: SIMD-0388, solana-bls12-381-syscall 0.1, blst `src/e1.c` and `src/e2.c`.
 */
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { bytesToInteger, type Endianness, integerToBytes, isZero, reversedChunks } from './bytes';
import {
  type AffinePoint,
  type CoordinateField,
  primeField,
  quadraticField,
} from './coordinate-field';
import { type CurveGroup, curveGroup, type GroupCodec, type GroupPoint } from './curve-group';

const G1 = bls12_381.G1.Point;
const G2 = bls12_381.G2.Point;
const { Fp, Fp2, Fp12, Fr } = bls12_381.fields;

type G1Point = InstanceType<typeof G1>;
type G2Point = InstanceType<typeof G2>;
type Fp2Coordinates = typeof Fp2.ONE;

/** Bytes of a base field element. */
const FIELD_SIZE = 48;
/** Bits of the first byte of Zcash's encoding. */
const COMPRESSED = 0x80;
const INFINITY = 0x40;
const LARGER_Y = 0x20;
const FLAGS = COMPRESSED | INFINITY | LARGER_Y;

export const G1_COMPRESSED_SIZE = FIELD_SIZE;
export const G2_COMPRESSED_SIZE = 2 * FIELD_SIZE;
export const G1_POINT_SIZE = 2 * FIELD_SIZE;
export const G2_POINT_SIZE = 4 * FIELD_SIZE;
export const MAX_PAIRING_LENGTH = 8;

const g1Field = primeField(Fp, FIELD_SIZE, G1.CURVE().b);
const g2Field = quadraticField(g1Field, Fp2, G2.CURVE().b);

/** To Zcash's encoding and back: whole coordinates reversed, since an Fp2 element's halves change places. */
function zcash(bytes: Uint8Array, endianness: Endianness, coordinateSize: number): Uint8Array {
  return endianness === 'big' ? bytes.slice() : reversedChunks(bytes, coordinateSize);
}

/** The point at infinity is `'infinity'`. Checks the fields and the curve, not the subgroup. */
function decodeUncompressed<F>(
  field: CoordinateField<F>,
  encoded: Uint8Array,
  endianness: Endianness,
): AffinePoint<F> | 'infinity' | undefined {
  const bytes = zcash(encoded, endianness, field.size);
  const flags = (bytes[0] ?? 0) & FLAGS;
  if ((flags & (COMPRESSED | LARGER_Y)) !== 0) return undefined;
  if ((flags & INFINITY) !== 0) return infinity(bytes);
  const x = field.decode(bytes.subarray(0, field.size));
  const y = field.decode(bytes.subarray(field.size));
  if (x === undefined || y === undefined) return undefined;
  // Two points of G1's curve have x = 0. blst refuses them even where the subgroup is not checked.
  return field.isOnCurve({ x, y }) && !field.isZero(x) ? { x, y } : undefined;
}

function decodeCompressed<F>(
  field: CoordinateField<F>,
  encoded: Uint8Array,
  endianness: Endianness,
): AffinePoint<F> | 'infinity' | undefined {
  const bytes = zcash(encoded, endianness, field.size);
  const first = bytes[0] ?? 0;
  if ((first & COMPRESSED) === 0) return undefined;
  bytes[0] = first & ~COMPRESSED;
  if ((first & INFINITY) !== 0) return infinity(bytes);
  bytes[0] = first & ~FLAGS;
  const x = field.decode(bytes);
  if (x === undefined) return undefined;
  const root = field.sqrt(field.rightSide(x));
  if (root === undefined) return undefined;
  const wantsLarger = (first & LARGER_Y) !== 0;
  return { x, y: field.isLarger(root) === wantsLarger ? root : field.negate(root) };
}

/** Nothing else may be set beside the flag. */
function infinity(bytes: Uint8Array): 'infinity' | undefined {
  return bytes[0] === INFINITY && isZero(bytes.subarray(1)) ? 'infinity' : undefined;
}

interface BlsPoint<P, F> extends GroupPoint<P> {
  is0(): boolean;
  isTorsionFree(): boolean;
  toAffine(): AffinePoint<F>;
}

interface BlsPoints<P, F> {
  readonly ZERO: P;
  fromAffine(point: AffinePoint<F>): P;
}

interface BlsCodec<P extends GroupPoint<P>> extends GroupCodec<P> {
  /** From the compressed encoding, with all checks. */
  decompress(bytes: Uint8Array): P | undefined;
}

function codec<F, P extends BlsPoint<P, F>>(
  field: CoordinateField<F>,
  points: BlsPoints<P, F>,
  endianness: Endianness,
): BlsCodec<P> {
  const toPoint = (affine: AffinePoint<F> | 'infinity' | undefined): P | undefined => {
    if (affine === undefined) return undefined;
    return affine === 'infinity' ? points.ZERO : points.fromAffine(affine);
  };
  const inSubgroup = (point: P | undefined): P | undefined =>
    point?.isTorsionFree() ? point : undefined;
  const decodeForSum = (bytes: Uint8Array): P | undefined =>
    toPoint(decodeUncompressed(field, bytes, endianness));
  return {
    decodeForSum,
    decode: (bytes) => inSubgroup(decodeForSum(bytes)),
    decompress: (bytes) => inSubgroup(toPoint(decodeCompressed(field, bytes, endianness))),
    encode(point) {
      const bytes = new Uint8Array(2 * field.size);
      if (point.is0()) {
        bytes[0] = INFINITY;
      } else {
        const { x, y } = point.toAffine();
        bytes.set(field.encode(x));
        bytes.set(field.encode(y), field.size);
      }
      return zcash(bytes, endianness, field.size);
    },
    scalar(bytes) {
      const value = bytesToInteger(bytes, endianness);
      return value < Fr.ORDER ? value : undefined;
    },
  };
}

const CODECS = {
  g1: {
    big: codec<bigint, G1Point>(g1Field, G1, 'big'),
    little: codec<bigint, G1Point>(g1Field, G1, 'little'),
  },
  g2: {
    big: codec<Fp2Coordinates, G2Point>(g2Field, G2, 'big'),
    little: codec<Fp2Coordinates, G2Point>(g2Field, G2, 'little'),
  },
} as const;

export function g1Group(endianness: Endianness): CurveGroup {
  return curveGroup(CODECS.g1[endianness], {
    pointSize: G1_POINT_SIZE,
    costs: {
      validate: 'bls12381G1ValidateCost',
      add: 'bls12381G1AddCost',
      subtract: 'bls12381G1SubtractCost',
      multiply: 'bls12381G1MultiplyCost',
    },
    hostCosts: {
      validate: 'bls12381G1Validate',
      add: 'bls12381G1Add',
      multiply: 'bls12381G1Multiply',
    },
  });
}

export function g2Group(endianness: Endianness): CurveGroup {
  return curveGroup(CODECS.g2[endianness], {
    pointSize: G2_POINT_SIZE,
    costs: {
      validate: 'bls12381G2ValidateCost',
      add: 'bls12381G2AddCost',
      subtract: 'bls12381G2SubtractCost',
      multiply: 'bls12381G2MultiplyCost',
    },
    hostCosts: {
      validate: 'bls12381G2Validate',
      add: 'bls12381G2Add',
      multiply: 'bls12381G2Multiply',
    },
  });
}

/** 48 compressed bytes to 96; undefined when they are no point of the subgroup. */
export function decompressG1(bytes: Uint8Array, endianness: Endianness): Uint8Array | undefined {
  const g1 = CODECS.g1[endianness];
  const point = g1.decompress(bytes);
  return point === undefined ? undefined : g1.encode(point);
}

/** 96 compressed bytes to 192; undefined when they are no point of the subgroup. */
export function decompressG2(bytes: Uint8Array, endianness: Endianness): Uint8Array | undefined {
  const g2 = CODECS.g2[endianness];
  const point = g2.decompress(bytes);
  return point === undefined ? undefined : g2.encode(point);
}

/**
 * The product of the pairings of as many points of G1 (96 bytes each) and G2 (192 bytes each).
 *
 * @returns 576 bytes; undefined for more than 8 pairs, or when one is no point of its subgroup
 */
export function pairingMap(
  g1Points: Uint8Array,
  g2Points: Uint8Array,
  endianness: Endianness,
): Uint8Array | undefined {
  const count = g1Points.length / G1_POINT_SIZE;
  if (count > MAX_PAIRING_LENGTH) return undefined;
  const pairs: { g1: G1Point; g2: G2Point }[] = [];
  for (let index = 0; index < count; index++) {
    const g1 = CODECS.g1[endianness].decode(chunk(g1Points, index, G1_POINT_SIZE));
    const g2 = CODECS.g2[endianness].decode(chunk(g2Points, index, G2_POINT_SIZE));
    if (g1 === undefined || g2 === undefined) return undefined;
    // A pairing with infinity is 1, which the library refuses to compute.
    if (!g1.is0() && !g2.is0()) pairs.push({ g1, g2 });
  }
  return encodeGt(pairs.length === 0 ? Fp12.ONE : bls12_381.pairingBatch(pairs), endianness);
}

function chunk(bytes: Uint8Array, index: number, size: number): Uint8Array {
  return bytes.subarray(index * size, (index + 1) * size);
}

/** Lowest coefficients first in little-endian, all bytes reversed in big-endian. */
function encodeGt({ c0, c1 }: typeof Fp12.ONE, endianness: Endianness): Uint8Array {
  const coefficients = [c0, c1]
    .flatMap((fp6) => [fp6.c0, fp6.c1, fp6.c2])
    .flatMap((fp2) => [fp2.c0, fp2.c1]);
  const bytes = new Uint8Array(coefficients.length * FIELD_SIZE);
  coefficients.forEach((value, index) => {
    bytes.set(integerToBytes(value, FIELD_SIZE, 'little'), index * FIELD_SIZE);
  });
  return endianness === 'little' ? bytes : bytes.reverse();
}
