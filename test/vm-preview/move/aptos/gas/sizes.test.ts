import { AbstractSizes } from '../../../../../src/vm-preview/move/aptos/gas/abstract-size';
import { NativePrices } from '../../../../../src/vm-preview/move/aptos/gas/native-gas';
import { primitive, TypeTable } from '../../../../../src/vm-preview/move/core/loader';
import { APTOS_VM } from '../../../../../src/vm-preview/move/core/runtime';
import {
  Address,
  ByteVector,
  Closure,
  ItemVector,
  SlotReference,
  Struct,
  type Value,
} from '../../../../../src/vm-preview/move/core/values';
import { schedule } from './schedules';

const sizes = new AbstractSizes(
  schedule(52, {
    'misc.abs_val.bool': 2n,
    'misc.abs_val.address': 3n,
    'misc.abs_val.struct': 5n,
    'misc.abs_val.closure': 7n,
    'misc.abs_val.vector': 11n,
    'misc.abs_val.reference': 13n,
    'misc.abs_val.per_bool_packed': 17n,
  }),
);

const INTEGER = 40;
const address = Address.parse('1');

// The sums follow the visitors of misc.rs.
test.each<[string, Value, number, number]>([
  ['an integer', 7, INTEGER, INTEGER],
  ['a large integer', 2n ** 200n, INTEGER, INTEGER],
  ['a bool', true, 2, 2],
  ['an address', address, 3, 3],
  [
    'a reference, whatever it points to',
    new SlotReference([new Struct([1])], 0, undefined),
    13,
    13,
  ],
  ['a struct', new Struct([1, true, new Struct([])]), 5 + INTEGER + 2 + 5, 5],
  ['a variant, with its tag', new Struct([true], 3), 5 + INTEGER + 2, 5],
  ['a closure', new Closure({ key: 'f', compare: () => 0 }, 1n, [1]), 7 + INTEGER, 7],
  ['bytes', new ByteVector(new Uint8Array(6)), 11 + 6, 11],
  ['no bytes', new ByteVector(), 11, 11],
  ['u16s', new ItemVector([1, 2, 3], 'u16'), 11 + 6, 11],
  ['u256s', new ItemVector([1, 2], 'u256'), 11 + 64, 11],
  ['no u128s', new ItemVector([], 'u128'), 11, 11],
  ['bools', new ItemVector([true, false]), 11 + 34, 11],
  ['addresses', new ItemVector([address, address]), 11 + 64, 11],
  ['structs', new ItemVector([new Struct([1]), new Struct([1])]), 11 + 2 * (5 + INTEGER), 11],
  ['vectors', new ItemVector([new ByteVector(new Uint8Array(4))]), 11 + 11 + 4, 11],
])('%s', (_, value, total, stack) => {
  expect([sizes.total(value), sizes.stack(value), sizes.heap(value)]).toEqual([
    total,
    stack,
    total - stack,
  ]);
});

test('an element counts alone in its vector', () => {
  const types = new TypeTable(APTOS_VM);
  const packed = (['u8', 'u64', 'u256', 'bool', 'address', 'signer'] as const).map((kind) =>
    sizes.packed(primitive(kind)),
  );
  expect(packed).toEqual([1, 8, 32, 17, 32, 5]);
  expect(sizes.packed(types.vector(primitive('u8')))).toBe(11);
  expect(sizes.packed(types.function([], [], 0))).toBe(7);
});

test('before version 3 the elements of one piece count without their vector', () => {
  const early = new AbstractSizes(schedule(2));
  const bytes = new ByteVector(new Uint8Array(6));
  expect([early.total(bytes), early.stack(bytes), early.heap(bytes)]).toEqual([6, 0, 6]);
  const structs = new ItemVector([new Struct([])]);
  expect([early.total(structs), early.stack(structs)]).toEqual([80, 40]);
});

test('integers whose kind is not known are not sized', () => {
  expect(() => sizes.total(new ItemVector([1]))).toThrow('cannot preview');
});

test('a value too deep is refused', () => {
  let deep: Value = new Struct([]);
  for (let i = 0; i < 128; i++) deep = new Struct([deep]);
  expect(sizes.total(deep)).toBe(129 * 5);
  expect(() => sizes.total(new Struct([deep]))).toThrow('VM_MAX_VALUE_DEPTH_REACHED');
});

describe("prices of loading a table's item", () => {
  const CURVES = {
    perItemRead: 300,
    perItemCreate: 0,
    perItemWrite: 0,
    perByteRead: 3,
    perByteCreate: 0,
    perByteWrite: 0,
  };
  const NAMES = ['base', 'base_new', 'per_byte', 'failure'];
  const prices = (version: number, storageGas?: typeof CURVES) => {
    const loads = new NativePrices(
      schedule(version, {
        'table.common.load.base': 50n,
        'txn.storage_io_per_state_slot_read': 302_385n,
        'txn.storage_io_per_state_byte_read': 151n,
      }),
      storageGas,
    );
    return NAMES.map((name) => loads.price(`table.common.load.${name}`));
  };

  // aptos-vm-environment, gas.rs.
  test.each([
    [1, CURVES, [50n, 0n, 1n, 1n]],
    [3, undefined, [50n, 0n, 1n, 1n]],
    [3, CURVES, [300n, 0n, 3n, 0n]],
    [7, CURVES, [0n, 300n, 3n, 0n]],
    [10, undefined, [0n, 302_385n, 151n, 0n]],
    [52, undefined, [0n, 302_385n, 151n, 0n]],
  ])('follow io at version %d', (version, storageGas, expected) => {
    expect(prices(version, storageGas)).toEqual(expected);
  });
});
