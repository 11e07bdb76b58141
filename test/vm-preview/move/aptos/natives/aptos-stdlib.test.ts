/** Expected values are those of aptos-stdlib's own tests: from_bcs.move, type_info.move, table tests. */
import type { Type } from '../../../../../src/vm-preview/move/core/loader';
import { primitive } from '../../../../../src/vm-preview/move/core/loader';
import { Address, Struct, type Value } from '../../../../../src/vm-preview/move/core/values';
import {
  ADDRESS,
  address,
  BOOL,
  bytes,
  describeWithFramework,
  hexOf,
  ref,
  string,
  textOf,
  U8,
  U64,
  U128,
} from '../../../../support/aptos-session';

describeWithFramework('0x1::from_bcs', (session) => {
  const vm = session();

  it('reads what BCS wrote', () => {
    const one = `${'0'.repeat(63)}1`;
    expect(vm.call('from_bcs::to_address', [bytes(one)])).toEqual([address('0x1')]);
    expect(vm.call('from_bcs::to_u64', [bytes('0100000000000080')])).toEqual([2n ** 63n + 1n]);
    expect(vm.call('from_bcs::to_bytes', [bytes('0301ff02')]).map(hexOf)).toEqual(['01ff02']);
    expect(textOf(vm.call('from_bcs::to_string', [bytes('026869')])[0])).toBe('hi');
    const before = vm.call('util::from_bytes', [bytes('01')], [BOOL]);
    expect(before).toEqual([true]);
    expect(vm.takeCharges()[0]).toBe(
      '32 aptos_framework.util.from_bytes.per_byte + aptos_framework.util.from_bytes.base',
    );
  });

  it('refuses all else with EINVALID_UTF8 or the native code 0x10001', () => {
    expect(vm.failure('from_bcs::to_address', [bytes('3031')])).toBe(`ABORTED: ${0x10001}`);
    expect(vm.failure('from_bcs::to_bool', [bytes('02')])).toBe(`ABORTED: ${0x10001}`);
    expect(vm.failure('from_bcs::to_u8', [bytes('0102')])).toBe(`ABORTED: ${0x10001}`);
    const fromBytes = (type: Type): string =>
      vm.failure('from_bcs::from_bytes', [bytes('00'.repeat(32))], [type]);
    expect(fromBytes(primitive('signer'))).toBe(`ABORTED: ${0x10001}`);
    expect(fromBytes(vm.type('aggregator_v2::Aggregator', U128))).toBe(`ABORTED: ${0x10001}`);
  });
});

describeWithFramework('0x1::type_info', (session) => {
  const vm = session();
  const TYPE_INFO = vm.type('type_info::TypeInfo');
  const STRING = vm.type('string::String');
  const nameOf = (type: Type): string => textOf(vm.call('type_info::type_name', [], [type])[0]);

  it('names types', () => {
    const inner = vm.type('table::Table', U8, vm.vector(TYPE_INFO));
    const rows: readonly (readonly [Type, string])[] = [
      [BOOL, 'bool'],
      [U8, 'u8'],
      [U64, 'u64'],
      [U128, 'u128'],
      [ADDRESS, 'address'],
      [primitive('signer'), 'signer'],
      [vm.vector(vm.vector(U8)), 'vector<vector<u8>>'],
      [vm.vector(vm.vector(TYPE_INFO)), 'vector<vector<0x1::type_info::TypeInfo>>'],
      [
        vm.type('table::Table', TYPE_INFO, inner),
        '0x1::table::Table<0x1::type_info::TypeInfo, 0x1::table::Table<u8, vector<0x1::type_info::TypeInfo>>>',
      ],
      // Of language_storage.rs.
      [vm.loader.types.function([U64], [U64], 7), '|u64|(u64) has copy + drop + store'],
    ];
    for (const [type, name] of rows) expect(nameOf(type)).toBe(name);
  });

  it('takes a struct apart', () => {
    const parts = (type: Type): readonly unknown[] => {
      const [info] = vm.call('type_info::type_of', [], [type]);
      if (!(info instanceof Struct)) throw new Error('no TypeInfo');
      const [owner, module, name] = info.fields;
      return [owner instanceof Address ? String(owner) : undefined, textOf(module), textOf(name)];
    };
    expect(parts(TYPE_INFO)).toEqual(['0x1', 'type_info', 'TypeInfo']);
    expect(parts(vm.type('table::Table', STRING, STRING))).toEqual([
      '0x1',
      'table',
      'Table<0x1::string::String, 0x1::string::String>',
    ]);
    expect(vm.failure('type_info::type_of', [], [U64])).toBe('ABORTED: 1');
  });

  it('names no type of over 5000: 100 for each node, and the bytes of addresses and names', () => {
    const nested = (depth: number): Type => {
      let type: Type = U64;
      for (let i = 0; i < depth; i++) type = vm.vector(type);
      return type;
    };
    expect(nameOf(nested(49))).toHaveLength(8 * 49 + 3);
    expect(vm.failure('type_info::type_name', [], [nested(50)])).toBe('TYPE_TAG_LIMIT_EXCEEDED');
    const tables = (count: number): Type => {
      let type: Type = U64;
      // 100 + 32 + 'table' + 'Table' + 100 for u64 each.
      for (let i = 0; i < count; i++) type = vm.type('table::Table', U64, type);
      return type;
    };
    expect(nameOf(tables(20))).toContain('0x1::table::Table<u64, u64>');
    expect(vm.failure('type_info::type_name', [], [tables(21)])).toBe('TYPE_TAG_LIMIT_EXCEEDED');
  });

  it('charges for the length of the name', () => {
    vm.takeCharges();
    nameOf(U64);
    expect(vm.takeCharges()).toEqual([
      'aptos_framework.type_info.type_name.base',
      '3 aptos_framework.type_info.type_name.per_abstract_memory_unit',
    ]);
  });

  it('gives the id of the chain', () => {
    expect(vm.call('type_info::chain_id_internal')).toEqual([4]);
    expect(vm.takeCharges()).toEqual(['aptos_framework.type_info.chain_id.base']);
  });
});

describeWithFramework('0x1::debug', (session) => {
  it('prints nothing and costs nothing', () => {
    const vm = session();
    expect(vm.call('debug::print', [ref(1)], [U64])).toEqual([]);
    expect(vm.native('0x1::debug::native_stack_trace')).toEqual([string('')]);
    expect(vm.native('0x1::debug::print_stack_trace')).toEqual([]);
    expect(vm.takeCharges()).toEqual(['aptos_framework.string_utils.format.base']);
  });
});

describeWithFramework('0x1::table', (session) => {
  const TYPES = [U64, U64];
  const load = 'table.common.load';
  const open = () => {
    const vm = session();
    const [table] = vm.call('table::new', [], TYPES);
    if (table === undefined) throw new Error('no table');
    const run = (name: string, ...args: readonly Value[]) =>
      vm.call(`table::${name}`, [ref(table), ...args], TYPES);
    const fail = (name: string, ...args: readonly Value[]) =>
      vm.failure(`table::${name}`, [ref(table), ...args], TYPES);
    const end = (name: string) => vm.call(`table::${name}`, [table], TYPES);
    return { vm, run, fail, end };
  };

  it('keeps values by key', () => {
    const { run, fail, end } = open();
    run('add', 1, 10);
    expect(run('contains', 1)).toEqual([true]);
    expect(run('contains', 2)).toEqual([false]);
    run('upsert', 1, 11);
    expect(run('remove', 1)).toEqual([11]);
    expect(run('contains', 1)).toEqual([false]);
    // 25607 and 25863: (100 << 8) + 7 and (101 << 8) + 7.
    expect(fail('remove', 1)).toBe('ABORTED: 25863');
    expect(fail('borrow', 1)).toBe('ABORTED: 25863');
    run('add', 1, 12);
    expect(fail('add', 1, 13)).toBe('ABORTED: 25607');
    end('destroy_known_empty_unsafe');
  });

  it('charges for the key, and for an item when it is first looked at', () => {
    const { vm, run, end } = open();
    expect(vm.takeCharges()).toEqual(['table.new_table_handle.base']);
    run('contains', 1);
    const contains = ['table.contains_box.base', '8 table.contains_box.per_byte_serialized'];
    expect(vm.takeCharges()).toEqual([
      ...contains,
      `${load}.base`,
      `${load}.base_new + ${load}.failure`,
    ]);
    run('add', 1, 2);
    expect(vm.takeCharges()).toEqual([
      'table.add_box.base',
      '8 table.add_box.per_byte_serialized',
      `${load}.base`,
    ]);
    run('remove', 1);
    expect(vm.takeCharges()).toEqual([
      'table.remove_box.base',
      '8 table.remove_box.per_byte_serialized',
      `${load}.base`,
    ]);
    end('destroy_known_empty_unsafe');
    expect(vm.takeCharges()).toEqual([
      'table.destroy_empty_box.base',
      'table.drop_unchecked_box.base',
    ]);
  });
});
