/** ristretto255 as curve25519-dalek has it (RFC 9496). */
import { ristretto255, ristretto255_hasher } from '@noble/curves/ed25519.js';
import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js';

const { Point } = ristretto255;

export type RistrettoPoint = InstanceType<typeof Point>;

/** The order of the group. */
export const RISTRETTO_ORDER = Point.Fn.ORDER;

/** @param bytes - 32. @returns undefined for what is no canonical encoding */
export function decompressRistretto(bytes: Uint8Array): RistrettoPoint | undefined {
  try {
    return Point.fromBytes(bytes);
  } catch {
    // The library's only way to say that there is no such point.
    return undefined;
  }
}

/** `from_uniform_bytes`. @param bytes - 64 */
export function ristrettoFromUniform(bytes: Uint8Array): RistrettoPoint {
  const { deriveToCurve } = ristretto255_hasher;
  if (deriveToCurve === undefined) throw new TypeError('the curve library maps no bytes to points');
  return deriveToCurve(bytes);
}

/** Little-endian, of any length, modulo the order of the group. */
export function scalarModOrder(bytes: Uint8Array): bigint {
  return bytesToNumberLE(bytes) % RISTRETTO_ORDER;
}

export function scalarBytes(scalar: bigint): Uint8Array {
  return numberToBytesLE(scalar, 32);
}
