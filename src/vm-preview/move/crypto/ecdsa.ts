/**
 * ECDSA over secp256k1 as libsecp256k1 has it (the C library, and the Rust crate of that name), and over
 * secp256r1 as fastcrypto has it over the crate p256.
 */
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToNumberBE } from '@noble/curves/utils.js';

type Curve = typeof secp256k1.Point | typeof p256.Point;
export type EcdsaPoint = InstanceType<Curve>;

/** `r` and `s` of a signature, below the order of the group; either may be 0. */
export interface EcdsaSignature {
  readonly r: bigint;
  readonly s: bigint;
}

export interface Ecdsa {
  /** @returns undefined for another length than 64, or when one overflows */
  parseSignature(bytes: Uint8Array): EcdsaSignature | undefined;
  /**
   * The public key that made a signature; high `s` is accepted.
   *
   * @param hash - 32 bytes, of any value
   * @param recoveryId - 0 to 3
   * @returns undefined where there is none
   */
  recover(hash: Uint8Array, signature: EcdsaSignature, recoveryId: number): EcdsaPoint | undefined;
  /** @param hash - 32 bytes. @returns false also for high `s` */
  verify(hash: Uint8Array, signature: EcdsaSignature, key: EcdsaPoint): boolean;
}

function ecdsa(curve: Curve): Ecdsa {
  const { Fn, Fp } = curve;
  const { a, b } = curve.CURVE();

  /** The point with this x, and an odd y or an even one. */
  function lift(x: bigint, isOdd: boolean): EcdsaPoint | undefined {
    if (x >= Fp.ORDER) return undefined;
    const square = Fp.add(Fp.add(Fp.mul(Fp.sqr(x), x), Fp.mul(a, x)), b);
    // Both primes are 3 modulo 4.
    const root = Fp.pow(square, (Fp.ORDER + 1n) / 4n);
    if (!Fp.eql(Fp.sqr(root), square)) return undefined;
    return curve.fromAffine({ x, y: ((root & 1n) === 1n) === isOdd ? root : Fp.neg(root) });
  }

  const scalar = (hash: Uint8Array): bigint => Fn.create(bytesToNumberBE(hash));

  return {
    parseSignature(bytes) {
      if (bytes.length !== 64) return undefined;
      const [r, s] = [bytesToNumberBE(bytes.subarray(0, 32)), bytesToNumberBE(bytes.subarray(32))];
      return r < Fn.ORDER && s < Fn.ORDER ? { r, s } : undefined;
    },
    recover(hash, { r, s }, recoveryId) {
      if (r === 0n || s === 0n) return undefined;
      // p256 lets the sum wrap around; on secp256k1 such a sum is above p.
      const x = recoveryId & 2 ? r + Fn.ORDER : r;
      const point = lift(
        curve === p256.Point ? x & ((1n << 256n) - 1n) : x,
        (recoveryId & 1) === 1,
      );
      if (point === undefined) return undefined;
      const inverse = Fn.inv(r);
      const key = point
        .multiplyUnsafe(Fn.mul(inverse, s))
        .add(curve.BASE.multiplyUnsafe(Fn.neg(Fn.mul(inverse, scalar(hash)))));
      return key.is0() ? undefined : key;
    },
    verify(hash, { r, s }, key) {
      if (r === 0n || s === 0n || s > Fn.ORDER >> 1n) return false;
      const inverse = Fn.inv(s);
      const sum = curve.BASE.multiplyUnsafe(Fn.mul(inverse, scalar(hash))).add(
        key.multiplyUnsafe(Fn.mul(inverse, r)),
      );
      return !sum.is0() && Fn.create(sum.x) === r;
    },
  };
}

export const SECP256K1: Ecdsa = ecdsa(secp256k1.Point);
export const SECP256R1: Ecdsa = ecdsa(p256.Point);
