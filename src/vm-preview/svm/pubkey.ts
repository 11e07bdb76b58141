import { base58 } from '@scure/base';
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
    const copy = bytes.slice();
    return new Pubkey(copy, String.fromCharCode(...copy));
  }

  static fromBase58(text: string): Pubkey {
    // 32 bytes never take more than 44 characters; decoding is quadratic, so bound it first.
    if (text.length > 44) throw new MalformedError('address-length', 'an address is too long');
    let bytes: Uint8Array;
    try {
      bytes = base58.decode(text);
    } catch {
      throw new MalformedError('address-base58', 'an address is not base58');
    }
    return Pubkey.from(bytes);
  }

  equals(other: Pubkey): boolean {
    return this.key === other.key;
  }

  toBase58(): string {
    this.#base58 ??= base58.encode(this.bytes);
    return this.#base58;
  }

  toString(): string {
    return this.toBase58();
  }

  toJSON(): string {
    return this.toBase58();
  }
}
