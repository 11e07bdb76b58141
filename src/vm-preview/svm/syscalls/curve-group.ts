/** A group of points on a curve, as `sol_curve_*` see it. Points and scalars are bytes. */
import type { EXECUTION_COST } from '../runtime/execution-budget';
import type { HOST_COST } from './host-cost';

/** What the operations below need of a curve library's points. */
export interface GroupPoint<P> {
  add(other: P): P;
  subtract(other: P): P;
  multiplyUnsafe(scalar: bigint): P;
}

type Cost = keyof typeof EXECUTION_COST;
type HostCost = keyof typeof HOST_COST;

export interface CurveGroup {
  /** Bytes of a point. */
  readonly pointSize: number;
  readonly costs: Readonly<Record<'validate' | 'add' | 'subtract' | 'multiply', Cost>>;
  readonly hostCosts: Readonly<Record<'validate' | 'add' | 'multiply', HostCost>>;
  isValid(point: Uint8Array): boolean;
  /** Each gives undefined for bytes that are no point or no scalar. */
  add(left: Uint8Array, right: Uint8Array): Uint8Array | undefined;
  subtract(left: Uint8Array, right: Uint8Array): Uint8Array | undefined;
  multiply(scalar: Uint8Array, point: Uint8Array): Uint8Array | undefined;
}

/** How bytes become points of one group and back. */
export interface GroupCodec<P extends GroupPoint<P>> {
  decode(bytes: Uint8Array): P | undefined;
  /** For sums, which some curves take without the check of the subgroup. */
  decodeForSum(bytes: Uint8Array): P | undefined;
  encode(point: P): Uint8Array;
  scalar(bytes: Uint8Array): bigint | undefined;
}

export function curveGroup<P extends GroupPoint<P>>(
  codec: GroupCodec<P>,
  facts: Pick<CurveGroup, 'pointSize' | 'costs' | 'hostCosts'>,
): CurveGroup {
  function combine(
    left: Uint8Array,
    right: Uint8Array,
    operation: (a: P, b: P) => P,
  ): Uint8Array | undefined {
    const a = codec.decodeForSum(left);
    const b = codec.decodeForSum(right);
    return a === undefined || b === undefined ? undefined : codec.encode(operation(a, b));
  }
  return {
    ...facts,
    isValid: (point) => codec.decode(point) !== undefined,
    add: (left, right) => combine(left, right, (a, b) => a.add(b)),
    subtract: (left, right) => combine(left, right, (a, b) => a.subtract(b)),
    multiply(scalarBytes, pointBytes) {
      const scalar = codec.scalar(scalarBytes);
      const point = codec.decode(pointBytes);
      return scalar === undefined || point === undefined
        ? undefined
        : codec.encode(point.multiplyUnsafe(scalar));
    },
  };
}
