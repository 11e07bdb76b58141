/** The fields that coordinates of pairing-friendly curves live in, and the curves over them. */

import type { IField } from '@noble/curves/abstract/modular.js';
import type { Fp2 } from '@noble/curves/abstract/tower.js';
import type { WeierstrassPoint, WeierstrassPointCons } from '@noble/curves/abstract/weierstrass.js';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { bn254 } from '@noble/curves/bn254.js';
import { bytesToNumberBE, numberToBytesBE } from '@noble/curves/utils.js';

export interface Affine<F> {
  readonly x: F;
  readonly y: F;
}

/**
 * Elements are `size` bytes: big-endian with an extension's higher coefficient first (Zcash), or the
 * same bytes reversed (arkworks).
 */
export interface CurveField<F> {
  readonly size: number;
  readonly arithmetic: IField<F>;
  /** Big-endian. Undefined when not reduced. */
  decode(bytes: Uint8Array): F | undefined;
  /** Big-endian. */
  encode(value: F): Uint8Array;
  /** One of the two roots; undefined where there is none. */
  sqrt(value: F): F | undefined;
  /** Whether it is larger than its negative, an extension's higher coefficient counting first. */
  isLarger(value: F): boolean;
}

/** y² = x³ + b, and the points of it. */
export interface Curve<F> {
  readonly field: CurveField<F>;
  readonly points: WeierstrassPointCons<F>;
  rightSide(x: F): F;
  isOnCurve(point: Affine<F>): boolean;
}

export type G1Point = WeierstrassPoint<bigint>;
export type G2Point = WeierstrassPoint<Fp2>;

function primeField(arithmetic: IField<bigint>, size: number): CurveField<bigint> {
  const { ORDER } = arithmetic;
  return {
    size,
    arithmetic,
    decode(bytes) {
      const value = bytesToNumberBE(bytes);
      return value < ORDER ? value : undefined;
    },
    encode: (value) => numberToBytesBE(value, size),
    sqrt(value) {
      // Both primes are 3 modulo 4.
      const root = arithmetic.pow(value, (ORDER + 1n) / 4n);
      return arithmetic.eql(arithmetic.sqr(root), value) ? root : undefined;
    },
    isLarger: (value) => 2n * value > ORDER,
  };
}

function quadraticField(base: CurveField<bigint>, arithmetic: IField<Fp2>): CurveField<Fp2> {
  return {
    size: 2 * base.size,
    arithmetic,
    decode(bytes) {
      const c1 = base.decode(bytes.subarray(0, base.size));
      const c0 = base.decode(bytes.subarray(base.size));
      return c0 === undefined || c1 === undefined ? undefined : arithmetic.create({ c0, c1 });
    },
    encode({ c0, c1 }) {
      const bytes = new Uint8Array(2 * base.size);
      bytes.set(base.encode(c1));
      bytes.set(base.encode(c0), base.size);
      return bytes;
    },
    sqrt(value) {
      try {
        return arithmetic.sqrt(value);
      } catch {
        // The library's only way to say that there is no root.
        return undefined;
      }
    },
    isLarger: ({ c0, c1 }) => base.isLarger(c1 === 0n ? c0 : c1),
  };
}

function curve<F>(field: CurveField<F>, points: WeierstrassPointCons<F>): Curve<F> {
  const { arithmetic } = field;
  const { b } = points.CURVE();
  const rightSide = (x: F): F => arithmetic.add(arithmetic.mul(arithmetic.sqr(x), x), b);
  return {
    field,
    points,
    rightSide,
    isOnCurve: ({ x, y }) => arithmetic.eql(arithmetic.sqr(y), rightSide(x)),
  };
}

const BLS_FP = primeField(bls12_381.fields.Fp, 48);
const BN_FP = primeField(bn254.fields.Fp, 32);

export const BLS12381_G1: Curve<bigint> = curve(BLS_FP, bls12_381.G1.Point);
export const BLS12381_G2: Curve<Fp2> = curve(
  quadraticField(BLS_FP, bls12_381.fields.Fp2),
  bls12_381.G2.Point,
);
export const BN254_G1: Curve<bigint> = curve(BN_FP, bn254.G1.Point);
export const BN254_G2: Curve<Fp2> = curve(quadraticField(BN_FP, bn254.fields.Fp2), bn254.G2.Point);

/** The point with these coordinates, which nobody checks here. */
export function pointOf<F>({ points }: Curve<F>, at: Affine<F> | 'infinity'): WeierstrassPoint<F> {
  return at === 'infinity' ? points.ZERO : points.fromAffine(at);
}

/** The point of the curve with this x, of the two the one with the larger or the smaller y. */
export function solve<F>(curve: Curve<F>, x: F, larger: boolean): Affine<F> | undefined {
  const { field } = curve;
  const root = field.sqrt(curve.rightSide(x));
  if (root === undefined) return undefined;
  return { x, y: field.isLarger(root) === larger ? root : field.arithmetic.neg(root) };
}
