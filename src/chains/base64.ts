/** Base64, fast enough for megabytes of account data where there is no Buffer. */
import { StateError } from '../vm-preview/errors';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PAD = '='.charCodeAt(0);
const NONE = 0xff;

const VALUES = new Uint8Array(256).fill(NONE);
for (let value = 0; value < ALPHABET.length; value += 1) VALUES[ALPHABET.charCodeAt(value)] = value;

/** @throws StateError `node-answer-malformed` when the text is not canonical base64 */
export function decodeBase64(text: string): Uint8Array {
  const refuse = (): never => {
    throw new StateError('node-answer-malformed', 'the node sent data that is not base64');
  };
  const { length } = text;
  if (length % 4 !== 0) return refuse();
  let padding = 0;
  if (length > 0 && text.charCodeAt(length - 1) === PAD) {
    padding = text.charCodeAt(length - 2) === PAD ? 2 : 1;
  }
  const bytes = new Uint8Array((length / 4) * 3 - padding);
  let out = 0;
  let bits = 0;
  let count = 0;
  const end = length - padding;
  for (let index = 0; index < end; index += 1) {
    const value = VALUES[text.charCodeAt(index) & 0xff] ?? NONE;
    if (value === NONE || text.charCodeAt(index) > 0xff) return refuse();
    bits = (bits << 6) | value;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes[out] = (bits >> count) & 0xff;
      out += 1;
      bits &= (1 << count) - 1;
    }
  }
  // What is left of the last character must be zero, or two texts would mean the same bytes.
  if (bits !== 0) return refuse();
  return bytes;
}

export function encodeBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += 3) {
    const a = bytes[start] ?? 0;
    const b = bytes[start + 1];
    const c = bytes[start + 2];
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    parts.push(
      ALPHABET.charAt(bits >> 18) +
        ALPHABET.charAt((bits >> 12) & 63) +
        (b === undefined ? '=' : ALPHABET.charAt((bits >> 6) & 63)) +
        (c === undefined ? '=' : ALPHABET.charAt(bits & 63)),
    );
  }
  return parts.join('');
}
