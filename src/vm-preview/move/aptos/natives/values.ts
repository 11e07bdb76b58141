/** Values that many natives take or make. */
import type { Loader, Type } from '../../core/loader';
import {
  Address,
  asBytes,
  asReference,
  asStruct,
  ByteVector,
  ItemVector,
  illTyped,
  integer,
  Struct,
  type Value,
} from '../../core/values';
import type { NativeContext } from './context';
import { FEATURE } from './versions';

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A 0x1::string::String. */
export function stringValue(text: string | Uint8Array): Struct {
  return new Struct([new ByteVector(typeof text === 'string' ? ENCODER.encode(text) : text)]);
}

/** The bytes of a String, a view. */
export function stringBytes(value: Value | undefined): Uint8Array {
  return asBytes(asStruct(value).fields[0]);
}

/** Undefined for bytes that are no UTF-8. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return DECODER.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The struct behind a reference. */
export function referred(reference: Value | undefined): Struct {
  return asStruct(asReference(reference).get());
}

/** `vector<T>` of items that are no bytes. */
export function asItems(value: Value | undefined): readonly Value[] {
  if (!(value instanceof ItemVector)) throw illTyped('takes another value for a vector');
  return value.items;
}

export const addressVector = (addresses: readonly Address[]): ItemVector =>
  new ItemVector([...addresses]);

const NONE = 0;
const SOME = 1;

/** An Option of the element's type: an enum, or a struct around a vector before ENABLE_ENUM_OPTION. */
export function optionValue(context: NativeContext, value: Value | undefined): Struct {
  if (context.features.isEnabled(FEATURE.enableEnumOption))
    return value === undefined ? new Struct([], NONE) : new Struct([value], SOME);
  return new Struct([new ItemVector(value === undefined ? [] : [value])]);
}

/** A signer: its address, and for a permissioned one the address that its permissions are at. */
export function signerValue(address: Address, permissions?: Address): Struct {
  return new Struct(permissions === undefined ? [address] : [address, permissions]);
}

export function isPermissioned(signer: Struct): boolean {
  return signer.fields.length > 1;
}

export function typeArgument(typeArguments: readonly Type[], index = 0): Type {
  const type = typeArguments[index];
  if (type === undefined) throw illTyped('leaves out a type argument');
  return type;
}

/** BCS as natives make it: a master signer is its address. */
export function encodeValue(loader: Loader, value: Value, type: Type): Uint8Array {
  if (type.kind !== 'signer') return loader.codec.encode(value, type);
  const [address] = asStruct(value).fields;
  if (!(address instanceof Address)) throw illTyped('takes another value for a signer');
  return address.bytes;
}

export const u64Value = (value: bigint): Value => integer(value);
