import type { Loader, Type } from '../../core/loader';
import { Address, ItemVector, Struct, type Value } from '../../core/values';
import type { ObjectId } from './types';

const UID = '0x2::object::UID';

/**
 * Ids of all UIDs in a value: its own, and those of objects that it holds (object_runtime, `get_all_uids`).
 *
 * @param type - in `loader`
 */
export function containedIds(value: Value, type: Type, loader: Loader): Set<ObjectId> {
  const found = new Set<ObjectId>();
  collect(value, type, loader, found);
  return found;
}

function collect(value: Value, type: Type, loader: Loader, found: Set<ObjectId>): void {
  if (type.kind === 'vector') {
    if (value instanceof ItemVector && type.element.kind !== 'address')
      for (const item of value.items) collect(item, type.element, loader, found);
    return;
  }
  if (type.kind !== 'datatype' || !(value instanceof Struct)) return;
  if (type.key === UID) {
    collectAddresses(value, found);
    return;
  }
  for (const [i, field] of type.datatype.fields(value.variant).entries()) {
    const inner = value.fields[i];
    if (inner === undefined) continue;
    collect(inner, loader.types.substitute(field.type, type.typeArguments), loader, found);
  }
}

function collectAddresses(value: Value | undefined, found: Set<ObjectId>): void {
  if (value instanceof Address) found.add(value.hex);
  if (value instanceof Struct) for (const field of value.fields) collectAddresses(field, found);
}
