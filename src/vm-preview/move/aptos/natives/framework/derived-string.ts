/**
 * 0x1::aggregator_v2::DerivedStringSnapshot: a string and padding, so that its BCS has one width
 * whatever the number in it (types/src/delayed_fields.rs, derived_string_snapshot.rs).
 */
import { ByteVector, Struct } from '../../../core/values';
import { stringValue } from '../values';

/** Bytes that a derived string may be made of, its number left out. */
export const DERIVED_STRING_INPUT_MAX = 1024;

const U64_DIGITS = 20;
const U128_DIGITS = 39;
const U64_MAX = (1n << 64n) - 1n;
/** Of an empty vector. */
const PADDING_SIZE = 1;

/** Bytes of a byte vector in BCS; the lengths here have at most two bytes. */
function blobSize(length: number): number {
  return length + (length < 0x80 ? 1 : 2);
}

/** The chain also needs room for the identifier of a value that it keeps elsewhere. */
export function constantWidth(length: number): number {
  return Math.max(blobSize(length) + PADDING_SIZE, U64_DIGITS + 2);
}

/** @param length - of what stands around the number; @param max - of the number's type */
export function concatenatedWidth(length: number, max: bigint): number {
  return blobSize(length + (max > U64_MAX ? U128_DIGITS : U64_DIGITS)) + PADDING_SIZE;
}

export function derivedString(text: Uint8Array, width: number): Struct {
  const padding = width - blobSize(text.length) - PADDING_SIZE;
  return new Struct([stringValue(text.slice()), new ByteVector(new Uint8Array(padding))]);
}
