/** The pieces that wire formats are made of, each declared once for reading and writing. */
import type { BcsReader } from './reader';
import type { BcsWriter } from './writer';

export interface Codec<T> {
  /** @throws BcsError for what is not canonical */
  read(reader: BcsReader): T;
  write(writer: BcsWriter, value: T): void;
}

export const u8 = (what: string): Codec<number> => ({
  read: (reader) => reader.u8(what),
  write: (writer, value) => writer.u8(value, what),
});

export const u64 = (what: string): Codec<bigint> => ({
  read: (reader) => reader.u64(what),
  write: (writer, value) => writer.u64(value, what),
});

export const text = (what: string): Codec<string> => ({
  read: (reader) => reader.string(what),
  write: (writer, value) => writer.string(value, what),
});

/** Bytes after their length. @param allowed - the only lengths it may have */
export const blob = (what: string, allowed?: (length: number) => boolean): Codec<Uint8Array> => ({
  read: (reader) => {
    const at = reader.position;
    const bytes = reader.blob(what).slice();
    if (allowed !== undefined && !allowed(bytes.length))
      throw reader.fail('length', `${what} of ${bytes.length} bytes`, at);
    return bytes;
  },
  write: (writer, value) => writer.blob(value, what),
});

export const sizedBlob = (length: number, what: string): Codec<Uint8Array> =>
  blob(what, (found) => found === length);

/** Bytes without a length before them. */
export const fixed = (length: number, what: string): Codec<Uint8Array> => ({
  read: (reader) => reader.take(length, what).slice(),
  write: (writer, value) => {
    if (value.length !== length) throw new RangeError(`${what} has ${value.length} bytes`);
    writer.bytes(value);
  },
});

export const list = <T>(what: string, element: Codec<T>, max?: number): Codec<readonly T[]> => ({
  read: (reader) => reader.list(what, (inner) => element.read(inner), max),
  write: (writer, values) =>
    writer.list(values, (inner, value) => element.write(inner, value), what),
});

export const option = <T>(what: string, inner: Codec<T>): Codec<T | undefined> => ({
  read: (reader) => reader.option(what, (rest) => inner.read(rest)),
  write: (writer, value) => writer.option(value, (rest, given) => inner.write(rest, given)),
});

/** Fields one after the other, in the order they are written here. */
export function struct<T extends object>(
  fields: {
    readonly [K in keyof T]-?: Codec<T[K]>;
  },
): Codec<T> {
  const rows = Object.entries(fields) as [keyof T, Codec<T[keyof T]>][];
  return {
    read: (reader) => {
      const value: Partial<T> = {};
      for (const [name, codec] of rows) value[name] = codec.read(reader);
      // Each field of T has a row.
      return value as T;
    },
    write: (writer, value) => {
      for (const [name, codec] of rows) codec.write(writer, value[name]);
    },
  };
}

/** The fields of a kind, which may share them with others. */
type FieldsOf<T, K> = T extends { readonly kind: infer Kinds }
  ? K extends Kinds
    ? Omit<T, 'kind'>
    : never
  : never;

type Variant<T extends { readonly kind: string }> = {
  [K in T['kind']]: readonly [K, Codec<FieldsOf<T, K>>];
}[T['kind']];

/** For a variant that is known and not taken. */
export type Refusal = () => Error;

/** One of several; the place of a row is the variant's index. */
export function union<T extends { readonly kind: string }>(
  what: string,
  variants: readonly (Variant<T> | Refusal)[],
): Codec<T> {
  return {
    read: (reader) => {
      const row = variants[reader.variant(variants.length, what)];
      if (typeof row === 'function') throw row();
      if (row === undefined) throw reader.fail('variant', what);
      const [kind, fields] = row;
      // The row's codec reads the other fields of the variant of this kind.
      return { kind, ...fields.read(reader) } as unknown as T;
    },
    write: (writer, value) => {
      for (const [index, row] of variants.entries()) {
        if (typeof row === 'function' || row[0] !== value.kind) continue;
        writer.uleb32(index, what);
        // The row is that of the value's kind.
        (row[1] as unknown as Codec<T>).write(writer, value);
        return;
      }
      throw new RangeError(`${what} has no ${value.kind}`);
    },
  };
}

/** The other way in: a codec of what `T` is wrapped as. */
export function mapped<T, Wire>(
  wire: Codec<Wire>,
  from: (value: Wire) => T,
  to: (value: T) => Wire,
): Codec<T> {
  return {
    read: (reader) => from(wire.read(reader)),
    write: (writer, value) => wire.write(writer, to(value)),
  };
}
