import type { PrimitiveKind } from '../format';

/**
 * A Move integer of any width. Canonical: a number where it is a safe integer, a bigint beyond, so
 * that `===` is equality and `<` order. Almost all integers of a run are small, and numbers add some
 * ten times faster than bigints.
 */
export type Integer = number | bigint;

export type IntegerKind = Exclude<PrimitiveKind, 'bool' | 'address' | 'signer'>;

export interface IntegerBounds {
  readonly bits: number;
  readonly signed: boolean;
  readonly min: bigint;
  readonly max: bigint;
  /** The part of the range in which numbers are exact. */
  readonly safeMin: number;
  readonly safeMax: number;
}

const bounds = (bits: number, signed: boolean): IntegerBounds => {
  const max = (1n << BigInt(signed ? bits - 1 : bits)) - 1n;
  const min = signed ? -max - 1n : 0n;
  const safe = BigInt(Number.MAX_SAFE_INTEGER);
  return {
    bits,
    signed,
    min,
    max,
    safeMin: Number(min < -safe ? -safe : min),
    safeMax: Number(max > safe ? safe : max),
  };
};

export const INTEGERS: Readonly<Record<IntegerKind, IntegerBounds>> = {
  u8: bounds(8, false),
  u16: bounds(16, false),
  u32: bounds(32, false),
  u64: bounds(64, false),
  u128: bounds(128, false),
  u256: bounds(256, false),
  i8: bounds(8, true),
  i16: bounds(16, true),
  i32: bounds(32, true),
  i64: bounds(64, true),
  i128: bounds(128, true),
  i256: bounds(256, true),
};

export function isIntegerKind(kind: string): kind is IntegerKind {
  return Object.hasOwn(INTEGERS, kind);
}

/** The canonical form of a number of any size. */
export function integer(value: bigint): Integer {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

/** Undefined where it is out of the type's range. */
export function within(value: bigint, { min, max }: IntegerBounds): Integer | undefined {
  return value < min || value > max ? undefined : integer(value);
}

/** Undefined for an overflow or a division by zero, as the chain's `checked_*` functions. */
export type CheckedOperation = (left: Integer, right: Integer) => Integer | undefined;

export function adder(range: IntegerBounds): CheckedOperation {
  const { safeMin, safeMax } = range;
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') {
      const sum = left + right;
      if (sum <= safeMax && sum >= safeMin) return sum;
    }
    return within(BigInt(left) + BigInt(right), range);
  };
}

export function subtracter(range: IntegerBounds): CheckedOperation {
  const { safeMin, safeMax } = range;
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') {
      const difference = left - right;
      if (difference <= safeMax && difference >= safeMin) return difference;
    }
    return within(BigInt(left) - BigInt(right), range);
  };
}

export function multiplier(range: IntegerBounds): CheckedOperation {
  const { safeMin, safeMax } = range;
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') {
      // Where the exact product is no safe integer, the rounded one is none either.
      const product = left * right;
      if (product <= safeMax && product >= safeMin) return product;
    }
    return within(BigInt(left) * BigInt(right), range);
  };
}

export function divider(range: IntegerBounds): CheckedOperation {
  return (left, right) => {
    if (right === 0) return undefined;
    if (typeof left === 'number' && typeof right === 'number') {
      const quotient = (left - (left % right)) / right;
      if (quotient <= range.safeMax) return quotient;
    }
    // The least signed number over -1 is the one quotient out of range.
    return within(BigInt(left) / BigInt(right), range);
  };
}

export function remainder(range: IntegerBounds): CheckedOperation {
  return (left, right) => {
    if (right === 0) return undefined;
    if (typeof left === 'number' && typeof right === 'number' && left >= 0) return left % right;
    // Rust's `checked_rem` refuses where the division would overflow.
    if (range.signed && BigInt(left) === range.min && right === -1) return undefined;
    return integer(BigInt(left) % BigInt(right));
  };
}

/** Undefined when the shift is not less than the width. */
export function leftShifter({ bits, safeMax }: IntegerBounds): CheckedOperation {
  return (left, right) => {
    if (Number(right) >= bits) return undefined;
    if (typeof left === 'number') {
      const shifted = left * 2 ** Number(right);
      if (shifted <= safeMax) return shifted;
    }
    return integer(BigInt.asUintN(bits, BigInt(left) << BigInt(right)));
  };
}

/** Undefined when the shift is not less than the width. */
export function rightShifter({ bits }: IntegerBounds): CheckedOperation {
  return (left, right) => {
    const shift = Number(right);
    if (shift >= bits) return undefined;
    return typeof left === 'number'
      ? Math.floor(left / 2 ** shift)
      : integer(left >> BigInt(shift));
  };
}

/** Undefined when the value does not fit. */
export function caster(range: IntegerBounds): (value: Integer) => Integer | undefined {
  const { safeMin, safeMax } = range;
  return (value) =>
    typeof value === 'number' && value >= safeMin && value <= safeMax
      ? value
      : within(BigInt(value), range);
}

const WORD = 0xffff_ffff;

const small = (left: Integer, right: Integer): boolean =>
  typeof left === 'number' && typeof right === 'number' && left <= WORD && right <= WORD;

export function bitAnd(left: Integer, right: Integer): Integer {
  if (small(left, right)) return (Number(left) & Number(right)) >>> 0;
  return integer(BigInt(left) & BigInt(right));
}

export function bitOr(left: Integer, right: Integer): Integer {
  if (small(left, right)) return (Number(left) | Number(right)) >>> 0;
  return integer(BigInt(left) | BigInt(right));
}

export function bitXor(left: Integer, right: Integer): Integer {
  if (small(left, right)) return (Number(left) ^ Number(right)) >>> 0;
  return integer(BigInt(left) ^ BigInt(right));
}
