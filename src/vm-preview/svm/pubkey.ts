import { MalformedError } from '../errors';

/** Bytes in a Solana address. */
export const PUBKEY_BYTES = 32;

/**
 * A Solana address: 32 bytes.
 *
 * `key` is the bytes as a Latin-1 string, so that maps and comparisons need no base58, which costs
 * microseconds and is made only when someone reads it.
 */
export class Pubkey {
  #base58: string | undefined;

  private constructor(
    readonly bytes: Uint8Array,
    /** The bytes as a Latin-1 string: a map key, equal exactly when the addresses are. */
    readonly key: string,
  ) {}

  /** Copies the 32 bytes. */
  static from(bytes: Uint8Array): Pubkey {
    if (bytes.length !== PUBKEY_BYTES) {
      throw new MalformedError('address-length', `an address has 32 bytes, not ${bytes.length}`);
    }
    // Not slice: on a Buffer that gives a view of the same memory.
    const copy = new Uint8Array(bytes);
    return new Pubkey(copy, latin1(copy));
  }

  static fromBase58(text: string): Pubkey {
    // 32 bytes never take more than 44 characters; decoding is quadratic, so bound it first.
    if (text.length > 44) throw new MalformedError('address-length', 'an address is too long');
    return Pubkey.from(decodeBase58(text));
  }

  equals(other: Pubkey): boolean {
    return this.key === other.key;
  }

  toBase58(): string {
    this.#base58 ??= base58Of(this.bytes, this.key);
    return this.#base58;
  }

  toString(): string {
    return this.toBase58();
  }

  toJSON(): string {
    return this.toBase58();
  }
}

/** `apply` takes the array as it is; spreading it would go through its iterator. */
function latin1(bytes: Uint8Array): string {
  return Reflect.apply(String.fromCharCode, undefined, bytes);
}

/** By key: logs name the same few programs again in each run, and each run makes its own addresses. */
const TEXTS = new Map<string, string>();
const MAX_TEXTS = 256;

function base58Of(bytes: Uint8Array, key: string): string {
  const known = TEXTS.get(key);
  if (known !== undefined) return known;
  const text = encodeBase58(bytes);
  if (TEXTS.size >= MAX_TEXTS) TEXTS.clear();
  TEXTS.set(key, text);
  return text;
}

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** Digits at a time: 58^5 * 2^16 is exact in a double. */
const LIMB_DIGITS = 5;
const LIMB = 58 ** LIMB_DIGITS;
/** 58^45 is more than 2^256. */
const LIMBS = 9;

/** Base58 of 32 bytes. Every log line of a program names it, and general encoders go digit by digit. */
function encodeBase58(bytes: Uint8Array): string {
  const limbs = new Array<number>(LIMBS).fill(0);
  for (let at = 0; at < PUBKEY_BYTES; at += 2) {
    let carry = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    for (let index = LIMBS - 1; index >= 0; index--) {
      const value = (limbs[index] ?? 0) * 65_536 + carry;
      carry = Math.floor(value / LIMB);
      limbs[index] = value - carry * LIMB;
    }
  }
  let text = '';
  for (const limb of limbs) {
    let digits = '';
    let rest = limb;
    for (let digit = 0; digit < LIMB_DIGITS; digit++) {
      digits = ALPHABET.charAt(rest % 58) + digits;
      rest = Math.floor(rest / 58);
    }
    text += digits;
  }
  let first = 0;
  while (text.charAt(first) === '1') first++;
  let zeros = 0;
  while (zeros < PUBKEY_BYTES && bytes[zeros] === 0) zeros++;
  return '1'.repeat(zeros) + text.slice(first);
}

/** Two bytes each: 58^44 is less than 2^272. */
const PAIRS = 17;

/** The bytes of at most 44 characters. Hundreds of known addresses are decoded when the snap starts. */
function decodeBase58(text: string): Uint8Array {
  const pairs = new Array<number>(PAIRS).fill(0);
  for (let at = 0; at < text.length; at += LIMB_DIGITS) {
    const digits = text.slice(at, at + LIMB_DIGITS);
    const scale = 58 ** digits.length;
    let carry = limbOf(digits);
    for (let index = PAIRS - 1; index >= 0; index--) {
      const value = (pairs[index] ?? 0) * scale + carry;
      carry = Math.floor(value / 65_536);
      pairs[index] = value % 65_536;
    }
  }
  const all = pairs.flatMap((pair) => [pair >>> 8, pair & 0xff]);
  let first = 0;
  while (first < all.length && all[first] === 0) first++;
  let ones = 0;
  while (text.charAt(ones) === '1') ones++;
  const bytes = new Uint8Array(ones + all.length - first);
  bytes.set(all.slice(first), ones);
  return bytes;
}

function limbOf(digits: string): number {
  let limb = 0;
  for (const character of digits) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) throw new MalformedError('address-base58', 'an address is not base58');
    limb = limb * 58 + digit;
  }
  return limb;
}
