/**
 * What crypto_algebra computes in a structure, and what it costs. Source: aptos-core
 * `natives/cryptography/algebra/{arithmetics,constants,eq,new}`.
 */
import type { IField } from '@noble/curves/abstract/modular.js';
import type { Fp12 } from '@noble/curves/abstract/tower.js';
import type { WeierstrassPoint, WeierstrassPointCons } from '@noble/curves/abstract/weierstrass.js';
import type { HostBudget } from '../../../../../host-budget';
import { asInteger, type Value } from '../../../../core/values';
import type { Charge } from '../charge';
import type { Elements } from './elements';

type Handles = readonly (Value | undefined)[];
export type Operation = (handles: Handles) => readonly Value[];

/** Natives without `_internal`; those that a structure does not have are not implemented in it. */
export type Operations = Readonly<Partial<Record<OperationName, Operation>>>;

export type OperationName =
  | 'zero'
  | 'one'
  | 'from_u64'
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'neg'
  | 'sqr'
  | 'inv'
  | 'double'
  | 'eq';

/** How a structure pays. */
export interface Costs {
  readonly charge: Charge;
  readonly host: HostBudget;
  /** Before the operation's name, e.g. `algebra.ark_bls12_381_fr_`. */
  readonly prefix: string;
  /** Microseconds of one multiplication, or addition of points. */
  readonly step: number;
}

const NONE: readonly Value[] = [false, 0];
/** Steps of an inversion. */
const INVERSION = 2;

function payer({ charge, host, prefix, step }: Costs): (price: string, steps?: number) => void {
  return (price, steps = 1) => {
    charge({ [`${prefix}${price}`]: 1 });
    host.charge(step * steps);
  };
}

/** Operations that look their elements up, pay, and keep what they compute. */
function makers<T>(elements: Elements<T>, costs: Costs) {
  const pay = payer(costs);
  return {
    pay,
    constant:
      (price: string, value: () => T): Operation =>
      () => {
        pay(price, 0);
        return [elements.add(value())];
      },
    unary:
      (price: string, compute: (a: T) => T, steps?: number): Operation =>
      ([handle]) => {
        const a = elements.at(handle);
        pay(price, steps);
        return [elements.add(compute(a))];
      },
    binary:
      (price: string, compute: (a: T, b: T) => T, steps?: number): Operation =>
      ([left, right]) => {
        const [a, b] = [elements.at(left), elements.at(right)];
        pay(price, steps);
        return [elements.add(compute(a, b))];
      },
    equality:
      (compute: (a: T, b: T) => boolean): Operation =>
      ([left, right]) => {
        const [a, b] = [elements.at(left), elements.at(right)];
        pay('eq');
        return [compute(a, b)];
      },
  };
}

/** @param onePrice - where one is charged as in another structure */
export function fieldOperations<T>(
  field: IField<T>,
  elements: Elements<T>,
  costs: Costs,
  onePrice = `${costs.prefix}one`,
): Operations {
  const { pay, constant, unary, binary, equality } = makers(elements, costs);
  return {
    zero: constant('zero', () => field.ZERO),
    one: () => {
      costs.charge({ [onePrice]: 1 });
      return [elements.add(field.ONE)];
    },
    from_u64: ([value]) => {
      pay('from_u64');
      return [elements.add(field.mul(field.ONE, BigInt(asInteger(value))))];
    },
    add: binary('add', (a, b) => field.add(a, b)),
    sub: binary('sub', (a, b) => field.sub(a, b)),
    mul: binary('mul', (a, b) => field.mul(a, b)),
    neg: unary('neg', (a) => field.neg(a)),
    sqr: unary('square', (a) => field.sqr(a)),
    inv: ([handle]) => {
      const a = elements.at(handle);
      pay('inv', INVERSION);
      return field.is0(a) ? NONE : [true, elements.add(field.inv(a))];
    },
    div: ([left, right]) => {
      const [a, b] = [elements.at(left), elements.at(right)];
      pay('eq');
      if (field.is0(b)) return NONE;
      pay('div', INVERSION);
      return [true, elements.add(field.div(a, b))];
    },
    eq: equality((a, b) => field.eql(a, b)),
  };
}

export function groupOperations<F>(
  points: WeierstrassPointCons<F>,
  elements: Elements<WeierstrassPoint<F>>,
  costs: Costs,
): Operations {
  const { constant, unary, binary, equality } = makers(elements, costs);
  return {
    zero: constant('infinity', () => points.ZERO),
    one: constant('generator', () => points.BASE),
    add: binary('add', (a, b) => a.add(b)),
    sub: binary('sub', (a, b) => a.subtract(b)),
    neg: unary('neg', (a) => a.negate()),
    double: unary('double', (a) => a.double()),
    eq: equality((a, b) => a.equals(b)),
  };
}

/** The pairing's target group, written additively, over the elements and prices of Fq12. */
export function targetOperations(
  field: IField<Fp12>,
  elements: Elements<Fp12>,
  costs: Costs,
  generator: () => Fp12,
): Operations {
  const { constant, unary, binary, equality } = makers(elements, costs);
  return {
    zero: constant('one', () => field.ONE),
    one: constant('clone', generator),
    add: binary('mul', (a, b) => field.mul(a, b)),
    sub: binary('div', (a, b) => field.div(a, b), INVERSION),
    neg: unary('inv', (a) => field.inv(a), INVERSION),
    double: unary('square', (a) => field.sqr(a)),
    eq: equality((a, b) => field.eql(a, b)),
  };
}
