/** The pieces that Sui's wire formats are made of. */
import { bytesToHex } from '@noble/hashes/utils.js';
import { BcsReader, BcsWriter } from '../../core/bcs';
import { type Codec, fixed, sizedBlob } from '../../core/bcs/codec';
import {
  readStructTag,
  readTypeTag,
  type StructTag,
  type TypeTag,
  writeStructTag,
  writeTypeTag,
} from '../../core/types';

export * from '../../core/bcs/codec';

/** Of an object or an account: 32 bytes. */
export const ID: Codec<Uint8Array> = fixed(32, 'id');

/** 32 bytes after their length, as the chain writes all digests. */
export const DIGEST: Codec<Uint8Array> = sizedBlob(32, 'digest');

export const u16 = (what: string): Codec<number> => ({
  read: (reader) => reader.u16(what),
  write: (writer, value) => writer.u16(value, what),
});

export const u32 = (what: string): Codec<number> => ({
  read: (reader) => reader.u32(what),
  write: (writer, value) => writer.u32(value, what),
});

export const bool = (what: string): Codec<boolean> => ({
  read: (reader) => reader.bool(what),
  write: (writer, value) => writer.bool(value),
});

/**
 * Types in each other that are read: far more than any type that the chain takes in a call (16) or can
 * make a layout of, and few enough for the stack.
 */
const TYPE_LEVELS = 128;

const SUI_KINDS = /^(?:bool|address|signer|u(?:8|16|32|64|128|256)|vector|struct)$/;

function isSuiType(tag: TypeTag): boolean {
  if (!SUI_KINDS.test(tag.kind)) return false;
  if (tag.kind === 'vector') return isSuiType(tag.element);
  return tag.kind !== 'struct' || tag.typeArguments.every(isSuiType);
}

export const TYPE_TAG: Codec<TypeTag> = {
  read: (reader) => {
    const at = reader.position;
    const tag = readTypeTag(reader, TYPE_LEVELS);
    if (!isSuiType(tag)) throw reader.fail('variant', 'type that Sui does not have', at);
    return tag;
  },
  write: writeTypeTag,
};

export const STRUCT_TAG: Codec<StructTag> = {
  read: (reader) => {
    const at = reader.position;
    const tag = readStructTag(reader, TYPE_LEVELS);
    if (!isSuiType(tag)) throw reader.fail('variant', 'type that Sui does not have', at);
    return tag;
  },
  write: writeStructTag,
};

/** Two after each other, as Rust's tuples are written. */
export const pair = <A, B>(first: Codec<A>, second: Codec<B>): Codec<readonly [A, B]> => ({
  read: (reader) => {
    const a = first.read(reader);
    return [a, second.read(reader)];
  },
  write: (writer, [a, b]) => {
    first.write(writer, a);
    second.write(writer, b);
  },
});

/** Entries in the order of their keys' BCS, each key once: the one order that BCS has for maps. */
export const map = <K, V>(
  what: string,
  key: Codec<K>,
  value: Codec<V>,
): Codec<readonly (readonly [K, V])[]> => {
  const keyBytes = (entry: K): string => bytesToHex(encode(key, entry));
  return {
    read: (reader: BcsReader) => {
      let last = '';
      return reader.list(what, (inner) => {
        const at = inner.position;
        const found = key.read(inner);
        const order = keyBytes(found);
        if (order <= last) throw inner.fail('variant', `${what} out of order`, at);
        last = order;
        return [found, value.read(inner)] as const;
      });
    },
    write: (writer: BcsWriter, entries) => {
      const sorted = entries
        .map((entry) => [keyBytes(entry[0]), entry] as const)
        .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
      writer.list(sorted, (inner, [, [k, v]]) => {
        key.write(inner, k);
        value.write(inner, v);
      });
    },
  };
};

/** BCS of a value. */
export function encode<T>(codec: Codec<T>, value: T): Uint8Array {
  const writer = new BcsWriter();
  codec.write(writer, value);
  return writer.finish();
}

/** One value and nothing after it. @throws BcsError for what is not canonical */
export function decode<T>(codec: Codec<T>, bytes: Uint8Array, what: string): T {
  const reader = new BcsReader(bytes);
  const value = codec.read(reader);
  reader.end(what);
  return value;
}
