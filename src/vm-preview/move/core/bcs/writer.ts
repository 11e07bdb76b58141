import { BcsError } from './errors';
import { integerToBytes, MAX_SEQUENCE_LENGTH } from './integers';

const ENCODER = new TextEncoder();

/** Writes canonical BCS; a value out of range is a `BcsError`. */
export class BcsWriter {
  private buffer = new Uint8Array(128);
  private used = 0;

  /** What was written, in an array of its own. */
  finish(): Uint8Array {
    return this.buffer.slice(0, this.used);
  }

  bytes(value: Uint8Array): this {
    const at = this.claim(value.length);
    this.buffer.set(value, at);
    return this;
  }

  u8(value: number, what = 'u8'): this {
    return this.small(value, 1, what);
  }

  u16(value: number, what = 'u16'): this {
    return this.small(value, 2, what);
  }

  u32(value: number, what = 'u32'): this {
    return this.small(value, 4, what);
  }

  u64(value: bigint, what = 'u64'): this {
    return this.integer(value, 8, false, what);
  }

  u128(value: bigint, what = 'u128'): this {
    return this.integer(value, 16, false, what);
  }

  u256(value: bigint, what = 'u256'): this {
    return this.integer(value, 32, false, what);
  }

  /** @param size - in bytes */
  signed(value: bigint, size: number, what = `i${size * 8}`): this {
    return this.integer(value, size, true, what);
  }

  bool(value: boolean): this {
    return this.u8(value ? 1 : 0);
  }

  uleb32(value: number, what = 'ULEB128'): this {
    if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff)
      throw new BcsError('out-of-range', what);
    let rest = value;
    while (rest >= 0x80) {
      this.u8((rest % 128) | 0x80);
      rest = Math.floor(rest / 128);
    }
    return this.u8(rest);
  }

  length(value: number, what = 'sequence'): this {
    if (value > MAX_SEQUENCE_LENGTH) throw new BcsError('length', what);
    return this.uleb32(value, what);
  }

  blob(value: Uint8Array, what = 'bytes'): this {
    return this.length(value.length, what).bytes(value);
  }

  string(value: string, what = 'string'): this {
    return this.blob(ENCODER.encode(value), what);
  }

  list<T>(
    values: readonly T[],
    element: (writer: BcsWriter, value: T) => void,
    what = 'sequence',
  ): this {
    this.length(values.length, what);
    for (const value of values) element(this, value);
    return this;
  }

  option<T>(value: T | undefined, inner: (writer: BcsWriter, value: T) => void): this {
    this.bool(value !== undefined);
    if (value !== undefined) inner(this, value);
    return this;
  }

  private small(value: number, size: number, what: string): this {
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** (size * 8))
      throw new BcsError('out-of-range', `${what} does not fit ${size * 8} bits`);
    const at = this.claim(size);
    let rest = value;
    for (let i = 0; i < size; i++) {
      this.buffer[at + i] = rest % 256;
      rest = Math.floor(rest / 256);
    }
    return this;
  }

  private integer(value: bigint, size: number, signed: boolean, what: string): this {
    return this.bytes(integerToBytes(value, size, signed, what));
  }

  private claim(length: number): number {
    const at = this.used;
    this.used += length;
    if (this.used > this.buffer.length) {
      const larger = new Uint8Array(Math.max(this.used, this.buffer.length * 2));
      larger.set(this.buffer);
      this.buffer = larger;
    }
    return at;
  }
}
