/** `StdRng` of Rust's rand 0.8, ChaCha of twelve rounds: the test runner makes its accounts by it. */
const CONSTANTS = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];
const DOUBLE_ROUNDS = 6;
/** Places of the words that a quarter round mixes: columns, then diagonals. */
const QUARTERS = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const;

export class StdRng {
  readonly #key: readonly number[];
  #counter = 0;
  #words: number[] = [];

  /** @param seed - 32 bytes */
  constructor(seed: Uint8Array) {
    const view = new DataView(seed.buffer, seed.byteOffset);
    this.#key = Array.from({ length: 8 }, (_, i) => view.getUint32(4 * i, true));
  }

  nextWord(): number {
    if (this.#words.length === 0) this.#words = this.#block();
    return this.#words.shift() ?? 0;
  }

  /** As `fill_bytes` does it: four of a word, and none of a word twice. */
  bytes(length: number): Uint8Array {
    const padded = new Uint8Array(Math.ceil(length / 4) * 4);
    const view = new DataView(padded.buffer);
    for (let at = 0; at < length; at += 4) view.setUint32(at, this.nextWord(), true);
    return padded.subarray(0, length);
  }

  /** As `gen::<[u8; N]>` does it: one of a word. */
  array(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.nextWord() & 0xff);
  }

  #block(): number[] {
    const start = Uint32Array.from([...CONSTANTS, ...this.#key, this.#counter++, 0, 0, 0]);
    const words = start.slice();
    for (let round = 0; round < DOUBLE_ROUNDS; round++)
      for (const quarter of QUARTERS) mix(words, quarter);
    return Array.from(words, (word, i) => (word + (start[i] ?? 0)) >>> 0);
  }
}

function mix(words: Uint32Array, [a, b, c, d]: readonly [number, number, number, number]): void {
  const word = (at: number): number => words[at] ?? 0;
  const step = (sum: number, other: number, turned: number, bits: number): void => {
    words[sum] = word(sum) + word(other);
    const mixed = word(turned) ^ word(sum);
    words[turned] = (mixed << bits) | (mixed >>> (32 - bits));
  };
  step(a, b, d, 16);
  step(c, d, b, 12);
  step(a, b, d, 8);
  step(c, d, b, 7);
}
