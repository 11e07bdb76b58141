/** Ids that are hashes (sui-types, base_types.rs and dynamic_field.rs). */
import { blake2b } from '@noble/hashes/blake2.js';
import { BcsWriter } from '../../core/bcs';
import { type TypeTag, writeTypeTag } from '../../core/types';

/** `HashingIntentScope`, the first byte of what is hashed. */
const CHILD_OBJECT = 0xf0;
const REGULAR_OBJECT = 0xf1;

const hash = (writer: BcsWriter): Uint8Array => blake2b(writer.finish(), { dkLen: 32 });

/**
 * Of the `count`-th object that a transaction makes, from 0.
 *
 * @param digest - of the transaction, 32 bytes
 */
export function freshId(digest: Uint8Array, count: bigint): Uint8Array {
  return hash(new BcsWriter().u8(REGULAR_OBJECT).bytes(digest).u64(count));
}

/**
 * Of a dynamic field.
 *
 * @param parent - 32 bytes
 * @param type - of the key, with defining packages
 * @param key - BCS
 */
export function dynamicFieldId(parent: Uint8Array, type: TypeTag, key: Uint8Array): Uint8Array {
  const writer = new BcsWriter().u8(CHILD_OBJECT).bytes(parent).u64(BigInt(key.length)).bytes(key);
  writeTypeTag(writer, type);
  return hash(writer);
}
