/**
 * The pieces that Solana's wire formats are made of, each declared once for reading and writing.
 * Reading is strict: what is not canonical, or does not end where it should, is a MalformedError.
 */
import { MalformedError } from '../../errors';
import { PUBKEY_BYTES, Pubkey } from '../pubkey';

export class WireReader {
  #offset = 0;

  constructor(readonly bytes: Uint8Array) {}

  get offset(): number {
    return this.#offset;
  }

  /** @param what - what is being read, for the error */
  take(length: number, what: string): Uint8Array {
    const start = this.#advance(length, what);
    return this.bytes.slice(start, start + length);
  }

  u8(what: string): number {
    return this.bytes[this.#advance(1, what)] ?? 0;
  }

  /** @returns where it was before */
  #advance(length: number, what: string): number {
    const start = this.#offset;
    if (start + length > this.bytes.length) {
      throw new MalformedError('transaction-truncated', `the transaction ends inside its ${what}`, {
        offset: start,
        length: this.bytes.length,
      });
    }
    this.#offset = start + length;
    return start;
  }

  peek(): number | undefined {
    return this.bytes[this.#offset];
  }

  /** @throws MalformedError when bytes are left */
  end(): void {
    const left = this.bytes.length - this.#offset;
    if (left > 0) {
      throw new MalformedError(
        'transaction-trailing-bytes',
        `${left} bytes follow the end of the transaction`,
        { left },
      );
    }
  }
}

export class WireWriter {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  put(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
    this.#length += bytes.length;
  }

  u8(value: number): void {
    this.put(Uint8Array.of(value));
  }

  finish(): Uint8Array {
    const out = new Uint8Array(this.#length);
    let offset = 0;
    for (const chunk of this.#chunks) {
      out.set(chunk, offset);
      offset += chunk.length;
    }
    return out;
  }
}

export interface Codec<T> {
  read(reader: WireReader): T;
  write(writer: WireWriter, value: T): void;
}

export function u8(what: string): Codec<number> {
  return {
    read: (reader) => reader.u8(what),
    write: (writer, value) => writer.u8(value),
  };
}

export function u16(what: string): Codec<number> {
  return {
    read(reader) {
      const bytes = reader.take(2, what);
      return new DataView(bytes.buffer).getUint16(0, true);
    },
    write(writer, value) {
      const bytes = new Uint8Array(2);
      new DataView(bytes.buffer).setUint16(0, value, true);
      writer.put(bytes);
    },
  };
}

export function u32(what: string): Codec<number> {
  return {
    read(reader) {
      const bytes = reader.take(4, what);
      return new DataView(bytes.buffer).getUint32(0, true);
    },
    write(writer, value) {
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setUint32(0, value, true);
      writer.put(bytes);
    },
  };
}

export function u64(what: string): Codec<bigint> {
  return {
    read(reader) {
      const bytes = reader.take(8, what);
      return new DataView(bytes.buffer).getBigUint64(0, true);
    },
    write(writer, value) {
      const bytes = new Uint8Array(8);
      new DataView(bytes.buffer).setBigUint64(0, value, true);
      writer.put(bytes);
    },
  };
}

export function fixedBytes(length: number, what: string): Codec<Uint8Array> {
  return {
    read: (reader) => reader.take(length, what),
    write(writer, value) {
      if (value.length !== length) throw new RangeError(`${what}: ${value.length} bytes`);
      writer.put(value);
    },
  };
}

export function pubkey(what: string): Codec<Pubkey> {
  return {
    read: (reader) => Pubkey.from(reader.take(PUBKEY_BYTES, what)),
    write: (writer, value) => writer.put(value.bytes),
  };
}

/** A u16 in one to three bytes of seven bits. Source: solana-sdk `short-vec/src/lib.rs`. */
export function compactU16(what: string): Codec<number> {
  const refuse = (): never => {
    throw new MalformedError(
      'transaction-length-encoding',
      `the length of the ${what} is not canonical`,
    );
  };
  return {
    read(reader) {
      let value = 0;
      for (let index = 0; index < 3; index++) {
        const byte = reader.u8(`length of its ${what}`);
        // A last byte of zero adds nothing, and the third has room for two bits only.
        if ((index > 0 && byte === 0) || (index === 2 && byte > 3)) return refuse();
        value |= (byte & 0x7f) << (7 * index);
        if ((byte & 0x80) === 0) return value;
      }
      return refuse();
    },
    write(writer, value) {
      if (value > 0xffff) throw new RangeError(`${what}: length ${value} exceeds a u16`);
      let rest = value;
      while (rest > 0x7f) {
        writer.u8((rest & 0x7f) | 0x80);
        rest >>= 7;
      }
      writer.u8(rest);
    },
  };
}

/** `count` items, one after the other; the count is known from elsewhere. */
export function readMany<T>(item: Codec<T>, reader: WireReader, count: number): T[] {
  const items: T[] = [];
  for (let index = 0; index < count; index++) items.push(item.read(reader));
  return items;
}

export interface ArrayLimit {
  readonly max: number;
  /** Of the MalformedError when there are more. */
  readonly code: string;
}

/** A compact-u16 count and that many items. */
export function compactArray<T>(
  item: Codec<T>,
  what: string,
  limit?: ArrayLimit,
): Codec<readonly T[]> {
  const length = compactU16(what);
  return {
    read(reader) {
      const count = length.read(reader);
      if (limit !== undefined && count > limit.max) {
        throw new MalformedError(
          limit.code,
          `the transaction has ${count} ${what}, and no more than ${limit.max} are allowed`,
          { count, max: limit.max },
        );
      }
      return readMany(item, reader, count);
    },
    write(writer, values) {
      length.write(writer, values.length);
      for (const value of values) item.write(writer, value);
    },
  };
}

/** A compact-u16 length and that many bytes. */
export function compactBytes(what: string): Codec<Uint8Array> {
  const length = compactU16(what);
  return {
    read: (reader) => reader.take(length.read(reader), what),
    write(writer, value) {
      length.write(writer, value.length);
      writer.put(value);
    },
  };
}

/** Fields in the order they are declared. */
export function struct<T extends object>(
  fields: { readonly [K in keyof T]: Codec<T[K]> },
): Codec<T> {
  const names = Object.keys(fields) as (keyof T)[];
  return {
    read(reader) {
      const value: Partial<T> = {};
      for (const name of names) value[name] = fields[name].read(reader);
      return value as T;
    },
    write(writer, value) {
      for (const name of names) fields[name].write(writer, value[name]);
    },
  };
}
