/**
 * BLS signatures over BLS12-381 as the crate blst has them (`bindings/rust/src/lib.rs`,
 * `src/aggregate.c`): keys and signatures are decoded without a look at their subgroup, which each use
 * checks or leaves out.
 */

import type { WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import {
  BLS12381_G1,
  BLS12381_G2,
  type Curve,
  type G1Point,
  type G2Point,
  pointOf,
} from './curve-field';
import { BLS12381_PAIRING } from './pairing';
import { readZcash, saysCompressed, writeZcash } from './zcash-points';

/** `deserialize`: compressed, or both coordinates; on the curve. */
function readPoint<F>(curve: Curve<F>, bytes: Uint8Array): WeierstrassPoint<F> | undefined {
  const { size } = curve.field;
  if (bytes.length !== (saysCompressed(bytes) ? size : 2 * size)) return undefined;
  const at = readZcash(curve, bytes);
  if (at === undefined || (at !== 'infinity' && !curve.isOnCurve(at))) return undefined;
  return pointOf(curve, at);
}

/** @returns undefined for x = 0 too, which blst refuses on G1's curve */
export function readG1(bytes: Uint8Array): G1Point | undefined {
  const point = readPoint(BLS12381_G1, bytes);
  return point === undefined || (!point.is0() && point.x === 0n) ? undefined : point;
}

export function readG2(bytes: Uint8Array): G2Point | undefined {
  return readPoint(BLS12381_G2, bytes);
}

/** Compressed. */
export const writeG1 = (point: G1Point): Uint8Array => writeZcash(BLS12381_G1, point, true);
/** Compressed. */
export const writeG2 = (point: G2Point): Uint8Array => writeZcash(BLS12381_G2, point, true);

/** `validate` of a public key, and of a signature with the check for infinity. */
export function isValid(point: G1Point | G2Point): boolean {
  return !point.is0() && point.isTorsionFree();
}

/** The sum, wherever the points are on their curve. @param points - at least one */
export function aggregate<F>(points: readonly WeierstrassPoint<F>[]): WeierstrassPoint<F> {
  return points.reduce((sum, point) => sum.add(point));
}

/** A message and the key that is to have signed it; keys in G1, signatures in G2. */
export interface SignedMessage {
  readonly key: G1Point;
  readonly message: Uint8Array;
}

/**
 * `aggregate_verify` with the signature's subgroup checked and the keys' not; infinite keys are refused.
 *
 * @param dst - the ciphersuite's domain separation tag
 */
export function verifyMinPk(
  signature: G2Point,
  signed: readonly SignedMessage[],
  dst: string,
): boolean {
  if (signed.length === 0 || signed.some(({ key }) => key.is0())) return false;
  if (!signature.isTorsionFree()) return false;
  const { Fp12, product } = BLS12381_PAIRING;
  const result = product([
    [BLS12381_G1.points.BASE.negate(), signature],
    ...signed.map(({ key, message }): [G1Point, G2Point] => [
      key,
      bls12_381.G2.hashToCurve(message, { DST: dst }),
    ]),
  ]);
  return Fp12.eql(result, Fp12.ONE);
}

/** As `verifyMinPk` of one message, with the key in G2 and the signature in G1. */
export function verifyMinSig(
  signature: G1Point,
  key: G2Point,
  message: Uint8Array,
  dst: string,
): boolean {
  if (key.is0() || !signature.isTorsionFree()) return false;
  const { Fp12, product } = BLS12381_PAIRING;
  const hash = bls12_381.G1.hashToCurve(message, { DST: dst });
  const base = BLS12381_G2.points.BASE.negate();
  const result = product([
    [signature, base],
    [hash, key],
  ]);
  return Fp12.eql(result, Fp12.ONE);
}
