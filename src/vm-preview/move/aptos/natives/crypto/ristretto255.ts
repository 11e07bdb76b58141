/**
 * 0x1::ristretto255. Source: aptos-core `natives/cryptography/{ristretto255,ristretto255_point}.rs`.
 * Move code holds handles of points that the session keeps.
 */
import { ristretto255 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { type Native, type NativeRegistry, nativesOf } from '../../../core/runtime';
import {
  asBool,
  asBytes,
  asInteger,
  asReference,
  asStruct,
  ByteVector,
  integer,
  type Value,
} from '../../../core/values';
import { sumOfProducts } from '../../../crypto/multiscalar';
import {
  decompressRistretto,
  type RistrettoPoint,
  ristrettoFromUniform,
} from '../../../crypto/ristretto';
import type { NativeContext } from '../context';
import { asItems } from '../values';
import { charger, unforeseen } from './charge';
import { HOST_COST, multiscalarCost, RISTRETTO_MULTISCALAR } from './host-cost';
import { handleIn, type PointStore } from './point-store';
import { scalarNatives, scalarOf } from './ristretto255-scalar';

const { Point } = ristretto255;
const COMPRESSED_BYTES = 32;
const UNIFORM_BYTES = 64;
const NO_HANDLE = integer((1n << 64n) - 1n);

export function ristretto255Natives(context: NativeContext, points: PointStore): NativeRegistry {
  const charge = charger(context);
  const { host } = context;

  function decompress(value: Value | undefined): RistrettoPoint | undefined {
    charge({ 'ristretto255.point_decompress': 1 });
    const bytes = asBytes(value);
    if (bytes.length !== COMPRESSED_BYTES) return undefined;
    host.charge(HOST_COST.ed25519Decompress);
    return decompressRistretto(bytes);
  }

  /** Puts the result in the place of the first point, or makes a point of it. */
  function keep(point: RistrettoPoint, handle: Value, inPlace: Value | undefined): Value[] {
    if (!asBool(inPlace)) return [points.add(point)];
    points.set(handle, point);
    return [handle];
  }

  const binary =
    (name: string, compute: (a: RistrettoPoint, b: RistrettoPoint) => RistrettoPoint): Native =>
    ({ args: [left, right, inPlace] }) => {
      charge({ [`ristretto255.${name}`]: 1 });
      const [a, b] = [handleIn(left), handleIn(right)];
      if (asBool(inPlace) && a === b) throw unforeseen('a point to be added to itself in place');
      return keep(compute(points.at(a), points.at(b)), a, inPlace);
    };

  /** As many points as scalars. */
  function multiply(bases: readonly RistrettoPoint[], scalars: readonly bigint[]): RistrettoPoint {
    host.charge(multiscalarCost(bases.length, RISTRETTO_MULTISCALAR));
    return sumOfProducts(Point, bases, scalars);
  }

  const doubleScalarMul: Native = ({ args: [first, second, firstScalar, secondScalar] }) => {
    charge({ 'ristretto255.point_double_mul': 1 });
    const bases = [points.at(first), points.at(second)];
    return [points.add(multiply(bases, [scalarOf(firstScalar), scalarOf(secondScalar)]))];
  };

  return nativesOf('0x1::ristretto255', {
    ...scalarNatives(charge),
    point_is_canonical_internal: ({ args: [bytes] }) => [decompress(bytes) !== undefined],
    point_identity_internal: () => {
      charge({ 'ristretto255.point_identity': 1 });
      return [points.add(Point.ZERO)];
    },
    point_decompress_internal: ({ args: [bytes] }) => {
      const point = decompress(bytes);
      return point === undefined ? [NO_HANDLE, false] : [points.add(point), true];
    },
    point_clone_internal: ({ args: [handle] }) => {
      charge({ 'ristretto255.point_clone': 1 });
      return [points.add(points.at(handle))];
    },
    point_compress_internal: ({ args: [point] }) => {
      charge({ 'ristretto255.point_compress': 1 });
      host.charge(HOST_COST.ristrettoCompress);
      return [new ByteVector(points.at(handleIn(point)).toBytes())];
    },
    point_mul_internal: ({ args: [point, scalar, inPlace] }) => {
      charge({ 'ristretto255.point_mul': 1 });
      const handle = handleIn(point);
      return keep(multiply([points.at(handle)], [scalarOf(scalar)]), handle, inPlace);
    },
    point_double_mul_internal: doubleScalarMul,
    double_scalar_mul_internal: doubleScalarMul,
    point_equals: ({ args: [left, right] }) => {
      charge({ 'ristretto255.point_equals': 1 });
      return [points.at(handleIn(left)).equals(points.at(handleIn(right)))];
    },
    point_neg_internal: ({ args: [point, inPlace] }) => {
      charge({ 'ristretto255.point_neg': 1 });
      const handle = handleIn(point);
      return keep(points.at(handle).negate(), handle, inPlace);
    },
    point_add_internal: binary('point_add', (a, b) => a.add(b)),
    point_sub_internal: binary('point_sub', (a, b) => a.subtract(b)),
    basepoint_mul_internal: ({ args: [scalar] }) => {
      charge({ 'ristretto255.basepoint_mul': 1 });
      return [points.add(multiply([Point.BASE], [scalarOf(scalar)]))];
    },
    /** a A + b B, B the base point */
    basepoint_double_mul_internal: ({ args: [scalar, point, baseScalar] }) => {
      charge({ 'ristretto255.basepoint_double_mul': 1 });
      const bases = [points.at(handleIn(point)), Point.BASE];
      return [points.add(multiply(bases, [scalarOf(scalar), scalarOf(baseScalar)]))];
    },
    new_point_from_sha512_internal: ({ args: [value] }) => {
      const bytes = asBytes(value);
      charge({
        'ristretto255.point_from_64_uniform_bytes': 1,
        'ristretto255.scalar_sha512_per_hash': 1,
        'ristretto255.scalar_sha512_per_byte': bytes.length,
      });
      host.charge(HOST_COST.ristrettoMap + bytes.length * HOST_COST.hashByte);
      return [points.add(ristrettoFromUniform(sha512(bytes)))];
    },
    new_point_from_64_uniform_bytes_internal: ({ args: [value] }) => {
      charge({ 'ristretto255.point_from_64_uniform_bytes': 1 });
      const bytes = asBytes(value);
      if (bytes.length !== UNIFORM_BYTES) throw unforeseen('bytes that are not 64');
      host.charge(HOST_COST.ristrettoMap);
      return [points.add(ristrettoFromUniform(bytes))];
    },
    /** As many scalars as points, and at least one: Move code sees to it. */
    multi_scalar_mul_internal: ({ args: [pointsValue, scalarsValue] }) => {
      const scalars = asItems(asReference(scalarsValue).get());
      const given = asItems(asReference(pointsValue).get());
      const count = scalars.length;
      if (count === 0 || given.length !== count) throw unforeseen('no pairs of point and scalar');
      const log = 31 - Math.clz32(count + 1);
      charge({
        'ristretto255.point_parse_arg': count,
        'ristretto255.scalar_parse_arg': count,
        'ristretto255.point_mul': Math.floor(count / log),
      });
      const scalarValues = scalars.map((scalar) => scalarOf(asStruct(scalar).fields[0]));
      const bases = given.map((point) => points.at(asInteger(asStruct(point).fields[0])));
      return [points.add(multiply(bases, scalarValues))];
    },
  });
}
