/**
 * The constants of Poseidon over BN254's scalar field, which are hundreds of kilobytes if kept as text:
 * round constants and a Cauchy matrix, sampled by the Grain generator. Bits are made as small integers,
 * since a library that goes bit by bit through big ones takes half a second for the widest.
 * Source: Poseidon's reference `generate_params_poseidon.sage`, light-poseidon `parameters/bn254_x5.rs`.
 */
import { FpInvertBatch } from '@noble/curves/abstract/modular.js';
import { bn254 } from '@noble/curves/bn254.js';

const { Fr } = bn254.fields;
const STATE_BITS = 80;
const WARM_UP_BITS = 160;
/** Of an element: seven words and 30 bits. */
const ELEMENT_BITS = 254;
const WORD_BITS = 32;
const WORD = 32n;

/** Self-shrinking: of two bits, the second is taken when the first is one. */
class Grain {
  readonly #state = new Uint8Array(STATE_BITS);
  #position = 0;

  constructor(width: number, roundsFull: number, roundsPartial: number) {
    // A prime field, and a power as the S-box.
    this.#write(1, 2);
    this.#write(0, 4);
    this.#write(ELEMENT_BITS, 12);
    this.#write(width, 12);
    this.#write(roundsFull, 10);
    this.#write(roundsPartial, 10);
    this.#state.fill(1, this.#position);
    this.#position = 0;
    for (let count = 0; count < WARM_UP_BITS; count++) this.#next();
  }

  /** An element's bits, below the order or not. */
  sample(): bigint {
    let value = BigInt(this.#bits(ELEMENT_BITS % WORD_BITS));
    for (let left = ELEMENT_BITS - (ELEMENT_BITS % WORD_BITS); left > 0; left -= WORD_BITS) {
      value = (value << WORD) | BigInt(this.#bits(WORD_BITS));
    }
    return value;
  }

  /** An element; what is not below the order is drawn again. */
  element(): bigint {
    for (;;) {
      const value = this.sample();
      if (value < Fr.ORDER) return value;
    }
  }

  #write(value: number, bits: number): void {
    for (let bit = bits - 1; bit >= 0; bit--) {
      this.#state[this.#position++] = (value >>> bit) & 1;
    }
  }

  #next(): number {
    const at = this.#position;
    const bit =
      this.#bit(at + 62) ^
      this.#bit(at + 51) ^
      this.#bit(at + 38) ^
      this.#bit(at + 23) ^
      this.#bit(at + 13) ^
      this.#bit(at);
    this.#state[at] = bit;
    this.#position = at + 1 === STATE_BITS ? 0 : at + 1;
    return bit;
  }

  #bit(position: number): number {
    return this.#state[position < STATE_BITS ? position : position - STATE_BITS] ?? 0;
  }

  #bits(count: number): number {
    let bits = 0;
    for (let taken = 0; taken < count; ) {
      const isTaken = this.#next() === 1;
      const bit = this.#next();
      if (!isTaken) continue;
      bits = (bits << 1) | bit;
      taken++;
    }
    return bits >>> 0;
  }
}

export interface PoseidonConstants {
  /** By round, `width` elements each. */
  readonly roundConstants: bigint[][];
  /** `width` rows. */
  readonly mds: bigint[][];
}

/** @param width - of the state: one more than there are inputs */
export function poseidonConstants(
  width: number,
  roundsFull: number,
  roundsPartial: number,
): PoseidonConstants {
  const grain = new Grain(width, roundsFull, roundsPartial);
  const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
  const roundConstants = many(roundsFull + roundsPartial, () => many(width, () => grain.element()));
  const columns = [1, 2].map(() => many(width, () => Fr.create(grain.sample())));
  const [xs = [], ys = []] = columns;
  const sums = xs.flatMap((x) => ys.map((y) => Fr.add(x, y)));
  const inverses = FpInvertBatch(Fr, sums);
  const mds = xs.map((_, row) => inverses.slice(row * width, (row + 1) * width));
  return { roundConstants, mds };
}
