/** Small harm to bytes. */
import type { Random } from '../svm-differential/random';

const INTERESTING = [0, 1, 4, 7, 8, 0x7f, 0x80, 0xfe, 0xff];

/** A span of the input that is worth harming. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A few bytes changed, mostly in place; now and then cut short, grown, or a part put elsewhere. */
export function mutate(random: Random, bytes: Uint8Array, spans: readonly Span[] = []): Uint8Array {
  let out = Uint8Array.from(bytes);
  for (let count = 1 + random.below(3); count > 0; count--) {
    const { start, end } =
      spans.length > 0 && random.chance(80) ? random.pick(spans) : { start: 0, end: out.length };
    const length = Math.min(end, out.length) - start;
    if (length <= 0) continue;
    const at = start + random.below(length);
    const kind = random.below(20);
    if (kind === 0) out = out.slice(0, at);
    else if (kind === 1) out = Uint8Array.from([...out, ...random.bytes(random.below(64))]);
    else if (kind === 2) out.copyWithin(at, start + random.below(length), at + random.below(32));
    else if (kind < 8) out.set([random.pick(INTERESTING)], at);
    else if (kind < 11) out.set(random.bytes(Math.min(4, out.length - at)), at);
    else out.set([(out[at] ?? 0) ^ (1 << random.below(8))], at);
  }
  return out;
}
