/** The fields that coordinates of curve points live in: a prime field, and its quadratic extension. */
import type { IField } from '@noble/curves/abstract/modular.js';
import type { Fp2 } from '@noble/curves/abstract/tower.js';
import { bytesToInteger, integerToBytes } from './bytes';

/**
 * Elements of `size` bytes, big-endian, an extension's higher coefficient first. Everything that the
 * chain writes otherwise is those bytes reversed.
 */
export interface CoordinateField<F> {
  readonly size: number;
  readonly zero: F;
  isZero(value: F): boolean;
  /** Undefined when not reduced. */
  decode(bytes: Uint8Array): F | undefined;
  encode(value: F): Uint8Array;
  /** One of the square roots, if there are any. */
  sqrt(value: F): F | undefined;
  /** Whether the value is the larger of itself and its negative. */
  isLarger(value: F): boolean;
  negate(value: F): F;
  /** x³ plus the curve's b */
  rightSide(x: F): F;
  isOnCurve(point: AffinePoint<F>): boolean;
}

export interface AffinePoint<F> {
  readonly x: F;
  readonly y: F;
}

/** @param size - bytes of an element; @param b - of the curve y² = x³ + b */
export function primeField(Fp: IField<bigint>, size: number, b: bigint): CoordinateField<bigint> {
  const half = (Fp.ORDER - 1n) / 2n;
  const rightSide = (x: bigint): bigint => Fp.add(Fp.mul(Fp.sqr(x), x), b);
  return {
    size,
    zero: Fp.ZERO,
    isZero: (value) => Fp.is0(value),
    decode(bytes) {
      const value = bytesToInteger(bytes, 'big');
      return value < Fp.ORDER ? value : undefined;
    },
    encode: (value) => integerToBytes(value, size, 'big'),
    sqrt(value) {
      // Both primes are 3 modulo 4.
      const root = Fp.pow(value, (Fp.ORDER + 1n) / 4n);
      return Fp.eql(Fp.sqr(root), value) ? root : undefined;
    },
    isLarger: (value) => value > half,
    negate: (value) => Fp.neg(value),
    rightSide,
    isOnCurve: ({ x, y }) => Fp.eql(Fp.sqr(y), rightSide(x)),
  };
}

export function quadraticField(
  base: CoordinateField<bigint>,
  field: IField<Fp2>,
  b: Fp2,
): CoordinateField<Fp2> {
  const rightSide = (x: Fp2): Fp2 => field.add(field.mul(field.sqr(x), x), b);
  return {
    size: 2 * base.size,
    zero: field.ZERO,
    isZero: (value) => field.is0(value),
    decode(bytes) {
      const c1 = base.decode(bytes.subarray(0, base.size));
      const c0 = base.decode(bytes.subarray(base.size));
      return c0 === undefined || c1 === undefined ? undefined : { c0, c1 };
    },
    encode({ c0, c1 }) {
      const bytes = new Uint8Array(2 * base.size);
      bytes.set(base.encode(c1));
      bytes.set(base.encode(c0), base.size);
      return bytes;
    },
    sqrt(value) {
      try {
        return field.sqrt(value);
      } catch {
        // The library's only way to say that there is no root.
        return undefined;
      }
    },
    isLarger: ({ c0, c1 }) => base.isLarger(c1 === 0n ? c0 : c1),
    negate: (value) => field.neg(value),
    rightSide,
    isOnCurve: ({ x, y }) => field.eql(field.sqr(y), rightSide(x)),
  };
}
