import { MalformedError } from '../../vm-preview/errors';
import { Pubkey } from '../../vm-preview/svm/pubkey';

const ZERO = '\0'.repeat(32);

/** Reads little-endian fields of account and instruction data one after the other. */
export class ByteReader {
  readonly #view: DataView;
  #offset: number;

  constructor(
    readonly bytes: Uint8Array,
    offset = 0,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#offset = offset;
  }

  get offset(): number {
    return this.#offset;
  }

  get remaining(): number {
    return this.bytes.length - this.#offset;
  }

  /** @throws MalformedError `data-truncated` */
  #advance(length: number): number {
    const start = this.#offset;
    if (length > this.remaining) {
      throw new MalformedError('data-truncated', 'the data ends inside a field');
    }
    this.#offset = start + length;
    return start;
  }

  take(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.bytes.subarray(start, start + length);
  }

  skip(length: number): void {
    this.#advance(length);
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  bool(): boolean {
    return this.u8() !== 0;
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  i16(): number {
    return this.#view.getInt16(this.#advance(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#advance(8), true);
  }

  i64(): bigint {
    return this.#view.getBigInt64(this.#advance(8), true);
  }

  f64(): number {
    return this.#view.getFloat64(this.#advance(8), true);
  }

  pubkey(): Pubkey {
    return Pubkey.from(this.take(32));
  }

  /** 32 bytes, all zero for none (`OptionalNonZeroPubkey`). */
  nonZeroPubkey(): Pubkey | null {
    const key = this.pubkey();
    return key.key === ZERO ? null : key;
  }

  /** A tag of one byte, and 32 bytes only where it is 1 (borsh and bincode). */
  optionPubkey(): Pubkey | null {
    return this.u8() === 0 ? null : this.pubkey();
  }

  /** A tag of four bytes and always 32 bytes (SPL Token's `COption`). */
  cOptionPubkey(): Pubkey | null {
    const some = this.u32() === 1;
    const key = this.pubkey();
    return some ? key : null;
  }

  cOptionU64(): bigint | null {
    const some = this.u32() === 1;
    const value = this.u64();
    return some ? value : null;
  }

  /** UTF-8 with a length of four bytes (borsh). */
  string32(): string {
    return decodeUtf8(this.take(this.u32()));
  }

  /** UTF-8 with a length of eight bytes (bincode). */
  string64(): string {
    const length = this.u64();
    if (length > BigInt(this.remaining)) {
      throw new MalformedError('data-truncated', 'the data ends inside a string');
    }
    return decodeUtf8(this.take(Number(length)));
  }
}

/** Bytes that are not UTF-8 come out as replacement characters: such text is only ever shown. */
export function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/**
 * What `read` makes of the bytes, or `undefined` where they end too early: data of accounts and
 * instructions may be anything, and what does not parse is shown as bytes.
 */
export function tryRead<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
}
