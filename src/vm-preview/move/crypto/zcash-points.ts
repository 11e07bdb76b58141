/**
 * Points of BLS12-381 in Zcash's encoding: big-endian, three flags in the first byte. blst
 * (`src/e1.c`, `src/e2.c`) and ark-bls12-381 (`curves/util.rs`) read it alike, but for what they check
 * of the point itself.
 */
import type { WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js';
import { type Affine, type Curve, solve } from './curve-field';

const COMPRESSED = 0x80;
const INFINITY = 0x40;
const LARGER_Y = 0x20;
const FLAGS = COMPRESSED | INFINITY | LARGER_Y;

/** Whether the first byte says that only x is given. */
export function saysCompressed(bytes: Uint8Array): boolean {
  return ((bytes[0] ?? 0) & COMPRESSED) !== 0;
}

/**
 * @param bytes - of the right length for what they say they are
 * @returns undefined for wrong flags, coordinates that are not reduced, or an x without y; whether
 *   both coordinates together are on the curve is not looked at
 */
export function readZcash<F>(
  curve: Curve<F>,
  bytes: Uint8Array,
): Affine<F> | 'infinity' | undefined {
  const { size, decode } = curve.field;
  const flags = (bytes[0] ?? 0) & FLAGS;
  const rest = bytes.slice();
  rest[0] = (rest[0] ?? 0) & ~FLAGS;
  const isCompressed = (flags & COMPRESSED) !== 0;
  const larger = (flags & LARGER_Y) !== 0;
  if ((flags & INFINITY) !== 0)
    return !larger && rest.every((byte) => byte === 0) ? 'infinity' : undefined;
  if (larger && !isCompressed) return undefined;
  const x = decode(rest.subarray(0, size));
  if (x === undefined) return undefined;
  if (isCompressed) return solve(curve, x, larger);
  const y = decode(rest.subarray(size));
  return y === undefined ? undefined : { x, y };
}

export function writeZcash<F>(
  { field }: Curve<F>,
  point: WeierstrassPoint<F>,
  compressed: boolean,
): Uint8Array {
  const bytes = new Uint8Array(compressed ? field.size : 2 * field.size);
  let flags = compressed ? COMPRESSED : 0;
  if (point.is0()) flags |= INFINITY;
  else {
    const { x, y } = point.toAffine();
    bytes.set(field.encode(x));
    if (!compressed) bytes.set(field.encode(y), field.size);
    else if (field.isLarger(y)) flags |= LARGER_Y;
  }
  bytes[0] = (bytes[0] ?? 0) | flags;
  return bytes;
}
