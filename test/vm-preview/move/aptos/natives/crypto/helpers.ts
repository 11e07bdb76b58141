/** Values and types as the framework's Move code passes them to the cryptographic natives. */
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { cryptoNatives } from '../../../../../../src/vm-preview/move/aptos/natives/crypto';
import type { Type } from '../../../../../../src/vm-preview/move/core/loader';
import {
  asBytes,
  ByteVector,
  ItemVector,
  SlotReference,
  Struct,
  type Value,
} from '../../../../../../src/vm-preview/move/core/values';
import {
  type NativeContextOptions,
  type TestNatives,
  testNatives,
} from '../../../../../support/aptos-native-context';

export const crypto = (options?: NativeContextOptions): TestNatives =>
  testNatives(cryptoNatives, options);

export const bytes = (value: Uint8Array): ByteVector => new ByteVector(value.slice());
export const hex = (digits: string): ByteVector => new ByteVector(hexToBytes(digits));
export const ascii = (text: string): ByteVector => new ByteVector(utf8ToBytes(text));
export const items = (values: readonly Value[]): ItemVector => new ItemVector([...values]);
export const struct = (...fields: Value[]): Struct => new Struct(fields);
export const reference = (value: Value): SlotReference => new SlotReference([value], 0, undefined);

/** The bytes that a native gave, in hexadecimal. */
export const hexOf = (value: Value | undefined): string => bytesToHex(asBytes(value));

/** What natives look at of a marker type: its name. @param key - `0x1::bls12381_algebra::G1` */
export function marker(key: string): Type {
  // A struct type has more, which only the loader makes.
  return { kind: 'typeParameter', key, concrete: true, index: 0 };
}
