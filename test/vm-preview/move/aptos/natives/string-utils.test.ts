/** Expected texts are those of the #[test]s in aptos-stdlib's string_utils.move and debug.move. */
import {
  moduleId,
  primitive,
  StoredFunction,
  type Type,
} from '../../../../../src/vm-preview/move/core/loader';
import {
  Closure,
  ItemVector,
  type Layout,
  Struct,
  type Value,
} from '../../../../../src/vm-preview/move/core/values';
import {
  ADDRESS,
  address,
  BOOL,
  bytes,
  describeWithFramework,
  ref,
  signer,
  string,
  textOf,
  U8,
  U64,
  U128,
} from '../../../../support/aptos-session';

const items = (...values: readonly Value[]): ItemVector => new ItemVector([...values]);

describeWithFramework('0x1::string_utils', (session) => {
  const vm = session();
  const STRING = vm.type('string::String');
  const toText = (type: Type, value: Value): string =>
    textOf(vm.call('string_utils::to_string', [ref(value)], [type])[0]);
  const debugText = (type: Type, value: Value): string =>
    textOf(vm.call('string_utils::debug_string', [ref(value)], [type])[0]);
  const format = (text: string, types: readonly Type[], values: readonly Value[]): string => {
    const args = [ref(bytes(Buffer.from(text).toString('hex'))), ...values];
    return textOf(vm.call(`string_utils::format${types.length}`, args, types)[0]);
  };
  const formatFailure = (text: string, count: number): string => {
    const values = Array.from({ length: count }, (_, i) => i + 1);
    const args = [ref(bytes(Buffer.from(text).toString('hex'))), ...values];
    return vm.failure(
      `string_utils::format${count}`,
      args,
      values.map(() => U64),
    );
  };

  it('writes values as the framework says it does', () => {
    const cons = vm.type('string_utils::Cons', STRING, U64);
    const option = vm.type('option::Option', U64);
    expect(toText(U64, 1)).toBe('1');
    expect(toText(BOOL, false)).toBe('false');
    expect(toText(primitive('u256'), 1)).toBe('1');
    expect(toText(vm.vector(U64), items(1, 2, 3))).toBe('[ 1, 2, 3 ]');
    expect(toText(cons, new Struct([string('My string'), 2]))).toBe(
      'Cons { car: "My string", cdr: 2 }',
    );
    expect(toText(option, new Struct([], 0))).toBe('None');
    expect(toText(option, new Struct([1], 1))).toBe('Some(1)');
  });

  it('fills the places of a format', () => {
    const types = [U64, U64, STRING];
    expect(format('a = {} b = {} c = {}', types, [1, 2, string('My string')])).toBe(
      'a = 1 b = 2 c = "My string"',
    );
    expect(format('{{a = {} b = {} c = {}}}', [U64, U64, U64], [1, 2, 3])).toBe(
      '{a = 1 b = 2 c = 3}',
    );
  });

  it('refuses too many and too few values, and braces that stand alone', () => {
    expect(formatFailure('a = {} b = {} c = {}', 4)).toBe('ABORTED: 1');
    expect(formatFailure('a = {} b = {} c = {}', 2)).toBe('ABORTED: 1');
    expect(formatFailure('a = {} b = {} c = {', 3)).toBe('ABORTED: 2');
    expect(formatFailure('a = {} b = { c = {}', 3)).toBe('ABORTED: 2');
    expect(formatFailure('a = } b = {} c = {}', 3)).toBe('ABORTED: 2');
  });

  it('refuses a list that does not end in NIL, or of other structs', () => {
    const cons = (head: Type, tail: Type): Type => vm.type('string_utils::Cons', head, tail);
    const text = ref(bytes(Buffer.from('a = {} b = {} c = {}').toString('hex')));
    const bad = cons(U64, cons(U64, cons(U64, U64)));
    const value = new Struct([1, new Struct([2, new Struct([3, 4])])]);
    const name = 'string_utils::native_format_list';
    expect(vm.failure(name, [text, ref(value)], [bad])).toBe('ABORTED: 1');
    expect(vm.failure(name, [text, ref(1)], [U64])).toBe('ABORTED: 1');
    const other = cons(U64, vm.type('option::Option', U64));
    expect(vm.failure(name, [text, ref(new Struct([1, new Struct([1], 1)]))], [other])).toBe(
      'ABORTED: 1',
    );
  });

  it('writes primitive types', () => {
    const rows: readonly (readonly [Type, Value, string])[] = [
      [U8, 255, '255'],
      [primitive('u16'), 65535, '65535'],
      [primitive('u32'), 4294967295, '4294967295'],
      [U64, 2n ** 64n - 1n, '18446744073709551615'],
      [U128, 2n ** 128n - 1n, '340282366920938463463374607431768211455'],
      [
        primitive('u256'),
        2n ** 256n - 1n,
        '115792089237316195423570985008687907853269984665640564039457584007913129639935',
      ],
      [primitive('i8'), -1, '-1'],
      [BOOL, true, 'true'],
      [ADDRESS, address('0x1234c0ffee'), '@0x1234c0ffee'],
      [primitive('signer'), signer('0x123'), 'signer(@0x123)'],
      [vm.vector(U8), bytes('ffabcdef'), '0xffabcdef'],
      [STRING, string('Can you say "Hel\\lo"?'), '"Can you say \\"Hel\\\\lo\\"?"'],
    ];
    for (const [type, value, text] of rows) expect(debugText(type, value)).toBe(text);
  });

  it('writes vectors of vectors in lines', () => {
    const element = vm.vector(U64);
    const vector = items(items(64, 65), items(66, 67));
    expect(debugText(vm.vector(element), vector)).toBe('[\n  [ 64, 65 ],\n  [ 66, 67 ]\n]');
    expect(debugText(vm.vector(vm.vector(U8)), items(bytes('ffab'), bytes('cdef')))).toBe(
      '[\n  0xffab,\n  0xcdef\n]',
    );
    expect(debugText(vm.vector(ADDRESS), items(address('0x1234'), address('0x5678')))).toBe(
      '[ @0x1234, @0x5678 ]',
    );
    expect(debugText(element, items())).toBe('[]');
  });

  it('writes a struct with its module and fields in lines', () => {
    // The shape of `Bar { x: 404, y: Foo {}, z: true }` in debug.move, made of structs that are not for tests.
    const nil = vm.type('string_utils::NIL');
    const type = vm.type('string_utils::Cons', U128, nil);
    expect(debugText(type, new Struct([404, new Struct([false])]))).toBe(
      '0x1::string_utils::Cons<u128, 0x1::string_utils::NIL> {\n  car: 404,\n  cdr: 0x1::string_utils::NIL {\n    dummy_field: false\n  }\n}',
    );
  });

  it('writes addresses with all digits when asked', () => {
    const name = 'string_utils::to_string_with_canonical_addresses';
    const [text] = vm.call(name, [ref(address('0x1'))], [ADDRESS]);
    expect(textOf(text)).toBe(`@${'0'.repeat(63)}1`);
  });

  it('names the type of integers when asked', () => {
    const args = [ref(items(6, 7)), false, false, true, true];
    const [text] = vm.call('string_utils::native_format', args, [vm.vector(U64)]);
    expect(textOf(text)).toBe('[ 6u64, 7u64 ]');
  });

  it('gives nothing inside an enum a name', () => {
    const ordering = vm.type('cmp::Ordering');
    expect(toText(ordering, new Struct([], 2))).toBe('#2{}');
  });

  it('writes functions with what they captured', () => {
    // Texts of e2e-move-tests' string_utils_test.move.
    const type = vm.loader.types.function([], [], 0);
    const module = moduleId(address('0x1'), 'string_utils_test');
    const closure = (
      name: string,
      mask: bigint,
      captured: readonly (readonly [Layout, Value])[],
      typeArguments: readonly Type[] = [],
    ): Closure =>
      new Closure(
        new StoredFunction(module, name, typeArguments),
        mask,
        captured.map(([, value]) => value),
        captured.map(([layout]) => layout),
      );
    const u64: Layout = { kind: 'u64' };
    const owner = [{ kind: 'address' } as const, address('0x123')] as const;
    const one: Layout = { kind: 'struct', fields: [u64] };
    const list: Layout = { kind: 'vector', element: one };
    const ones = items(new Struct([1]), new Struct([2]));
    expect(toText(type, closure('test1', 0n, []))).toBe('0x1::string_utils_test::test1()');
    expect(toText(type, closure('test2', 0b110n, [[u64, 20], owner]))).toBe(
      '0x1::string_utils_test::test2(_, 20, @0x123, ..)',
    );
    expect(toText(type, closure('test2', 0b1101n, [[u64, 10], owner, [list, ones]]))).toBe(
      '0x1::string_utils_test::test2(10, _, @0x123, [ { 1 }, { 2 } ], ..)',
    );
    const variants: Layout = { kind: 'enum', variants: [[], [u64, one]] };
    const types = [U64, vm.type('string_utils_test::TestEnum'), U8, U8];
    const second = new Struct([10, new Struct([20])], 1);
    expect(toText(type, closure('test4', 0b10n, [[variants, second]], types))).toBe(
      '0x1::string_utils_test::test4<u64, 0x1::string_utils_test::TestEnum, u8, u8>(_, #1{ 10, { 20 } }, ..)',
    );
    const inner = closure('dummy', 0b10n, [[u64, 10]]);
    const nested = closure('test3', 0b11n, [
      [{ kind: 'function' }, inner],
      [u64, 30],
    ]);
    expect(toText(type, nested)).toBe(
      '0x1::string_utils_test::test3(0x1::string_utils_test::dummy(_, 10, ..), 30, ..)',
    );
  });

  it('cannot write an aggregator, whose value is kept elsewhere', () => {
    const type = vm.type('aggregator_v2::Aggregator', U64);
    const value = ref(new Struct([0, 10]));
    expect(vm.failure('string_utils::to_string', [value], [type])).toBe('ABORTED: 3');
    const before = session({ features: [] });
    expect(textOf(before.call('string_utils::to_string', [value], [type])[0])).toBe(
      'Aggregator { value: 0, max_value: 10 }',
    );
  });

  it('charges for each value, for strings and bytes by length, and for a format', () => {
    vm.takeCharges();
    toText(vm.vector(U64), items(1, 2));
    expect(vm.takeCharges()).toEqual(Array(3).fill('aptos_framework.string_utils.format.base'));
    toText(STRING, string('ab'));
    expect(vm.takeCharges()).toEqual([
      'aptos_framework.string_utils.format.base',
      '2 aptos_framework.string_utils.format.per_byte',
    ]);
    format('{}', [U64], [1]);
    expect(vm.takeCharges()).toEqual([
      '2 aptos_framework.string_utils.format.per_byte',
      'aptos_framework.string_utils.format.base',
    ]);
  });
});
