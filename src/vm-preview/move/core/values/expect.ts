/** Values as the type that verified code says they have. All throw CannotPreview for others. */
import { Address } from './address';
import { illTyped } from './ill-typed';
import type { Integer } from './integer';
import { Reference } from './reference';
import { Closure, Struct, type Value } from './value';
import { ByteVector, ItemVector, type Vector } from './vector';

export function asBool(value: Value | undefined): boolean {
  if (typeof value !== 'boolean') throw illTyped('takes another value for a bool');
  return value;
}

export function asInteger(value: Value | undefined): Integer {
  if (typeof value !== 'number' && typeof value !== 'bigint')
    throw illTyped('takes another value for an integer');
  return value;
}

export function asAddress(value: Value | undefined): Address {
  if (!(value instanceof Address)) throw illTyped('takes another value for an address');
  return value;
}

export function asStruct(value: Value | undefined): Struct {
  if (!(value instanceof Struct)) throw illTyped('takes another value for a struct');
  return value;
}

export function asVector(value: Value | undefined): Vector {
  if (!(value instanceof ItemVector) && !(value instanceof ByteVector))
    throw illTyped('takes another value for a vector');
  return value;
}

/** A view of a `vector<u8>`. */
export function asBytes(value: Value | undefined): Uint8Array {
  if (!(value instanceof ByteVector)) throw illTyped('takes another value for bytes');
  return value.bytes;
}

export function asReference(value: Value | undefined): Reference {
  if (!(value instanceof Reference)) throw illTyped('takes another value for a reference');
  return value;
}

export function asClosure(value: Value | undefined): Closure {
  if (!(value instanceof Closure)) throw illTyped('takes another value for a closure');
  return value;
}
