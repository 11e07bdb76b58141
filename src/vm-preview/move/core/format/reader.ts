import type { FormatConfig } from './config';
import { FormatError, type FormatStatus } from './errors';

/** What the reading of an element depends on. */
export interface Format {
  readonly config: FormatConfig;
  /** Without flavour. */
  readonly version: number;
}

/** Reads a window of the binary and never leaves it. */
export class Reader {
  private readonly view: DataView;

  constructor(
    private readonly bytes: Uint8Array,
    readonly format: Format,
    /** Offset of the next byte in `bytes`. */
    public position: number,
    readonly end: number,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  fail(status: FormatStatus, what: string, offset: number = this.position): FormatError {
    return new FormatError(status, what, { offset });
  }

  u8(what: string): number {
    const value = this.position < this.end ? this.bytes[this.position] : undefined;
    if (value === undefined) throw this.fail('MALFORMED', `${what} is cut off`);
    this.position++;
    return value;
  }

  /** A view of the next `length` bytes; nothing is copied. */
  take(length: number, what: string, status: FormatStatus = 'MALFORMED'): Uint8Array {
    if (length > this.end - this.position) throw this.fail(status, `${what} is cut off`);
    const start = this.position;
    this.position += length;
    return this.bytes.subarray(start, this.position);
  }

  u32(what: string): number {
    const at = this.position;
    this.take(4, what, 'MALFORMED');
    return this.view.getUint32(at, true);
  }

  u16(what: string): number {
    const at = this.position;
    this.take(2, what, 'BAD_U16');
    return this.view.getUint16(at, true);
  }

  u64(what: string): bigint {
    const at = this.position;
    this.take(8, what, 'BAD_U64');
    return this.view.getBigUint64(at, true);
  }

  /** A number in the shortest ULEB128 form, at most `max` (which is below 2^49). */
  uleb(max: number, what: string): number {
    const start = this.position;
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.u8(what);
      value += (byte & 0x7f) * scale;
      if (value > max) throw this.fail('MALFORMED', `${what} is over ${max}`, start);
      if (byte < 0x80) {
        if (byte === 0 && scale > 1) throw this.fail('MALFORMED', `${what} is padded`, start);
        return value;
      }
      scale *= 128;
      if (scale > 2 ** 63) throw this.fail('MALFORMED', `${what} is too long`, start);
    }
  }

  /** A u64 in the shortest ULEB128 form. */
  uleb64(what: string): bigint {
    const start = this.position;
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.u8(what);
      value |= BigInt(byte & 0x7f) << shift;
      if (value >= 1n << 64n) break;
      if (byte < 0x80) {
        if (byte === 0 && shift > 0n) throw this.fail('MALFORMED', `${what} is padded`, start);
        return value;
      }
    }
    throw this.fail('MALFORMED', `${what} is over 64 bits`, start);
  }
}
