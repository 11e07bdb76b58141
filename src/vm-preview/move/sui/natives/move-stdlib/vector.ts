import {
  aborted,
  MoveError,
  type Native,
  type NativeRegistry,
  nativesOf,
} from '../../../core/runtime';
import {
  asInteger,
  asReference,
  asVector,
  ByteVector,
  ItemVector,
  isIntegerKind,
  itemVector,
  type Value,
  type Vector,
} from '../../../core/values';
import { requiredNumber } from '../../object-runtime';
import { stdlibCharger } from '../charge';
import type { SuiNativeContext } from '../context';
import { legacySize } from '../sizes';
import { typeArgument } from '../values';

/** Sub-statuses of VECTOR_OPERATION_ERROR (values_impl.rs), here codes of aborts. */
const INDEX_OUT_OF_BOUNDS = 1n;
const POP_EMPTY = 2n;
const DESTROY_NON_EMPTY = 3n;
const SIZE_LIMIT_REACHED = 4n;

const vectorAt = (reference: Value | undefined): Vector => asVector(asReference(reference).get());

function checkedIndex(index: Value | undefined, vector: Vector): number {
  const value = asInteger(index);
  if (value >= vector.length) throw aborted(INDEX_OUT_OF_BOUNDS);
  return Number(value);
}

/**
 * 0x1::vector (move-stdlib-natives, vector.rs). Compiled code has instructions for these; a transaction
 * can call them by name.
 */
export function vectorNatives(context: SuiNativeContext): NativeRegistry {
  const charge = stdlibCharger(context);
  const borrow: Native = ({ args: [reference, index] }) => {
    charge({ vector_borrow_base_cost: 1 });
    const vector = vectorAt(reference);
    return [vector.reference(checkedIndex(index, vector), asReference(reference).root)];
  };
  const pushBack: Native = (call) => {
    charge({ vector_push_back_base_cost: 1 });
    const [reference, value] = call.args;
    const perUnit = 'vector_push_back_legacy_per_abstract_memory_unit_cost';
    if (value !== undefined && (context.protocol.number(perUnit) ?? 0n) !== 0n)
      charge({ [perUnit]: Math.max(legacySize(value, typeArgument(call), call.loader), 1) });
    const vector = vectorAt(reference);
    const limit = requiredNumber(context.protocol, 'max_move_vector_len');
    if (BigInt(vector.length) >= limit)
      throw new MoveError('VECTOR_OPERATION_ERROR', { code: SIZE_LIMIT_REACHED });
    if (value !== undefined) vector.push(value);
    asReference(reference).touch();
    return [];
  };
  return nativesOf('0x1::vector', {
    empty: (call) => {
      charge({ vector_empty_base_cost: 1 });
      const { kind } = typeArgument(call);
      if (kind === 'u8') return [new ByteVector()];
      return [isIntegerKind(kind) ? itemVector([], kind) : new ItemVector()];
    },
    length: ({ args: [reference] }) => {
      charge({ vector_length_base_cost: 1 });
      return [vectorAt(reference).length];
    },
    borrow,
    borrow_mut: borrow,
    push_back: pushBack,
    pop_back: ({ args: [reference] }) => {
      charge({ vector_pop_back_base_cost: 1 });
      const value = vectorAt(reference).pop();
      if (value === undefined) throw aborted(POP_EMPTY);
      asReference(reference).touch();
      return [value];
    },
    destroy_empty: ({ args: [vector] }) => {
      charge({ vector_destroy_empty_base_cost: 1 });
      if (asVector(vector).length > 0) throw aborted(DESTROY_NON_EMPTY);
      return [];
    },
    swap: ({ args: [reference, first, second] }) => {
      charge({ vector_swap_base_cost: 1 });
      const vector = vectorAt(reference);
      vector.swap(checkedIndex(first, vector), checkedIndex(second, vector));
      asReference(reference).touch();
      return [];
    },
  });
}
