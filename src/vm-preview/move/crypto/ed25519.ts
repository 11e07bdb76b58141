/** Ed25519 as ed25519-dalek 1.0.1 and curve25519-dalek 3 have it (RFC 8032 leaves the edges open). */
import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToNumberLE } from '@noble/curves/utils.js';
import { sha512 } from '@noble/hashes/sha2.js';

const { Point } = ed25519;

export type EdwardsPoint = InstanceType<typeof Point>;

export const ED25519_PUBLIC_KEY_BYTES = 32;
export const ED25519_SIGNATURE_BYTES = 64;

/**
 * `CompressedEdwardsY::decompress`: y may be p or more, and the sign of x = 0 may be either.
 *
 * @param bytes - 32
 * @returns undefined when no point of the curve has that y
 */
export function decompressEdwards(bytes: Uint8Array): EdwardsPoint | undefined {
  try {
    return Point.fromBytes(bytes, true);
  } catch {
    // The library's only way to say that there is no such point.
    return undefined;
  }
}

/** Whether the scalar of a signature of 64 bytes is below the group's order. */
export function hasCanonicalScalar(signature: Uint8Array): boolean {
  return bytesToNumberLE(signature.subarray(32)) < Point.Fn.ORDER;
}

/**
 * `PublicKey::verify_strict`: no points of small order, a canonical scalar, the equation without the
 * cofactor. Points need not be encoded canonically, and are hashed as they are encoded.
 *
 * @param signature - 64 bytes
 */
export function verifyStrict(
  keyBytes: Uint8Array,
  key: EdwardsPoint,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (!hasCanonicalScalar(signature)) return false;
  const r = signature.subarray(0, 32);
  const point = decompressEdwards(r);
  if (point === undefined || point.isSmallOrder() || key.isSmallOrder()) return false;
  const hash = sha512.create().update(r).update(keyBytes).update(message).digest();
  const challenge = bytesToNumberLE(hash) % Point.Fn.ORDER;
  const s = bytesToNumberLE(signature.subarray(32));
  const expected = Point.BASE.multiplyUnsafe(s).subtract(key.multiplyUnsafe(challenge));
  return expected.equals(point);
}

/**
 * The rule of ZIP 215, as ed25519-consensus has it: a canonical scalar, any encodings of points, small
 * orders too, and the equation with the cofactor.
 *
 * @param key - 32 bytes; @param signature - 64 bytes
 */
export function verifyZip215(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (!hasCanonicalScalar(signature)) return false;
  const r = signature.subarray(0, 32);
  const [point, keyPoint] = [decompressEdwards(r), decompressEdwards(key)];
  if (point === undefined || keyPoint === undefined) return false;
  const hash = sha512.create().update(r).update(key).update(message).digest();
  const challenge = bytesToNumberLE(hash) % Point.Fn.ORDER;
  const s = bytesToNumberLE(signature.subarray(32));
  const left = Point.BASE.multiplyUnsafe(s).subtract(keyPoint.multiplyUnsafe(challenge));
  return left.subtract(point).clearCofactor().is0();
}
