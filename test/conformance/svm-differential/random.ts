/** The one source of chance of a search: the same seed gives the same cases on every machine. */
export class Random {
  #state: number;

  constructor(...seeds: readonly number[]) {
    this.#state = 0x9e3779b9;
    for (const seed of seeds) this.#state = (this.#next() ^ Math.imul(seed, 0x85ebca6b)) | 0;
  }

  /** mulberry32 */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** From 0 to below `bound`. */
  below(bound: number): number {
    return bound <= 0 ? 0 : this.#next() % bound;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  /** @throws RangeError when there is nothing to pick from */
  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.#next() & 0xff);
  }

  /** Another source, that goes on by itself. */
  fork(): Random {
    return new Random(this.#next());
  }

  /** All 64 bits. */
  u64(): bigint {
    return (BigInt(this.#next()) << 32n) | BigInt(this.#next());
  }
}
