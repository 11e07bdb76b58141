import type { Address } from './address';
import type { Integer } from './integer';
import type { Layout } from './layout';
import type { Reference } from './reference';
import type { Vector } from './vector';

/** Anything that a local, a field or the operand stack holds. Copies of containers are deep. */
export type Value = boolean | Integer | Address | Struct | Vector | Reference | Closure;

/** A place for values; undefined in a local that was moved out of or not set yet. */
export type Slots = (Value | undefined)[];

/** A struct, a variant of an enum, or a signer (a struct with an address as its field). */
export class Struct {
  constructor(
    readonly fields: Slots,
    /** Of an enum; undefined for a struct. */
    readonly variant?: number,
  ) {}
}

/** What a closure calls, known to the loader. */
export interface Callable {
  /** Equal for equal functions with equal type arguments. */
  readonly key: string;
  /** Below 0 when it comes before the other in the chain's order, 0 when they are equal. */
  compare(other: Callable): number;
}

/** A function value: a function with some of its arguments given. */
export class Closure {
  constructor(
    readonly target: Callable,
    /** Bit `i` is set when parameter `i` is among the captured. */
    readonly mask: bigint,
    readonly captured: readonly Value[],
    /** Of what is captured, for a function that can be stored. */
    readonly layouts?: readonly Layout[],
  ) {}
}
