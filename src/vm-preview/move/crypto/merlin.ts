/** Transcripts of Merlin 3 over STROBE-128 (strobe-spec 1.0.2, merlin.cool). */

import { bytesToNumberLE } from '@noble/curves/utils.js';
import { keccakP } from '@noble/hashes/sha3.js';

/** STROBE's rate for 128 bits of security. */
const RATE = 166;
const FLAG = { I: 1, A: 2, C: 4, M: 16, K: 32 } as const;
const META_AD = FLAG.M | FLAG.A;
const AD = FLAG.A;
const PRF = FLAG.I | FLAG.A | FLAG.C;

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The part of STROBE that Merlin's verifier needs. */
class Strobe128 {
  readonly #words = new Uint32Array(50);
  readonly #state = new Uint8Array(this.#words.buffer);
  #position = 0;
  #begun = 0;

  constructor(protocol: Uint8Array) {
    this.#state.set([1, RATE + 2, 1, 0, 1, 12 * 8]);
    this.#state.set(ascii('STROBEv1.0.2'), 6);
    keccakP(this.#words);
    this.metaAd(protocol, false);
  }

  metaAd(data: Uint8Array, more: boolean): void {
    if (!more) this.#begin(META_AD);
    this.#absorb(data);
  }

  ad(data: Uint8Array): void {
    this.#begin(AD);
    this.#absorb(data);
  }

  prf(length: number): Uint8Array {
    this.#begin(PRF);
    const squeezed = new Uint8Array(length);
    for (let i = 0; i < length; i++) {
      squeezed[i] = this.#state[this.#position] ?? 0;
      this.#state[this.#position] = 0;
      this.#advance();
    }
    return squeezed;
  }

  #begin(flags: number): void {
    const before = this.#begun;
    this.#begun = this.#position + 1;
    this.#absorb(Uint8Array.of(before, flags));
    if ((flags & (FLAG.C | FLAG.K)) !== 0 && this.#position !== 0) this.#permute();
  }

  #absorb(data: Uint8Array): void {
    for (const byte of data) {
      this.#state[this.#position] = (this.#state[this.#position] ?? 0) ^ byte;
      this.#advance();
    }
  }

  #advance(): void {
    this.#position++;
    if (this.#position === RATE) this.#permute();
  }

  #permute(): void {
    const { length } = this.#state;
    for (const [at, mask] of [
      [this.#position, this.#begun],
      [this.#position + 1, 0x04],
      [RATE + 1, 0x80],
    ] as const)
      if (at < length) this.#state[at] = (this.#state[at] ?? 0) ^ mask;
    keccakP(this.#words);
    this.#position = 0;
    this.#begun = 0;
  }
}

function littleEndian(value: number, size: 4 | 8): Uint8Array {
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

export class Transcript {
  readonly #strobe = new Strobe128(ascii('Merlin v1.0'));

  /** @param label - the application's, of any bytes */
  constructor(label: Uint8Array) {
    this.append('dom-sep', label);
  }

  append(label: string, message: Uint8Array): void {
    this.#label(label, message.length);
    this.#strobe.ad(message);
  }

  /** @param value - below 2^32; written as a u64 */
  appendU64(label: string, value: number): void {
    this.append(label, littleEndian(value, 8));
  }

  challengeBytes(label: string, length: number): Uint8Array {
    this.#label(label, length);
    return this.#strobe.prf(length);
  }

  /** 64 bytes as an integer, to be reduced. */
  challenge(label: string): bigint {
    return bytesToNumberLE(this.challengeBytes(label, 64));
  }

  #label(label: string, length: number): void {
    this.#strobe.metaAd(ascii(label), false);
    this.#strobe.metaAd(littleEndian(length, 4), true);
  }
}
