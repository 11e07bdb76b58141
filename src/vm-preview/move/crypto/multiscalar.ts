/** Sums of points times scalars. */
import { type CurvePoint, type CurvePointCons, pippenger } from '@noble/curves/abstract/curve.js';

/** Up to so many, one multiplication after the other is faster than buckets. */
export const SEPARATE_MAX = 32;

/**
 * @param scalars - one for each point, below the group's order
 * @returns infinity for no points
 */
export function sumOfProducts<F, P extends CurvePoint<F, P>>(
  group: CurvePointCons<P>,
  points: readonly P[],
  scalars: readonly bigint[],
): P {
  if (points.length > SEPARATE_MAX) return pippenger(group, [...points], [...scalars]);
  return points.reduce(
    (sum, point, i) => sum.add(point.multiplyUnsafe(scalars[i] ?? 0n)),
    group.ZERO,
  );
}
