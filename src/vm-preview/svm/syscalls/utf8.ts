/** Text as Rust's `core::str::from_utf8` reads it, with its words for what is wrong. */
export type DecodedUtf8 =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: string };

/** The bounds of a sequence's second byte, by its first. Source: Unicode 3.9, table 3-7. */
function secondByteBounds(first: number): readonly [low: number, high: number] | undefined {
  if (first >= 0xc2 && first <= 0xdf) return [0x80, 0xbf];
  if (first === 0xe0) return [0xa0, 0xbf];
  if (first === 0xed) return [0x80, 0x9f];
  if (first >= 0xe1 && first <= 0xef) return [0x80, 0xbf];
  if (first === 0xf0) return [0x90, 0xbf];
  if (first >= 0xf1 && first <= 0xf3) return [0x80, 0xbf];
  if (first === 0xf4) return [0x80, 0x8f];
  return undefined;
}

function sequenceLength(first: number): number {
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

/** How many bytes at `start` are wrong, 0 when the input just ends, or undefined when the sequence is good. */
function badBytes(bytes: Uint8Array, start: number): number | undefined {
  const first = bytes[start] ?? 0;
  const bounds = secondByteBounds(first);
  if (bounds === undefined) return 1;
  for (let index = 1; index < sequenceLength(first); index++) {
    const byte = bytes[start + index];
    if (byte === undefined) return 0;
    const [low, high] = index === 1 ? bounds : [0x80, 0xbf];
    if (byte < low || byte > high) return index;
  }
  return undefined;
}

function firstFault(bytes: Uint8Array): string | undefined {
  let index = 0;
  while (index < bytes.length) {
    const first = bytes[index] ?? 0;
    if (first < 0x80) {
      index++;
      continue;
    }
    const bad = badBytes(bytes, index);
    if (bad === 0) return `incomplete utf-8 byte sequence from index ${index}`;
    if (bad !== undefined) return `invalid utf-8 sequence of ${bad} bytes from index ${index}`;
    index += sequenceLength(first);
  }
  return undefined;
}

// A leading byte order mark is text to Rust.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function decodeUtf8(bytes: Uint8Array): DecodedUtf8 {
  const reason = firstFault(bytes);
  return reason === undefined ? { ok: true, text: decoder.decode(bytes) } : { ok: false, reason };
}
