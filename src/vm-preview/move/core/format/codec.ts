import type { Flavour } from './config';
import { FormatError, type FormatStatus } from './errors';
import type { Format, Reader } from './reader';
import type { Writer } from './writer';

/** One element of the format: how it is read and how it is written, declared together. */
export interface Codec<T> {
  read(reader: Reader): T;
  write(writer: Writer, value: T): void;
}

/** ULEB128 with its bound. */
export function uleb(max: number, what: string): Codec<number> {
  return {
    read: (reader) => reader.uleb(max, what),
    write: (writer, value) => writer.uleb(value, max, what),
  };
}

/** A record whose fields follow each other in the order given. */
export function record<T extends object>(
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

/** A count, then that many elements. */
export function list<T>(max: number, what: string, element: Codec<T>): Codec<readonly T[]> {
  return {
    read(reader) {
      const count = reader.uleb(max, `number of ${what}`);
      const values: T[] = [];
      for (let i = 0; i < count; i++) values.push(element.read(reader));
      return values;
    },
    write(writer, values) {
      writer.uleb(values.length, max, `number of ${what}`);
      for (const value of values) element.write(writer, value);
    },
  };
}

/** A length, then that many bytes. */
export function blob(max: number, what: string): Codec<Uint8Array> {
  return {
    read: (reader) => reader.take(reader.uleb(max, `size of ${what}`), what).slice(),
    write(writer, value) {
      writer.uleb(value.length, max, `size of ${what}`);
      writer.bytes(value);
    },
  };
}

/** One byte that stands for one of a few values. */
export function choice<T extends string | boolean>(
  what: string,
  rows: readonly (readonly [byte: number, value: T])[],
  status: FormatStatus = 'MALFORMED',
): Codec<T> {
  const values = new Map(rows);
  const bytes = new Map(rows.map(([byte, value]) => [value, byte] as const));
  return {
    read(reader) {
      const at = reader.position;
      const value = values.get(reader.u8(what));
      if (value === undefined) throw reader.fail(status, `${what} is unknown`, at);
      return value;
    },
    // A value without a byte is written as one that no reader takes.
    write: (writer, value) => writer.u8(bytes.get(value) ?? -1, what),
  };
}

/** `SerializedOption` of Aptos: 1 is none, 2 is some. */
export function option<T>(what: string, inner: Codec<T>): Codec<T | undefined> {
  const present = choice(what, [
    [1, false],
    [2, true],
  ]);
  return {
    read: (reader) => (present.read(reader) ? inner.read(reader) : undefined),
    write(writer, value) {
      present.write(writer, value !== undefined);
      if (value !== undefined) inner.write(writer, value);
    },
  };
}

/** Is in the bytes only from a version of one flavour on; elsewhere it has the value given. */
export function since<T>(flavour: Flavour, version: number, inner: Codec<T>, absent: T): Codec<T> {
  const has = (format: Format): boolean =>
    format.config.flavour === flavour && format.version >= version;
  return {
    read: (reader) => (has(reader.format) ? inner.read(reader) : absent),
    write(writer, value) {
      if (has(writer.format)) inner.write(writer, value);
      else if (value !== absent && !(Array.isArray(value) && value.length === 0))
        throw new FormatError(
          'MALFORMED',
          `version ${writer.format.version} cannot hold a newer part`,
        );
    },
  };
}
