import { FormatError } from './errors';
import type { Format } from './reader';

/** Writes what `Reader` reads, and refuses what it would refuse. */
export class Writer {
  private buffer = new Uint8Array(256);
  private view = new DataView(this.buffer.buffer);
  private used = 0;

  constructor(readonly format: Format) {}

  get length(): number {
    return this.used;
  }

  /** What was written, in an array of its own. */
  finish(): Uint8Array {
    return this.buffer.slice(0, this.used);
  }

  u8(value: number, what: string): void {
    const at = this.claim(1);
    this.view.setUint8(at, inRange(value, 0xff, what));
  }

  bytes(value: Uint8Array): void {
    const at = this.claim(value.length);
    this.buffer.set(value, at);
  }

  u16(value: number, what: string): void {
    const at = this.claim(2);
    this.view.setUint16(at, inRange(value, 0xffff, what), true);
  }

  u32(value: number, what: string): void {
    const at = this.claim(4);
    this.view.setUint32(at, inRange(value, 0xffff_ffff, what), true);
  }

  /** Little-endian two's complement in `size` bytes. */
  integer(value: bigint, size: number, signed: boolean, what: string): void {
    const bits = size * 8;
    const wrapped = BigInt.asUintN(bits, value);
    if ((signed ? BigInt.asIntN(bits, value) : wrapped) !== value)
      throw new FormatError('MALFORMED', `${what} does not fit ${bits} bits`);
    const at = this.claim(size);
    let rest = wrapped;
    for (let i = 0; i < size; i++) {
      this.buffer[at + i] = Number(rest & 0xffn);
      rest >>= 8n;
    }
  }

  uleb(value: number, max: number, what: string): void {
    let rest = inRange(value, max, what);
    while (rest >= 0x80) {
      this.u8((rest % 128) | 0x80, what);
      rest = Math.floor(rest / 128);
    }
    this.u8(rest, what);
  }

  uleb64(value: bigint, what: string): void {
    if (BigInt.asUintN(64, value) !== value)
      throw new FormatError('MALFORMED', `${what} is over 64 bits`);
    let rest = value;
    while (rest >= 0x80n) {
      this.u8(Number(rest & 0x7fn) | 0x80, what);
      rest >>= 7n;
    }
    this.u8(Number(rest), what);
  }

  private claim(length: number): number {
    const at = this.used;
    this.used += length;
    if (this.used > this.buffer.length) {
      const larger = new Uint8Array(Math.max(this.used, this.buffer.length * 2));
      larger.set(this.buffer);
      this.buffer = larger;
      this.view = new DataView(larger.buffer);
    }
    return at;
  }
}

function inRange(value: number, max: number, what: string): number {
  if (!Number.isInteger(value) || value < 0 || value > max)
    throw new FormatError('MALFORMED', `${what} is not in 0..${max}`, { value });
  return value;
}
