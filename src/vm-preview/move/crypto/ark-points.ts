/**
 * Points in arkworks' own encoding: little-endian, two flags in the last byte. Source: ark-ec 0.5
 * `short_weierstrass/{mod,serialization_flags}.rs`, ark-ff `fields/models/fp/mod.rs`.
 */
import type { WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js';
import { type Affine, type Curve, solve } from './curve-field';

const LARGER_Y = 0x80;
const INFINITY = 0x40;
const FLAGS = LARGER_Y | INFINITY;

/**
 * `deserialize_with_mode` with all checks.
 *
 * @param bytes - one coordinate when compressed, two when not
 * @returns undefined for anything but a point of the subgroup
 */
export function readArkPoint<F>(
  curve: Curve<F>,
  bytes: Uint8Array,
  compressed: boolean,
): WeierstrassPoint<F> | undefined {
  const at = read(curve, bytes, compressed);
  if (at === 'infinity') return curve.points.ZERO;
  if (at === undefined || !curve.isOnCurve(at)) return undefined;
  const point = curve.points.fromAffine(at);
  return point.isTorsionFree() ? point : undefined;
}

function read<F>(
  curve: Curve<F>,
  bytes: Uint8Array,
  compressed: boolean,
): Affine<F> | 'infinity' | undefined {
  const { size, decode } = curve.field;
  const flags = (bytes[bytes.length - 1] ?? 0) & FLAGS;
  if (flags === FLAGS) return undefined;
  const rest = bytes.slice().reverse();
  rest[0] = (rest[0] ?? 0) & ~FLAGS;
  // Reversed, the last coordinate comes first.
  const last = decode(rest.subarray(0, size));
  if (last === undefined) return undefined;
  const first = compressed ? last : decode(rest.subarray(size));
  if (first === undefined) return undefined;
  if (flags === INFINITY) return 'infinity';
  return compressed ? solve(curve, first, flags === LARGER_Y) : { x: first, y: last };
}

export function writeArkPoint<F>(
  { field }: Curve<F>,
  point: WeierstrassPoint<F>,
  compressed: boolean,
): Uint8Array {
  const bytes = new Uint8Array(compressed ? field.size : 2 * field.size);
  let flags = 0;
  if (point.is0()) flags = INFINITY;
  else {
    const { x, y } = point.toAffine();
    bytes.set(field.encode(x).reverse());
    if (!compressed) bytes.set(field.encode(y).reverse(), field.size);
    if (field.isLarger(y)) flags = LARGER_Y;
  }
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) | flags;
  return bytes;
}
