import { parseTypeTag as parseAptos } from '@aptos-labs/ts-sdk';
import { bcs, TypeTagSerializer } from '@mysten/sui/bcs';
import { BcsError, BcsReader, BcsWriter } from '../../../../src/vm-preview/move/core/bcs';
import {
  parseTypeTag,
  readTypeTag,
  type TypeTag,
  typeTagText,
  writeTypeTag,
} from '../../../../src/vm-preview/move/core/types';

// The SDK's HTTP client is not what is tested, and does not load here.
jest.mock('@aptos-labs/aptos-client', () => ({}));

const write = (tag: TypeTag): Uint8Array => {
  const writer = new BcsWriter();
  writeTypeTag(writer, tag);
  return writer.finish();
};

const read = (bytes: Uint8Array): TypeTag => {
  const reader = new BcsReader(bytes);
  const tag = readTypeTag(reader);
  reader.end('type tag');
  return tag;
};

const SHARED = [
  'bool',
  'u8',
  'u16',
  'u32',
  'u64',
  'u128',
  'u256',
  'address',
  'signer',
  'vector<vector<u8>>',
  '0x2::coin::Coin<0x2::sui::SUI>',
  '0x1::a::B<vector<0x1::c::D<u64, bool>>, address>',
];

describe('type tags', () => {
  it.each(SHARED)('%s is what both SDKs write', (text) => {
    const aptos = parseAptos(text).bcsToBytes();
    const sui = bcs.TypeTag.serialize(TypeTagSerializer.parseFromStr(text, false)).toBytes();
    expect(aptos).toEqual(sui);
    const tag = read(aptos);
    expect(write(tag)).toEqual(aptos);
    expect(parseTypeTag(text)).toEqual(tag);
    expect(typeTagText(tag)).toBe(text);
    expect(typeTagText(tag)).toBe(parseAptos(text).toString());
  });

  it('of signed integers and functions come back', () => {
    const tag: TypeTag = {
      kind: 'function',
      parameters: [{ by: 'mutableReference', tag: { kind: 'i8' } }],
      results: [{ by: 'value', tag: { kind: 'vector', element: { kind: 'i256' } } }],
      abilities: 3,
    };
    expect([...write(tag)]).toEqual([11, 1, 1, 12, 1, 2, 6, 17, 3]);
    expect(read(write(tag))).toEqual(tag);
  });

  it('are refused when unknown, too deep or cut', () => {
    expect(() => read(Uint8Array.of(18))).toThrow(BcsError);
    expect(() => read(Uint8Array.of(6, 6))).toThrow(BcsError);
    const nested = (depth: number): Uint8Array => Uint8Array.of(...new Array(depth).fill(6), 1);
    expect(() => read(nested(8))).not.toThrow();
    expect(() => read(nested(9))).toThrow(BcsError);
    expect(readTypeTag(new BcsReader(nested(9)), 9)).toHaveProperty('kind', 'vector');
    expect(() => read(Uint8Array.of(11, 0, 0, 16))).toThrow(BcsError);
  });

  it.each([
    '',
    'u7',
    'vector',
    'vector<u8, u8>',
    'vector<u8',
    'u8>',
    '0x1::a',
    '0x1::a::B<>',
    '0x::a::B',
    '1::a::B',
    '0x1::a::B u8',
    '0x1:a:B',
    `0x${'1'.repeat(65)}::a::B`,
    `${'vector<'.repeat(9)}u8${'>'.repeat(9)}`,
  ])('are not parsed from %j', (text) => {
    expect(() => parseTypeTag(text)).toThrow('no Move type');
  });
});
