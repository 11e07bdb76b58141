/** The pieces that Aptos' wire formats are made of. */
import type { Codec } from '../../core/bcs/codec';
import { readTypeTag, type TypeTag, writeTypeTag } from '../../core/types';
import { Address } from '../../core/values';

export * from '../../core/bcs/codec';

export const ADDRESS: Codec<Address> = {
  read: (reader) => Address.fromBytes(reader.take(32, 'address')),
  write: (writer, value) => writer.bytes(value.bytes),
};

export const TYPE_TAG: Codec<TypeTag> = {
  read: (reader) => readTypeTag(reader),
  write: writeTypeTag,
};
