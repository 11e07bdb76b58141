import { BcsError, type BcsProblem } from './errors';
import { bytesToUnsigned, MAX_SEQUENCE_LENGTH } from './integers';

const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads canonical BCS. Every method takes what is being read, for the message of a `BcsError`, which
 * also has the offset.
 */
export class BcsReader {
  private readonly view: DataView;
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Offset of the next byte. */
  get position(): number {
    return this.at;
  }

  get remaining(): number {
    return this.bytes.length - this.at;
  }

  fail(problem: BcsProblem, what: string, offset: number = this.at): BcsError {
    return new BcsError(problem, what, { offset });
  }

  /** A view of the next `length` bytes; nothing is copied. */
  take(length: number, what: string): Uint8Array {
    if (length > this.remaining) throw this.fail('truncated', `${what} is cut off`);
    const start = this.at;
    this.at += length;
    return this.bytes.subarray(start, this.at);
  }

  u8(what: string): number {
    const value = this.bytes[this.at];
    if (value === undefined) throw this.fail('truncated', `${what} is cut off`);
    this.at++;
    return value;
  }

  u16(what: string): number {
    const start = this.at;
    this.take(2, what);
    return this.view.getUint16(start, true);
  }

  u32(what: string): number {
    const start = this.at;
    this.take(4, what);
    return this.view.getUint32(start, true);
  }

  u64(what: string): bigint {
    const start = this.at;
    this.take(8, what);
    return this.view.getBigUint64(start, true);
  }

  u128(what: string): bigint {
    return bytesToUnsigned(this.take(16, what));
  }

  u256(what: string): bigint {
    return bytesToUnsigned(this.take(32, what));
  }

  /** @param size - in bytes */
  signed(size: number, what: string): bigint {
    return BigInt.asIntN(size * 8, bytesToUnsigned(this.take(size, what)));
  }

  bool(what: string): boolean {
    const start = this.at;
    const byte = this.u8(what);
    if (byte > 1) throw this.fail('bool', what, start);
    return byte === 1;
  }

  /** ULEB128 of at most 32 bits in its shortest form. */
  uleb32(what: string): number {
    const start = this.at;
    let value = 0;
    for (let scale = 1; scale <= 2 ** 28; scale *= 128) {
      const byte = this.u8(what);
      value += (byte & 0x7f) * scale;
      if (value > 0xffff_ffff) break;
      if (byte < 0x80) {
        if (byte === 0 && scale > 1) throw this.fail('uleb-not-canonical', what, start);
        return value;
      }
    }
    throw this.fail('uleb-too-large', what, start);
  }

  /** The length of a sequence. Bytes it promises may still be missing. */
  length(what: string): number {
    const start = this.at;
    const value = this.uleb32(`length of ${what}`);
    if (value > MAX_SEQUENCE_LENGTH) throw this.fail('length', `length of ${what}`, start);
    return value;
  }

  /** The index of an enum's variant, below `count`. */
  variant(count: number, what: string): number {
    const start = this.at;
    const value = this.uleb32(what);
    if (value >= count) throw this.fail('variant', `${what} has no variant ${value}`, start);
    return value;
  }

  /** A view of a `vector<u8>`; nothing is copied. */
  blob(what: string): Uint8Array {
    return this.take(this.length(what), what);
  }

  string(what: string): string {
    const start = this.at;
    const bytes = this.blob(what);
    try {
      return DECODER.decode(bytes);
    } catch {
      throw this.fail('utf8', what, start);
    }
  }

  /** @param max - most elements that are taken */
  list<T>(what: string, element: (reader: BcsReader) => T, max = MAX_SEQUENCE_LENGTH): T[] {
    const start = this.at;
    const count = this.length(what);
    if (count > max) throw this.fail('length', `${what} has over ${max} elements`, start);
    const values: T[] = [];
    for (let i = 0; i < count; i++) {
      const before = this.at;
      values.push(element(this));
      // An element of no bytes would let five bytes make two thousand million of them.
      if (this.at === before && count > this.bytes.length)
        throw this.fail('length', `${what} has elements of no bytes`, start);
    }
    return values;
  }

  option<T>(what: string, value: (reader: BcsReader) => T): T | undefined {
    const start = this.at;
    const tag = this.u8(what);
    if (tag > 1) throw this.fail('option', what, start);
    return tag === 1 ? value(this) : undefined;
  }

  /** @throws BcsError when bytes are left */
  end(what: string): void {
    if (this.remaining > 0)
      throw this.fail('trailing-bytes', `${this.remaining} bytes after ${what}`);
  }
}
