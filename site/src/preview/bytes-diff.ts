/** Where two strings of bytes differ, for data whose meaning is not known. */

export interface BytesChange {
  readonly offset: number;
  /** Hex; empty where there are no bytes on that side. */
  readonly before: string;
  readonly after: string;
  /** Bytes of the stretch that are left out of both. */
  readonly left: number;
}

/** Bytes that stay between two that change, and still count as one stretch. */
const GAP = 4;
const MAX_STRETCH = 32;
const MAX_STRETCHES = 12;

/** @returns the first stretches that differ, and how many more there are */
export function bytesDiff(
  before: Uint8Array,
  after: Uint8Array,
): { readonly changes: readonly BytesChange[]; readonly more: number } {
  const stretches: { from: number; to: number }[] = [];
  const length = Math.max(before.length, after.length);
  for (let i = 0; i < length; i += 1) {
    if (before[i] === after[i]) continue;
    const last = stretches.at(-1);
    if (last !== undefined && i - last.to <= GAP) last.to = i + 1;
    else stretches.push({ from: i, to: i + 1 });
  }
  const changes = stretches.slice(0, MAX_STRETCHES).map(({ from, to }) => {
    const end = Math.min(to, from + MAX_STRETCH);
    return {
      offset: from,
      before: hex(before.subarray(from, end)),
      after: hex(after.subarray(from, end)),
      left: to - end,
    };
  });
  return { changes, more: stretches.length - changes.length };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
