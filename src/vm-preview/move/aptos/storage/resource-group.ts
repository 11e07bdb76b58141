/** All members of a resource group at an address, in one value: a BCS map of struct tag to bytes. */
import { BcsReader, BcsWriter } from '../../core/bcs';
import { readStructTag, type StructTag, writeStructTag } from '../../core/types';

/** Bytes of each member by the hexadecimal BCS of its tag. */
export type GroupMembers = ReadonlyMap<string, Uint8Array>;

const hex = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
};

export function memberId(type: StructTag): string {
  const writer = new BcsWriter();
  writeStructTag(writer, type);
  return hex(writer.finish());
}

/** @throws BcsError */
export function decodeGroup(bytes: Uint8Array): GroupMembers {
  const reader = new BcsReader(bytes);
  const members = new Map<string, Uint8Array>();
  let before = '';
  const count = reader.length('resource group');
  for (let i = 0; i < count; i++) {
    const at = reader.position;
    readStructTag(reader);
    const id = hex(bytes.subarray(at, reader.position));
    if (id <= before) throw reader.fail('out-of-range', 'members out of order', at);
    before = id;
    members.set(id, reader.blob('member of a resource group').slice());
  }
  reader.end('resource group');
  return members;
}

export function encodeGroup(members: GroupMembers): Uint8Array {
  const sorted = [...members].sort(([a], [b]) => (a < b ? -1 : 1));
  const writer = new BcsWriter().length(sorted.length);
  for (const [id, bytes] of sorted) {
    for (let i = 0; i < id.length; i += 2) writer.u8(Number.parseInt(id.slice(i, i + 2), 16));
    writer.blob(bytes);
  }
  return writer.finish();
}
