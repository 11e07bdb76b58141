/**
 * The chain's binary format for builtins' instructions and states: fixed-width little-endian integers,
 * u32 enum tags, u64 lengths; bytes that are left over are allowed.
 * Source: bincode 1.3, solana-sdk `bincode/src/lib.rs` (`limited_deserialize`).
 */
import { InstructionFailure } from '../errors/instruction-error';
import { PUBKEY_BYTES, Pubkey } from '../pubkey';

/** `PACKET_DATA_SIZE`: bytes of an instruction that a builtin reads at most. */
const INSTRUCTION_LIMIT = 1232;

class DecodeError extends Error {
  override readonly name = 'DecodeError';
}

export class BincodeReader {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #offset = 0;

  constructor(bytes: Uint8Array, limit = bytes.length) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#end = Math.min(bytes.length, limit);
  }

  #take(length: number): number {
    const start = this.#offset;
    if (length > this.#end - start) throw new DecodeError('out of bytes');
    this.#offset = start + length;
    return start;
  }

  /** Bytes not read yet. */
  get remaining(): number {
    return this.#end - this.#offset;
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#take(8), true);
  }

  i64(): bigint {
    return this.#view.getBigInt64(this.#take(8), true);
  }

  bool(): boolean {
    const byte = this.u8();
    if (byte > 1) throw new DecodeError('not a bool');
    return byte === 1;
  }

  /** A copy of the next `length` bytes. */
  bytes(length: number): Uint8Array {
    const start = this.#take(length);
    return new Uint8Array(this.#bytes.subarray(start, start + length));
  }

  pubkey(): Pubkey {
    const start = this.#take(PUBKEY_BYTES);
    return Pubkey.from(this.#bytes.subarray(start, start + PUBKEY_BYTES));
  }

  option<T>(read: () => T): T | undefined {
    return this.bool() ? read() : undefined;
  }

  /** A u64 count that fits what is left, each element taking at least a byte. */
  length(): number {
    const length = this.u64();
    if (length > BigInt(this.remaining)) throw new DecodeError('too long');
    return Number(length);
  }

  /** Bytes behind a u64 length. */
  vec(): Uint8Array {
    return this.bytes(this.length());
  }

  /** A string's UTF-8 bytes. */
  string(): Uint8Array {
    const bytes = this.vec();
    try {
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw new DecodeError('not UTF-8');
    }
    return bytes;
  }

  /** @returns never: an enum has no variant with this tag */
  unknownVariant(): never {
    throw new DecodeError('unknown variant');
  }
}

export class BincodeWriter {
  #bytes = new Uint8Array(128);
  #length = 0;

  #grow(length: number): number {
    const start = this.#length;
    const needed = start + length;
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#length = needed;
    return start;
  }

  #view(length: number): DataView {
    const start = this.#grow(length);
    return new DataView(this.#bytes.buffer, start, length);
  }

  u8(value: number): this {
    this.#view(1).setUint8(0, value);
    return this;
  }

  u16(value: number): this {
    this.#view(2).setUint16(0, value, true);
    return this;
  }

  u32(value: number): this {
    this.#view(4).setUint32(0, value, true);
    return this;
  }

  u64(value: bigint): this {
    this.#view(8).setBigUint64(0, value, true);
    return this;
  }

  i64(value: bigint): this {
    this.#view(8).setBigInt64(0, value, true);
    return this;
  }

  bool(value: boolean): this {
    return this.u8(value ? 1 : 0);
  }

  bytes(bytes: Uint8Array): this {
    const start = this.#grow(bytes.length);
    this.#bytes.set(bytes, start);
    return this;
  }

  pubkey(pubkey: Pubkey): this {
    return this.bytes(pubkey.bytes);
  }

  option<T>(value: T | undefined, write: (value: T) => void): this {
    this.bool(value !== undefined);
    if (value !== undefined) write(value);
    return this;
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}

function decode<T>(
  reader: BincodeReader,
  read: (reader: BincodeReader) => T,
  error: 'InvalidInstructionData' | 'InvalidAccountData',
): T {
  try {
    return read(reader);
  } catch (thrown) {
    if (thrown instanceof DecodeError) throw new InstructionFailure(error);
    throw thrown;
  }
}

/**
 * Reads a builtin's instruction, from its first 1,232 bytes.
 *
 * @throws InstructionFailure InvalidInstructionData
 */
export function decodeInstruction<T>(data: Uint8Array, read: (reader: BincodeReader) => T): T {
  return decode(new BincodeReader(data, INSTRUCTION_LIMIT), read, 'InvalidInstructionData');
}

/**
 * Reads an account's state. Source: agave `transaction-context`, `get_state`.
 *
 * @throws InstructionFailure InvalidAccountData
 */
export function decodeState<T>(data: Uint8Array, read: (reader: BincodeReader) => T): T {
  return decode(new BincodeReader(data), read, 'InvalidAccountData');
}
