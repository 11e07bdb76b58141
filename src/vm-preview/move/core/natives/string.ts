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

/**
 * For each length of a beginning of the pattern, the longest shorter one that it also ends in: what need
 * not be compared again (Knuth, Morris, Pratt). A search by comparing at each place can take as long as the
 * product of both lengths, which nobody pays for.
 */
function overlaps(pattern: Uint8Array): Uint32Array {
  const table = new Uint32Array(pattern.length);
  let length = 0;
  for (let i = 1; i < pattern.length; i++) {
    while (length > 0 && pattern[i] !== pattern[length]) length = table[length - 1] ?? 0;
    if (pattern[i] === pattern[length]) length++;
    table[i] = length;
  }
  return table;
}

/** Place of the first occurrence in bytes, the length where there is none. */
const indexOf: Native = ({ args: [string, pattern] }) => {
  const [bytes, wanted] = [bytesOf(string), bytesOf(pattern)];
  if (wanted.length === 0) return [0];
  const table = overlaps(wanted);
  let found = 0;
  for (let i = 0; i < bytes.length; i++) {
    while (found > 0 && bytes[i] !== wanted[found]) found = table[found - 1] ?? 0;
    if (bytes[i] === wanted[found]) found++;
    if (found === wanted.length) return [i + 1 - found];
  }
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
