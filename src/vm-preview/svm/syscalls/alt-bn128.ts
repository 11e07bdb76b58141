/**
 * Points of BN254 (alt_bn128), read as ark-serialize reads them: the two highest bits of the coordinate
 * that comes last are flags. Little-endian is ark's own order; big-endian is each coordinate reversed.
 * Source: solana-sdk `bn254/src/*.rs`, ark-serialize 0.5 `flags.rs`, ark-ec `short_weierstrass`.
 */
import { bn254 } from '@noble/curves/bn254.js';
import { bytesToInteger, type Endianness, isZero, reversedChunks } from './bytes';
import {
  type AffinePoint,
  type CoordinateField,
  primeField,
  quadraticField,
} from './coordinate-field';
import type { GroupPoint } from './curve-group';

const G1 = bn254.G1.Point;
const G2 = bn254.G2.Point;
const { Fp, Fp2, Fp12, Fr } = bn254.fields;

type G1Point = InstanceType<typeof G1>;
type G2Point = InstanceType<typeof G2>;

export const FIELD_SIZE = 32;
export const G1_POINT_SIZE = 64;
export const G2_POINT_SIZE = 128;
export const PAIRING_ELEMENT_SIZE = G1_POINT_SIZE + G2_POINT_SIZE;

/** `SWFlags`, in the highest byte of a coordinate. */
const LARGER_Y = 0x80;
const INFINITY = 0x40;
const FLAGS = LARGER_Y | INFINITY;

interface BnPoint<P, F> extends GroupPoint<P> {
  is0(): boolean;
  isTorsionFree(): boolean;
  toAffine(): AffinePoint<F>;
}

interface BnPoints<P, F> {
  readonly ZERO: P;
  fromAffine(point: AffinePoint<F>): P;
}

/** What a point must be. */
type Check = 'on-curve' | 'in-subgroup';

/** Each method gives undefined where ark returns an error. */
export interface AltBn128Group {
  readonly pointSize: number;
  add(left: Uint8Array, right: Uint8Array, endianness: Endianness): Uint8Array | undefined;
  /** A scalar is 32 bytes of any value. */
  multiply(point: Uint8Array, scalar: Uint8Array, endianness: Endianness): Uint8Array | undefined;
  /** Does not look whether the point is on the curve. */
  compress(point: Uint8Array, endianness: Endianness): Uint8Array | undefined;
  /** Does not look whether the point is in the subgroup. */
  decompress(compressed: Uint8Array, endianness: Endianness): Uint8Array | undefined;
}

interface PairingGroup<P> extends AltBn128Group {
  decode(bytes: Uint8Array, endianness: Endianness, check: Check): P | undefined;
}

/** A coordinate whose highest bits are flags, big-endian; undefined when both are set. */
function takeFlags(bytes: Uint8Array): { rest: Uint8Array; flags: number } | undefined {
  const first = bytes[0] ?? 0;
  const flags = first & FLAGS;
  if (flags === FLAGS) return undefined;
  const rest = bytes.slice();
  rest[0] = first & ~FLAGS;
  return { rest, flags };
}

function group<F, P extends BnPoint<P, F>>(
  field: CoordinateField<F>,
  points: BnPoints<P, F>,
  sumCheck: Check,
): PairingGroup<P> {
  const bigEndian = (bytes: Uint8Array, endianness: Endianness): Uint8Array =>
    endianness === 'big' ? bytes.slice() : reversedChunks(bytes, field.size);

  /** `deserialize_with_mode(Compress::No, Validate::No)` */
  function coordinates(
    encoded: Uint8Array,
    endianness: Endianness,
  ): AffinePoint<F> | 'infinity' | undefined {
    if (isZero(encoded)) return 'infinity';
    const bytes = bigEndian(encoded, endianness);
    const flagged = takeFlags(bytes.subarray(field.size));
    if (flagged === undefined) return undefined;
    const x = field.decode(bytes.subarray(0, field.size));
    const y = field.decode(flagged.rest);
    if (x === undefined || y === undefined) return undefined;
    return flagged.flags === INFINITY ? 'infinity' : { x, y };
  }

  function decode(bytes: Uint8Array, endianness: Endianness, check: Check): P | undefined {
    const affine = coordinates(bytes, endianness);
    if (affine === undefined) return undefined;
    if (affine === 'infinity') return points.ZERO;
    if (!field.isOnCurve(affine)) return undefined;
    const point = points.fromAffine(affine);
    return check === 'on-curve' || point.isTorsionFree() ? point : undefined;
  }

  function encodeAffine({ x, y }: AffinePoint<F>, endianness: Endianness): Uint8Array {
    const bytes = new Uint8Array(2 * field.size);
    bytes.set(field.encode(x));
    bytes.set(field.encode(y), field.size);
    return bigEndian(bytes, endianness);
  }

  function encode(point: P, endianness: Endianness): Uint8Array {
    if (point.is0()) return new Uint8Array(2 * field.size);
    return encodeAffine(point.toAffine(), endianness);
  }

  return {
    pointSize: 2 * field.size,
    decode,
    add(left, right, endianness) {
      const a = decode(left, endianness, sumCheck);
      const b = decode(right, endianness, sumCheck);
      return a === undefined || b === undefined ? undefined : encode(a.add(b), endianness);
    },
    multiply(pointBytes, scalarBytes, endianness) {
      const point = decode(pointBytes, endianness, 'in-subgroup');
      if (point === undefined) return undefined;
      const scalar = bytesToInteger(scalarBytes, endianness) % Fr.ORDER;
      return encode(point.multiplyUnsafe(scalar), endianness);
    },
    compress(encoded, endianness) {
      if (isZero(encoded)) return new Uint8Array(field.size);
      const affine = coordinates(encoded, endianness);
      if (affine === undefined) return undefined;
      const bytes = field.encode(affine === 'infinity' ? field.zero : affine.x);
      const first = bytes[0] ?? 0;
      if (affine === 'infinity') bytes[0] = first | INFINITY;
      else if (field.isLarger(affine.y)) bytes[0] = first | LARGER_Y;
      return bigEndian(bytes, endianness);
    },
    decompress(encoded, endianness) {
      const infinity = new Uint8Array(2 * field.size);
      if (isZero(encoded)) return infinity;
      const flagged = takeFlags(bigEndian(encoded, endianness));
      if (flagged === undefined) return undefined;
      const x = field.decode(flagged.rest);
      if (x === undefined) return undefined;
      if (flagged.flags === INFINITY) return infinity;
      const root = field.sqrt(field.rightSide(x));
      if (root === undefined) return undefined;
      const wantsLarger = flagged.flags === LARGER_Y;
      const y = field.isLarger(root) === wantsLarger ? root : field.negate(root);
      return encodeAffine({ x, y }, endianness);
    },
  };
}

const g1Field = primeField(Fp, FIELD_SIZE, G1.CURVE().b);
const g2Field = quadraticField(g1Field, Fp2, G2.CURVE().b);

// Every point of G1's curve is in the group.
const g1: PairingGroup<G1Point> = group(g1Field, G1, 'in-subgroup');
const g2: PairingGroup<G2Point> = group(g2Field, G2, 'on-curve');

export const ALT_BN128_G1: AltBn128Group = g1;
export const ALT_BN128_G2: AltBn128Group = g2;

/**
 * Whether the product of the pairings is 1, for elements of a G1 point and a G2 point (192 bytes).
 *
 * @returns undefined when one is no point of its group
 */
export function pairingIsOne(input: Uint8Array, endianness: Endianness): boolean | undefined {
  const pairs: { g1: G1Point; g2: G2Point }[] = [];
  for (let offset = 0; offset < input.length; offset += PAIRING_ELEMENT_SIZE) {
    const middle = offset + G1_POINT_SIZE;
    const left = g1.decode(input.subarray(offset, middle), endianness, 'in-subgroup');
    const right = g2.decode(
      input.subarray(middle, offset + PAIRING_ELEMENT_SIZE),
      endianness,
      'in-subgroup',
    );
    if (left === undefined || right === undefined) return undefined;
    // A pairing with infinity is 1, which the library refuses to compute.
    if (!left.is0() && !right.is0()) pairs.push({ g1: left, g2: right });
  }
  return pairs.length === 0 || Fp12.eql(bn254.pairingBatch(pairs), Fp12.ONE);
}
