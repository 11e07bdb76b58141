/** Values that many natives take or make. */
import type { DatatypeType, Type } from '../../core/loader';
import { MoveError, type NativeCall } from '../../core/runtime';
import {
  type Address,
  asAddress,
  asBytes,
  asInteger,
  asReference,
  asStruct,
  ItemVector,
  illTyped,
  type Value,
} from '../../core/values';
import type { TypedValue } from '../object-runtime';
import type { SuiNativeContext } from './context';

/** The bytes behind a `&vector<u8>`, a view. */
export const bytesAt = (reference: Value | undefined): Uint8Array =>
  asBytes(asReference(reference).get());

export const asU64 = (value: Value | undefined): bigint => BigInt(asInteger(value));

/** A vector of items that are no bytes. */
export function asItems(value: Value | undefined): readonly Value[] {
  if (!(value instanceof ItemVector)) throw illTyped('takes another value for a vector');
  return value.items;
}

/** An object's UID, `UID { id: ID { bytes } }`. */
export const uidAddress = (uid: Value): Address =>
  asAddress(asStruct(asStruct(uid).fields[0]).fields[0]);

export function typeArgument({ typeArguments }: NativeCall, index = 0): Type {
  const type = typeArguments[index];
  if (type === undefined) throw illTyped('leaves out a type argument');
  return type;
}

/** A struct's type with its tag. @throws MoveError for other types, which the verifier keeps out */
export function structType(
  context: SuiNativeContext,
  { loader }: NativeCall,
  type: Type,
): Omit<TypedValue, 'value'> {
  const tag = context.types.definingTag(type, loader);
  if (type.kind !== 'datatype' || tag.kind !== 'struct')
    throw new MoveError('UNKNOWN_INVARIANT_VIOLATION_ERROR', {
      reason: 'Sui verifier guarantees this is a struct',
    });
  return { type: type satisfies DatatypeType, tag, loader };
}

/** Makes the type's layout, which fails for types that are too large or too deep. */
export function requireLayout({ loader }: NativeCall, type: Type): void {
  loader.layouts.of(type);
}
