import { VECTOR } from '../../../core/natives/vector';
import { aborted } from '../../../core/runtime';
import { asInteger, asReference, asVector, type Value } from '../../../core/values';
import { type Charge, priced, pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { HOST_COST } from '../host-cost';
import { FEATURE } from '../versions';

/** `error::unavailable(EFEATURE_NOT_ENABLED)` */
const FEATURE_NOT_ENABLED = 0xd_0002n;
const INDEX_OUT_OF_BOUNDS = 1n;

const lengthOf = (vector: Value | undefined): number => asVector(asReference(vector).get()).length;

export const vectorNatives = (context: NativeContext) => {
  const { base, each } = pricesOf(context, 'move_stdlib');
  const moveRange: Charge = ({ args: [from, start, length, to, place] }) => {
    if (!context.features.isEnabled(FEATURE.nativeMemoryOperations))
      throw aborted(FEATURE_NOT_ENABLED);
    base('vector.move_range.base');
    const [first, count, target] = [start, length, place].map((value) => BigInt(asInteger(value)));
    const [available, present] = [BigInt(lengthOf(from)), BigInt(lengthOf(to))];
    if (first === undefined || count === undefined || target === undefined)
      throw aborted(INDEX_OUT_OF_BOUNDS);
    if (first + count > available || target > present) throw aborted(INDEX_OUT_OF_BOUNDS);
    // All that lies behind either place is moved, and the range twice.
    const moved = available - first + present - target + count;
    each('vector.move_range.per_index_moved', moved);
    context.host.charge(Number(moved) * HOST_COST.moveElement);
  };
  return priced(VECTOR, '0x1::vector', { move_range: moveRange });
};
