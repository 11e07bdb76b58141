import { ADDRESS_LENGTH } from '../format/limits';

/** An account address of 32 bytes, immutable. */
export class Address {
  private constructor(
    /** 64 hexadecimal digits, without a prefix: equal addresses have equal text. */
    readonly hex: string,
  ) {}

  /** @throws RangeError when there are not 32 bytes; codecs take exactly so many */
  static fromBytes(bytes: Uint8Array): Address {
    if (bytes.length !== ADDRESS_LENGTH) throw new RangeError(`address of ${bytes.length} bytes`);
    let hex = '';
    for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
    return new Address(hex);
  }

  /** @param text - hexadecimal digits, 1 to 64, with or without 0x */
  static parse(text: string): Address {
    const digits = text.replace(/^0x/, '');
    if (!/^[0-9a-fA-F]{1,64}$/.test(digits)) throw new RangeError('not an address');
    return new Address(digits.toLowerCase().padStart(64, '0'));
  }

  get bytes(): Uint8Array {
    const bytes = new Uint8Array(ADDRESS_LENGTH);
    for (let i = 0; i < ADDRESS_LENGTH; i++)
      bytes[i] = Number.parseInt(this.hex.slice(2 * i, 2 * i + 2), 16);
    return bytes;
  }

  /** Without leading zeros. */
  toString(): string {
    return `0x${this.hex.replace(/^0+(?=.)/, '')}`;
  }
}
