/**
 * Abstract size of a value, which Sui's gas counts what comes on the stack by: up to gas model 10, in which
 * all integers are alike (move-vm-types, views.rs).
 */
import {
  Address,
  ByteVector,
  INTEGERS,
  ItemVector,
  Reference,
  Struct,
  type Value,
} from '../../core/values';

const CONSTANT = 16;
const ADDRESS = 32;
const REFERENCE = 8;
/** Of a struct, a variant, a vector. */
const CONTAINER = 2;
const BOOL = 1;

export type ValueSize = (value: Value | undefined) => number;

/**
 * @param isLegacy - whether a vector of primitives counts only its elements (gas models up to 7)
 * @param traverses - whether what a reference points to is counted too
 */
export function valueSize(isLegacy: boolean, traverses = false): ValueSize {
  const flatVector = isLegacy ? 0 : CONTAINER;
  const size: ValueSize = (value) => {
    if (typeof value !== 'object') return CONSTANT;
    if (value instanceof Reference) return REFERENCE + (traverses ? size(value.get()) : 0);
    if (value instanceof Address) return ADDRESS;
    if (value instanceof ByteVector) return flatVector + value.length;
    if (value instanceof ItemVector) {
      if (value.integers !== undefined)
        return flatVector + (value.length * INTEGERS[value.integers].bits) / 8;
      const [first] = value.items;
      if (typeof first === 'boolean') return flatVector + value.length * BOOL;
      if (first instanceof Address) return flatVector + value.length * ADDRESS;
      return sum(value.items, size);
    }
    if (value instanceof Struct) return sum(value.fields, size);
    return CONTAINER;
  };
  return size;
}

function sum(values: readonly (Value | undefined)[], size: ValueSize): number {
  let total = CONTAINER;
  for (const value of values) total += size(value);
  return total;
}
