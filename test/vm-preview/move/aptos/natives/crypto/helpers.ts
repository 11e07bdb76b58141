/** Values and types as the framework's Move code passes them to the cryptographic natives. */
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import {
  KNOWN_FEATURE_VERSION,
  keysOf,
} from '../../../../../../src/vm-preview/move/aptos/gas/schedule';
import { cryptoNatives } from '../../../../../../src/vm-preview/move/aptos/natives/crypto';
import {
  Datatype,
  type Field,
  moduleId,
  primitive,
  type Type,
  TypeTable,
} from '../../../../../../src/vm-preview/move/core/loader';
import { APTOS_VM } from '../../../../../../src/vm-preview/move/core/runtime/config';
import {
  Address,
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

const PRICES: ReadonlySet<string> = new Set(keysOf(KNOWN_FEATURE_VERSION));

/** The names in charged amounts. */
export function priceNames(charges: readonly string[]): string[] {
  return charges
    .flatMap((charge) => charge.split(' + '))
    .filter((part) => part !== '0')
    .map((part) => part.replace(/^\d+ /, ''));
}

/** A session, in which nothing is charged that the chain has no price for. */
export function crypto(options?: NativeContextOptions): TestNatives {
  const natives = testNatives(cryptoNatives, options);
  return {
    ...natives,
    takeCharges() {
      const charges = natives.takeCharges();
      expect(priceNames(charges).filter((name) => !PRICES.has(name))).toEqual([]);
      return charges;
    },
  };
}

export const bytes = (value: Uint8Array): ByteVector => new ByteVector(value.slice());
export const hex = (digits: string): ByteVector => new ByteVector(hexToBytes(digits));
export const ascii = (text: string): ByteVector => new ByteVector(utf8ToBytes(text));
export const items = (values: readonly Value[]): ItemVector => new ItemVector([...values]);
export const struct = (...fields: Value[]): Struct => new Struct(fields);
export const reference = (value: Value): SlotReference => new SlotReference([value], 0, undefined);

/** The bytes that a native gave, in hexadecimal. */
export const hexOf = (value: Value | undefined): string => bytesToHex(asBytes(value));

const TYPES = new TypeTable(APTOS_VM);

/** A struct without fields. @param key - `0x1::bls12381_algebra::G1` */
export function marker(key: string): Type {
  const [, module = '', name = ''] = key.split('::');
  const field: Field = { name: 'dummy_field', type: primitive('bool') };
  const owner = moduleId(Address.parse('1'), module);
  return TYPES.datatype(
    new Datatype(key, owner, name, () => ({ kind: 'struct', fields: [field] })),
    [],
  );
}
