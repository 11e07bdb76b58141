/** Expected values are those of move-stdlib's own tests: bcs_tests.move, vector_tests.move, cmp.move, string_tests.move. */
import { sha256 } from '@noble/hashes/sha2.js';
import { sha3_256 } from '@noble/hashes/sha3.js';
import fc from 'fast-check';
import type { Type } from '../../../../../src/vm-preview/move/core/loader';
import { primitive } from '../../../../../src/vm-preview/move/core/loader';
import {
  ByteVector,
  ItemVector,
  Struct,
  type Value,
} from '../../../../../src/vm-preview/move/core/values';
import {
  ADDRESS,
  address,
  BOOL,
  bytes,
  describeWithFramework,
  hexOf,
  ref,
  signer,
  string,
  U8,
  U64,
  U128,
} from '../../../../support/aptos-session';

const items = (...values: readonly Value[]): ItemVector => new ItemVector([...values]);
const PRICE = 'move_stdlib';

describeWithFramework('0x1::bcs', (session) => {
  const vm = session();
  const toBytes = (type: Type, value: Value): string =>
    hexOf(vm.call('bcs::to_bytes', [ref(value)], [type])[0]);
  const constantSize = (type: Type): Value | undefined => {
    const [option] = vm.call('bcs::constant_serialized_size', [], [type]);
    return option instanceof Struct ? option.fields[0] : undefined;
  };

  it('encodes, and says how long that is, and whether all values are as long', () => {
    const rows: readonly (readonly [Type, Value, string, boolean])[] = [
      [BOOL, true, '01', true],
      [U8, 1, '01', true],
      [U64, 1, '0100000000000000', true],
      [U128, 1, '01000000000000000000000000000000', true],
      [vm.vector(U8), bytes('0f'), '010f', false],
      [ADDRESS, address('0xcafe'), `${'0'.repeat(60)}cafe`, true],
      [vm.type('option::Option', U64), new Struct([1], 1), '010100000000000000', false],
      [vm.type('guid::ID'), new Struct([2, address('0x3')]), `02${'0'.repeat(77)}3`, true],
    ];
    for (const [type, value, hex, isConstant] of rows) {
      const size = hex.length / 2;
      expect(toBytes(type, value)).toBe(hex);
      expect(vm.call('bcs::serialized_size', [ref(value)], [type])).toEqual([size]);
      expect(constantSize(type)).toBe(isConstant ? size : undefined);
    }
  });

  it('takes a signer for its address', () => {
    expect(toBytes(primitive('signer'), signer('0x123'))).toBe(toBytes(ADDRESS, address('0x123')));
    expect(constantSize(primitive('signer'))).toBeUndefined();
  });

  it('cannot encode what is kept elsewhere: NFE_BCS_SERIALIZATION_FAILURE', () => {
    const type = vm.type('aggregator_v2::Aggregator', U64);
    vm.takeCharges();
    expect(vm.failure('bcs::to_bytes', [ref(new Struct([1, 2]))], [type])).toBe(
      `ABORTED: ${0x1c5}`,
    );
    expect(vm.takeCharges()).toEqual([`${PRICE}.bcs.to_bytes.failure`]);
    expect(vm.call('bcs::serialized_size', [ref(new Struct([1, 2]))], [type])).toEqual([16]);
  });

  it('charges by length, and by types looked at', () => {
    vm.takeCharges();
    toBytes(vm.vector(U8), bytes('0102'));
    expect(vm.takeCharges()).toEqual([`3 ${PRICE}.bcs.to_bytes.per_byte_serialized`]);
    vm.call('bcs::serialized_size', [ref(1)], [U64]);
    expect(vm.takeCharges()).toEqual([
      `${PRICE}.bcs.serialized_size.base`,
      `8 ${PRICE}.bcs.serialized_size.per_byte_serialized`,
    ]);
    constantSize(vm.type('guid::GUID'));
    expect(vm.takeCharges()).toEqual([
      `${PRICE}.bcs.constant_serialized_size.base`,
      // GUID, ID, u64, address.
      `4 ${PRICE}.bcs.constant_serialized_size.per_type_node`,
    ]);
  });

  it('stops at a type too large or too deep to lay out', () => {
    let type: Type = vm.vector(U8);
    for (let depth = 0; depth < 130; depth++) type = vm.vector(type);
    expect(vm.failure('bcs::to_bytes', [ref(items())], [type])).toBe('VM_MAX_VALUE_DEPTH_REACHED');
    const eager = session({ features: [] });
    expect(eager.failure('bcs::to_bytes', [ref(items())], [type])).toBe(`ABORTED: ${0x1c5}`);
  });
});

describeWithFramework('0x1::hash', (session) => {
  it('hashes, by length', () => {
    const vm = session();
    const data = Uint8Array.of(1, 2, 3);
    const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');
    expect(hexOf(vm.call('hash::sha2_256', [new ByteVector(data)])[0])).toBe(hex(sha256(data)));
    expect(hexOf(vm.call('hash::sha3_256', [new ByteVector(data)])[0])).toBe(hex(sha3_256(data)));
    expect(vm.takeCharges()).toEqual([
      `3 ${PRICE}.hash.sha2_256.per_byte + ${PRICE}.hash.sha2_256.base`,
      `3 ${PRICE}.hash.sha3_256.per_byte + ${PRICE}.hash.sha3_256.base`,
    ]);
  });
});

describeWithFramework('0x1::signer', (session) => {
  it('gives the address', () => {
    const vm = session();
    expect(vm.call('signer::address_of', [ref(signer('0xcafe'))])).toEqual([address('0xcafe')]);
    expect(vm.takeCharges()).toEqual([`${PRICE}.signer.borrow_address.base`]);
  });
});

describeWithFramework('0x1::string', (session) => {
  const vm = session();
  const text = (value: string): Value => ref(string(value));

  it('checks UTF-8', () => {
    expect(vm.failure('string::utf8', [bytes('ff')])).toBe('ABORTED: 1');
    expect(vm.takeCharges()).toEqual([
      `${PRICE}.string.check_utf8.base + ${PRICE}.string.check_utf8.per_byte`,
    ]);
  });

  it('cuts, between characters only', () => {
    expect(vm.call('string::sub_string', [text('abcd'), 2, 4])).toEqual([string('cd')]);
    expect(vm.takeCharges()).toEqual([
      `${PRICE}.string.is_char_boundary.base`,
      `${PRICE}.string.is_char_boundary.base`,
      `${PRICE}.string.sub_string.base`,
      `2 ${PRICE}.string.sub_string.per_byte`,
    ]);
    expect(vm.failure('string::sub_string', [text('abcd'), 4, 5])).toBe('ABORTED: 2');
    expect(vm.failure('string::sub_string', [text('å'), 0, 1])).toBe('ABORTED: 2');
  });

  it('finds, and charges for what it searched', () => {
    vm.takeCharges();
    expect(vm.call('string::index_of', [text('abcd'), text('bc')])).toEqual([1]);
    expect(vm.takeCharges()).toEqual([
      `${PRICE}.string.index_of.base`,
      `2 ${PRICE}.string.index_of.per_byte_pattern`,
      `${PRICE}.string.index_of.per_byte_searched`,
    ]);
    expect(vm.call('string::index_of', [text('abcd'), text('x')])).toEqual([4]);
  });

  it('finds as strings do, and takes no longer for a pattern that almost fits everywhere', () => {
    const few = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
    fc.assert(
      fc.property(few, few, (searched, wanted) => {
        const found = searched.indexOf(wanted);
        expect(vm.call('string::index_of', [text(searched), text(wanted)])).toEqual([
          found < 0 ? searched.length : found,
        ]);
      }),
    );
    const [searched, wanted] = [text('a'.repeat(400_000)), text(`${'a'.repeat(200_000)}b`)];
    const begin = performance.now();
    expect(vm.call('string::index_of', [searched, wanted])).toEqual([400_000]);
    expect(performance.now() - begin).toBeLessThan(1_000);
  });
});

describeWithFramework('0x1::vector, 0x1::mem and 0x1::cmp', (session) => {
  const move = (vm: ReturnType<typeof session>, from: number, count: number, to: number) => {
    const [v, w] = [items(3, 4, 5, 6), items(1, 2)];
    const args = [ref(v), from, count, ref(w), to];
    return { v, w, run: () => vm.native('0x1::vector::move_range', args, [U64]) };
  };

  it('moves a range from one vector to another', () => {
    const vm = session();
    const { v, w, run } = move(vm, 1, 2, 1);
    run();
    expect([v.items, w.items]).toEqual([
      [3, 6],
      [1, 4, 5, 2],
    ]);
    expect(vm.takeCharges()).toEqual([
      `${PRICE}.vector.move_range.base`,
      // 3 behind the first place, 1 behind the second, 2 moved.
      `6 ${PRICE}.vector.move_range.per_index_moved`,
    ]);
  });

  it('refuses places outside, and to work before the feature', () => {
    expect(move(session(), 1, 4, 1).run).toThrow('ABORTED: 1');
    expect(move(session(), 1, 1, 3).run).toThrow('ABORTED: 1');
    expect(move(session({ features: [] }), 1, 2, 1).run).toThrow(`ABORTED: ${0xd0002}`);
    const swap = [ref(1), ref(2)];
    expect(session({ features: [] }).failure('mem::swap', swap, [U64])).toBe(`ABORTED: ${0xd0001}`);
  });

  it('swaps and replaces', () => {
    const vm = session();
    const [left, right] = [ref(1), ref(2)];
    vm.call('mem::swap', [left, right], [U64]);
    expect([left.get(), right.get()]).toEqual([2, 1]);
    expect(vm.call('mem::replace', [left, 7], [U64])).toEqual([2]);
    expect(vm.takeCharges()).toEqual([`${PRICE}.mem.swap.base`, `${PRICE}.mem.swap.base`]);
  });

  it('compares', () => {
    const vm = session();
    const order = (type: Type, left: Value, right: Value): Value | undefined => {
      const [ordering] = vm.call('cmp::compare', [ref(left), ref(right)], [type]);
      return ordering instanceof Struct ? ordering.variant : undefined;
    };
    const list = vm.vector(U64);
    expect(order(U64, 1, 5)).toBe(0);
    expect(order(U64, 5, 5)).toBe(1);
    expect(order(list, items(1, 2, 3), items(5))).toBe(0);
    expect(order(list, items(1), items())).toBe(2);
    expect(order(vm.vector(U8), bytes('0204'), bytes('0402'))).toBe(0);
    expect(vm.takeCharges().at(-1)).toBe(
      `2 ${PRICE}.cmp.compare.per_abs_val_unit + ${PRICE}.cmp.compare.base`,
    );
  });
});
