/** ECDSA over secp256k1 as libsecp256k1 0.7 (the Rust crate) recovers keys. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToNumberBE } from '@noble/curves/utils.js';

const { Point } = secp256k1;
const { Fn, Fp } = Point;

/** `r` and `s` of a signature, below the order of the group; either may be 0. */
export interface EcdsaSignature {
  readonly r: bigint;
  readonly s: bigint;
}

/** `Signature::parse_standard_slice`. @returns undefined for another length, or when one overflows */
export function parseEcdsaSignature(bytes: Uint8Array): EcdsaSignature | undefined {
  if (bytes.length !== 64) return undefined;
  const [r, s] = [bytesToNumberBE(bytes.subarray(0, 32)), bytesToNumberBE(bytes.subarray(32))];
  return r < Fn.ORDER && s < Fn.ORDER ? { r, s } : undefined;
}

/**
 * The public key that made a signature; high `s` is accepted.
 *
 * @param hash - 32 bytes, of any value
 * @param recoveryId - 0 to 3
 * @returns x and y, 64 bytes; undefined where there is none
 */
export function recoverEcdsaKey(
  hash: Uint8Array,
  { r, s }: EcdsaSignature,
  recoveryId: number,
): Uint8Array | undefined {
  if (r === 0n || s === 0n) return undefined;
  const x = recoveryId & 2 ? r + Fn.ORDER : r;
  if (x >= Fp.ORDER) return undefined;
  const square = Fp.add(Fp.mul(Fp.sqr(x), x), Point.CURVE().b);
  const root = Fp.pow(square, (Fp.ORDER + 1n) / 4n);
  if (!Fp.eql(Fp.sqr(root), square)) return undefined;
  const isOdd = (recoveryId & 1) === 1;
  const point = Point.fromAffine({ x, y: ((root & 1n) === 1n) === isOdd ? root : Fp.neg(root) });
  const inverse = Fn.inv(r);
  const message = Fn.create(bytesToNumberBE(hash));
  const key = point
    .multiplyUnsafe(Fn.mul(inverse, s))
    .add(Point.BASE.multiplyUnsafe(Fn.neg(Fn.mul(inverse, message))));
  return key.is0() ? undefined : key.toBytes(false).subarray(1);
}
