/** State keys in BCS. Source: aptos-core `types/src/state_store/state_key`, `types/src/access_path.rs`. */
import { BcsReader, BcsWriter } from '../../core/bcs';
import { readStructTag, type StructTag, writeStructTag } from '../../core/types';
import type { StateKey } from '../state';

const INNER = { accessPath: 0, tableItem: 1, raw: 2, count: 3 };
const PATH = { code: 0, resource: 1, group: 2, count: 3 };
const ADDRESS_LENGTH = 32;

const path = (variant: number, write: (writer: BcsWriter) => void): Uint8Array => {
  const writer = new BcsWriter().uleb32(variant);
  write(writer);
  return writer.finish();
};

const typePath = (variant: number, type: StructTag): Uint8Array =>
  path(variant, (writer) => writeStructTag(writer, type));

export function encodeStateKey(key: StateKey): Uint8Array {
  const writer = new BcsWriter();
  if (key.kind === 'raw') return writer.uleb32(INNER.raw).blob(key.key).finish();
  return key.kind === 'tableItem'
    ? writer.uleb32(INNER.tableItem).bytes(key.handle).blob(key.key).finish()
    : writer.uleb32(INNER.accessPath).bytes(key.address).blob(tail(key)).finish();
}

/** @throws BcsError */
export function decodeStateKey(bytes: Uint8Array): StateKey {
  const reader = new BcsReader(bytes);
  const key = readStateKey(reader);
  reader.end('state key');
  return key;
}

/** @throws BcsError */
export function readStateKey(reader: BcsReader): StateKey {
  const variant = reader.variant(INNER.count, 'state key');
  if (variant === INNER.raw) return { kind: 'raw', key: reader.blob('raw key').slice() };
  const address = reader.take(ADDRESS_LENGTH, 'address of a state key').slice();
  const bytes = reader.blob('path of a state key').slice();
  return variant === INNER.tableItem
    ? { kind: 'tableItem', handle: address, key: bytes }
    : readPath(new BcsReader(bytes), address);
}

function readPath(reader: BcsReader, address: Uint8Array): StateKey {
  const variant = reader.variant(PATH.count, 'path');
  const key = ((): StateKey => {
    if (variant !== PATH.code)
      return {
        kind: variant === PATH.group ? 'group' : 'resource',
        address,
        type: readStructTag(reader),
      };
    // The module's own address, which is the account's.
    const own = reader.take(ADDRESS_LENGTH, 'address of a module').slice();
    return { kind: 'module', address: own, name: reader.string('name of a module') };
  })();
  reader.end('path');
  return key;
}

const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

const hex = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += DIGITS[byte];
  return text;
};

/** The part of a key that is of no fixed length: its path, or what it is called in a table. */
function tail(key: StateKey): Uint8Array {
  switch (key.kind) {
    case 'module':
      return path(PATH.code, (writer) => writer.bytes(key.address).string(key.name));
    case 'resource':
      return typePath(PATH.resource, key.type);
    case 'group':
      return typePath(PATH.group, key.type);
    case 'tableItem':
    case 'raw':
      return key.key;
  }
}

/** Of address or handle, and path or key, without tags and lengths (`StateKey::size`). */
export function stateKeySize(key: StateKey): number {
  return (key.kind === 'raw' ? 0 : ADDRESS_LENGTH) + tail(key).length;
}

const ids = new WeakMap<StateKey, string>();

/**
 * Equal for equal keys, and in the order in which the chain has them in a write set: hexadecimal digits
 * of the kind, the address or handle, and the path or key.
 */
export function stateKeyId(key: StateKey): string {
  let id = ids.get(key);
  if (id === undefined) {
    id = idOf(key);
    ids.set(key, id);
  }
  return id;
}

function idOf(key: StateKey): string {
  if (key.kind === 'raw') return `02${hex(key.key)}`;
  return key.kind === 'tableItem'
    ? `01${hex(key.handle)}${hex(key.key)}`
    : `00${hex(key.address)}${hex(tail(key))}`;
}
