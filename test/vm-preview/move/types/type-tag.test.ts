import { parseTypeTag } from '@aptos-labs/ts-sdk';
import { bcs, TypeTagSerializer } from '@mysten/sui/bcs';
import { BcsError, BcsReader, BcsWriter } from '../../../../src/vm-preview/move/core/bcs';
import {
  readTypeTag,
  type TypeTag,
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
    const aptos = parseTypeTag(text).bcsToBytes();
    const sui = bcs.TypeTag.serialize(TypeTagSerializer.parseFromStr(text, false)).toBytes();
    expect(aptos).toEqual(sui);
    const tag = read(aptos);
    expect(write(tag)).toEqual(aptos);
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
});
