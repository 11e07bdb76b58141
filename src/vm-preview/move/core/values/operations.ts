import { MoveError } from '../runtime/errors';
import { Address } from './address';
import { illTyped } from './ill-typed';
import { Reference } from './reference';
import { Closure, type Slots, Struct, type Value } from './value';
import { ByteVector, ItemVector, itemVector } from './vector';

/** Deepest nesting of a value (move-vm config, `max_value_nest_depth`). */
export const VALUE_DEPTH_MAX = 128;

/** A deep copy; a reference stays the same reference. */
export function copyValue(value: Value, depth = 1): Value {
  if (depth > VALUE_DEPTH_MAX) throw new MoveError('VM_MAX_VALUE_DEPTH_REACHED');
  if (typeof value !== 'object') return value;
  if (value instanceof Struct) return new Struct(copySlots(value.fields, depth + 1), value.variant);
  if (value instanceof ByteVector) return new ByteVector(value.bytes.slice());
  if (value instanceof ItemVector)
    return itemVector(
      isFlat(value) ? value.items.slice() : value.items.map((item) => copyValue(item, depth + 1)),
      value.integers,
    );
  if (value instanceof Closure)
    return closureOf(
      value,
      value.captured.map((item) => copyValue(item, depth + 1)),
    );
  return value;
}

/** Holds a value to a number of levels. @throws MoveError VM_MAX_VALUE_DEPTH_REACHED */
export function requireDepth(value: Value, max: number, depth = 1): void {
  if (depth > max) throw new MoveError('VM_MAX_VALUE_DEPTH_REACHED');
  if (value instanceof Struct)
    for (const field of value.fields) if (field !== undefined) requireDepth(field, max, depth + 1);
  if (value instanceof ItemVector && !isFlat(value))
    for (const item of value.items) requireDepth(item, max, depth + 1);
  if (value instanceof Closure)
    for (const item of value.captured) requireDepth(item, max, depth + 1);
}

/** Whether its elements have no parts: the chain keeps them in one piece and counts no level for them. */
function isFlat({ items: [first] }: ItemVector): boolean {
  return typeof first !== 'object' || first instanceof Address;
}

function closureOf({ target, mask, layouts }: Closure, captured: readonly Value[]): Closure {
  return layouts === undefined
    ? new Closure(target, mask, captured)
    : new Closure(target, mask, captured, layouts);
}

function copySlots(slots: Slots, depth: number): Slots {
  return slots.map((value) => (value === undefined ? undefined : copyValue(value, depth)));
}

/** Deep equality of two values of one type; references are equal when what they point to is. */
export function equalValues(left: Value, right: Value): boolean {
  return compareValues(left, right) === 0;
}

/**
 * Order of two values of one type as the native `cmp::compare` has it: integers and addresses by
 * size, vectors and structs by their first difference, then by length; variants by index first.
 */
export function compareValues(left: Value, right: Value, depth = 1): number {
  if (depth > VALUE_DEPTH_MAX) throw new MoveError('VM_MAX_VALUE_DEPTH_REACHED');
  if (typeof left !== 'object' || typeof right !== 'object')
    return left === right ? 0 : left < right ? -1 : 1;
  if (left instanceof Address && right instanceof Address)
    return left.hex === right.hex ? 0 : left.hex < right.hex ? -1 : 1;
  if (left instanceof ByteVector && right instanceof ByteVector)
    return compareBytes(left.bytes, right.bytes);
  if (left instanceof ItemVector && right instanceof ItemVector)
    return compareLists(left.items, right.items, isFlat(left) ? depth : depth + 1);
  if (left instanceof Struct && right instanceof Struct)
    return (
      Math.sign((left.variant ?? 0) - (right.variant ?? 0)) ||
      compareLists(left.fields, right.fields, depth + 1)
    );
  if (left instanceof Closure && right instanceof Closure)
    return compareClosures(left, right, depth);
  if (left instanceof Reference && right instanceof Reference)
    // A reference counts as a level of its own.
    return compareValues(left.get(), right.get(), depth + 1);
  throw illTyped('compares values of two types');
}

function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return Math.sign(left.length - right.length);
}

function compareLists(left: Slots, right: Slots, depth: number): number {
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i++) {
    const [a, b] = [left[i], right[i]];
    if (a === undefined || b === undefined) throw illTyped('compares a field without a value');
    const order = compareValues(a, b, depth);
    if (order !== 0) return order;
  }
  return Math.sign(left.length - right.length);
}

function compareClosures(left: Closure, right: Closure, depth: number): number {
  const order = left.target.compare(right.target);
  if (order !== 0) return Math.sign(order);
  // Since gas feature version 1.45 the mask counts (values_impl.rs, `compare_with_depth`).
  if (left.mask !== right.mask) return left.mask < right.mask ? -1 : 1;
  return compareLists([...left.captured], [...right.captured], depth + 1);
}
