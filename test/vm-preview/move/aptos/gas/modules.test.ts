import { GasBalance } from '../../../../../src/vm-preview/move/aptos/gas/balance';
import {
  type ModuleToPublish,
  PaidModules,
} from '../../../../../src/vm-preview/move/aptos/gas/modules';
import {
  Datatype,
  type ModuleId,
  moduleId,
  primitive,
  TypeTable,
} from '../../../../../src/vm-preview/move/core/loader';
import { APTOS_VM } from '../../../../../src/vm-preview/move/core/runtime';
import type { TypeTag } from '../../../../../src/vm-preview/move/core/types';
import { Address } from '../../../../../src/vm-preview/move/core/values';
import { type Prices, schedule } from './schedules';

const id = (text: string): ModuleId => {
  const [address = '', name = ''] = text.split('::');
  return moduleId(Address.parse(address), name);
};

/** Modules that each names: a line between two worlds, a circle of friends, and one in the framework. */
const NEIGHBOURS: Readonly<Record<string, readonly string[]>> = {
  '0x66::a': ['0x66::b', '0x1::coin', '0x66::c'],
  '0x66::b': ['0x66::d'],
  '0x66::c': ['0x66::b', '0x66::a'],
  '0x66::d': [],
  '0x1::coin': ['0x77::never'],
};

const PRICES: Prices = {
  'txn.dependency_per_module': 1000n,
  'txn.dependency_per_byte': 1n,
  'txn.max_num_dependencies': 100n,
  'txn.max_total_dependency_size': 10_000n,
};

/** Every module has 10 bytes. */
function world(
  isLazy: boolean,
  { version = 52, prices = {} }: { version?: number; prices?: Prices } = {},
) {
  const order: string[] = [];
  const balance = new GasBalance(schedule(version, { ...PRICES, ...prices }), 1_000_000n);
  const code = {
    size: ({ key }: ModuleId) => {
      order.push(key.replace('0x66::', ''));
      return 10;
    },
    neighbours: ({ key }: ModuleId) => (NEIGHBOURS[key] ?? []).map(id),
  };
  const modules = new PaidModules(
    schedule(version, { ...PRICES, ...prices }),
    balance,
    code,
    isLazy,
  );
  return { modules, order, gas: () => balance.executionInternal };
}

const structTag = (module: string, ...typeArguments: TypeTag[]): TypeTag => ({
  kind: 'struct',
  address: Address.parse('66').bytes,
  module,
  name: 'T',
  typeArguments,
});

describe('where modules are loaded eagerly', () => {
  test('a function is paid for with all that its module reaches, depth first', () => {
    const { modules, order, gas } = world(false);
    modules.visitEntry([id('0x66::a')], []);
    // Not through the framework, whose modules are free.
    expect(order).toEqual(['a', 'b', 'd', 'c']);
    expect(gas()).toBe(4 * 1010);
  });

  test('type arguments add theirs, in the order of their names, each once', () => {
    const { modules, order } = world(false);
    modules.visitEntry(
      [id('0x66::d')],
      [structTag('x', structTag('d')), { kind: 'vector', element: structTag('b') }],
    );
    expect(order).toEqual(['d', 'b', 'x']);
  });

  test('type arguments are free before version 31, everything before 15', () => {
    const early = world(false, { version: 30 });
    early.modules.visitEntry([id('0x66::d')], [structTag('x')]);
    expect(early.order).toEqual(['d']);
    const first = world(false, { version: 14 });
    first.modules.visitEntry([id('0x66::a')], [structTag('x')]);
    expect(first.gas()).toBe(0);
  });

  test('what code reaches while it runs is paid already, dispatch pays for all it needs', () => {
    const { modules, order } = world(false);
    modules.reach(id('0x66::a'));
    expect(order).toEqual([]);
    modules.visit(id('0x66::c'));
    expect(order).toEqual(['c', 'b', 'd', 'a']);
    expect(modules.isVisited(id('0x66::d'))).toBe(true);
    expect(modules.isVisited(id('0x1::coin'))).toBe(false);
  });
});

describe('where modules are loaded lazily', () => {
  test('a module is paid for when it is reached, once', () => {
    const { modules, order, gas } = world(true);
    modules.visitEntry([id('0x66::a')], [structTag('x', structTag('a'))]);
    expect(order).toEqual(['a', 'x']);
    modules.reach(id('0x66::b'));
    modules.reach(id('0x66::b'));
    modules.visit(id('0x66::b'));
    modules.reach(id('0x1::coin'));
    modules.reach(id('0xf::any'));
    modules.reach(id('0x10::any'));
    expect(order).toEqual(['a', 'x', 'b', '0x10::any']);
    expect(gas()).toBe(4 * 1010);
  });

  test('a type is paid for with the modules of its fields, where type parameters stand for them too', () => {
    const types = new TypeTable(APTOS_VM);
    const declare = (module: string, fields: readonly Parameters<TypeTable['vector']>[0][]) =>
      new Datatype(`0x66::${module}::T`, id(`0x66::${module}`), 'T', () => ({
        kind: 'struct',
        fields: fields.map((type, i) => ({ name: `f${i}`, type })),
      }));
    const inner = types.datatype(declare('inner', [primitive('u8')]), []);
    const unused = types.datatype(declare('unused', []), []);
    const box = declare('box', [types.vector(types.parameter(0))]);
    const pair = declare('pair', [types.datatype(box, [types.parameter(1)])]);
    const type = types.datatype(pair, [unused, inner]);

    const layout = world(true);
    layout.modules.visitType(types.vector(type));
    layout.modules.visitType(type);
    expect(layout.order).toEqual(['pair', 'box', 'inner']);

    // Before a value is made, its type arguments come first, used or not.
    const made = world(true, { version: 41 });
    made.modules.visitMade(type);
    expect(made.order).toEqual(['unused', 'inner', 'pair', 'box']);
    const later = world(true, { version: 42 });
    later.modules.visitMade(type);
    expect(later.order).toEqual([]);
    const eager = world(false);
    eager.modules.visitType(type);
    expect(eager.order).toEqual([]);
  });
});

describe('limits', () => {
  test('of the number of modules and of their bytes', () => {
    const many = world(true, { prices: { 'txn.max_num_dependencies': 1n } });
    many.modules.reach(id('0x66::a'));
    expect(() => many.modules.reach(id('0x66::b'))).toThrow('DEPENDENCY_LIMIT_REACHED');
    const large = world(true, { prices: { 'txn.max_total_dependency_size': 19n } });
    large.modules.reach(id('0x66::a'));
    expect(() => large.modules.reach(id('0x66::b'))).toThrow('DEPENDENCY_LIMIT_REACHED');
  });
});

describe('a package that is published', () => {
  const bundle: readonly ModuleToPublish[] = [
    {
      id: id('0x66::a'),
      size: 500,
      replacedSize: 300,
      dependencies: [id('0x66::b'), id('0x66::c'), id('0x1::coin')],
      friends: [id('0x66::d')],
    },
    {
      id: id('0x66::c'),
      size: 20,
      replacedSize: undefined,
      dependencies: [id('0x66::a')],
      friends: [],
    },
  ];

  test('pays for the old code and the new, then for what it depends on', () => {
    const eager = world(false);
    eager.modules.publish(bundle);
    // b and d by their own bytes; a and c are not reached again.
    expect(eager.order).toEqual(['b', 'd']);
    expect(eager.gas()).toBe(5 * 1000 + 300 + 500 + 20 + 20);
    const lazy = world(true);
    lazy.modules.publish(bundle);
    // Friends have to be in the package, and nothing is loaded for them.
    expect(lazy.order).toEqual(['b']);
    expect(lazy.gas()).toBe(4 * 1000 + 300 + 500 + 20 + 10);
  });

  test('old code that was loaded before is not paid for again', () => {
    const { modules, gas } = world(true);
    modules.reach(id('0x66::a'));
    modules.publish(bundle);
    expect(gas()).toBe(1010 + 3 * 1000 + 500 + 20 + 10);
  });

  test('costs nothing at a special address, or before version 15', () => {
    const framework = world(true);
    framework.modules.publish([
      { id: id('0x1::coin'), size: 9, replacedSize: 9, dependencies: [], friends: [] },
    ]);
    expect(framework.gas()).toBe(0);
    const early = world(false, { version: 14 });
    early.modules.publish(bundle);
    expect(early.gas()).toBe(0);
  });
});
