/** 0x1::string of both chains, over bytes that the module holds to be UTF-8 (natives/string.rs). */

import { CannotPreview } from '../../../errors';
import { aborted, type Native, nativesOf } from '../runtime';
import { asBytes, asInteger, asReference, ByteVector, type Value } from '../values';

const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const bytesOf = (reference: Value | undefined): Uint8Array => asBytes(asReference(reference).get());

function isUtf8(bytes: Uint8Array): boolean {
  try {
    DECODER.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** An end of the string is a boundary, a place past it is none. */
function isCharBoundary(bytes: Uint8Array, index: number | bigint): boolean {
  if (index === 0 || index === bytes.length) return true;
  const byte = bytes[Number(index)];
  return byte !== undefined && (byte & 0xc0) !== 0x80;
}

const subString: Native = ({ args: [string, start, end] }) => {
  const bytes = bytesOf(string);
  const [from, to] = [asInteger(start), asInteger(end)];
  if (to < from) throw aborted(1n);
  // Rust would panic here; the module checks both before it calls.
  if (!isCharBoundary(bytes, from) || !isCharBoundary(bytes, to))
    throw new CannotPreview('move-string-slice', 'a slice of a string between its characters');
  return [new ByteVector(bytes.slice(Number(from), Number(to)))];
};

/** Place of the first occurrence in bytes, the length where there is none. */
const indexOf: Native = ({ args: [string, pattern] }) => {
  const [bytes, wanted] = [bytesOf(string), bytesOf(pattern)];
  for (let at = 0; at + wanted.length <= bytes.length; at++)
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return [at];
  return [bytes.length];
};

export const STRING = nativesOf('0x1::string', {
  internal_check_utf8: ({ args: [string] }) => [isUtf8(bytesOf(string))],
  internal_is_char_boundary: ({ args: [string, index] }) => [
    isCharBoundary(bytesOf(string), asInteger(index)),
  ],
  internal_sub_string: subString,
  internal_index_of: indexOf,
});
