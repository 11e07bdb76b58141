/** How large the elements of a vector may become (programmable_transactions/execution.rs, `amplification_bound`). */
import { type TypeTag, typeTagText } from '../../core/types';
import type { ProtocolConfig } from '../protocol';
import { ExecutionError } from './error';
import type { ValueType } from './value';

const COPY = 1;

/** By how much values of the types that may be given as bytes grow in the VM. */
const GROWTH: Readonly<Record<string, bigint>> = {
  bool: 1n,
  u8: 1n,
  u16: 1n,
  u32: 1n,
  u64: 1n,
  u128: 2n,
  u256: 2n,
  address: 2n,
  '0x2::object::ID': 2n,
  '0x1::string::String': 2n,
  '0x1::ascii::String': 2n,
};

/**
 * @param size - bytes of the vector with the element that was put in last
 * @throws ExecutionError MoveVectorElemTooBig, which was MoveObjectTooBig at first
 */
export function requireElementSize(
  protocol: ProtocolConfig,
  element: ValueType,
  size: number,
): void {
  const bound = protocol.number('max_ptb_value_size');
  if (bound === undefined) return;
  const ofCopiesOnly = protocol.feature('max_ptb_value_size_v2');
  if (ofCopiesOnly && (element.abilities & COPY) === 0) return;
  const max = bound / (growthOf(element.tag) ?? protocol.required('max_move_value_depth'));
  if (BigInt(size) <= max) return;
  const kind = ofCopiesOnly ? 'MoveVectorElemTooBig' : 'MoveObjectTooBig';
  throw new ExecutionError(
    { kind, size: BigInt(size), max },
    'Serialized bytes of value too large',
  );
}

/** Undefined for a type that only objects or results can have. */
function growthOf(tag: TypeTag): bigint | undefined {
  if (tag.kind === 'vector') return growthOf(tag.element);
  if (tag.kind === 'struct' && tag.typeArguments.length > 0) {
    const [argument, more] = tag.typeArguments;
    const name = typeTagText({ ...tag, typeArguments: [] });
    if (name !== '0x1::option::Option' || argument === undefined || more) return undefined;
    const inner = growthOf(argument);
    return inner && inner + 1n;
  }
  const key = typeTagText(tag);
  return Object.hasOwn(GROWTH, key) ? GROWTH[key] : undefined;
}
