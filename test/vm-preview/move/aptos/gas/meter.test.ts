/**
 * What instructions cost, parameter by parameter: a program is run with prices that can be told apart in
 * the sum, a few at a time. The expected counts follow interpreter.rs, frame.rs and meter.rs of the chain.
 */
import { AptosGas, type ModuleCode } from '../../../../../src/vm-preview/move/aptos/gas';
import { keysOf } from '../../../../../src/vm-preview/move/aptos/gas/schedule';
import type {
  CompiledModule,
  CompiledScript,
} from '../../../../../src/vm-preview/move/core/format';
import {
  Loader,
  moduleId,
  primitive,
  type Type,
} from '../../../../../src/vm-preview/move/core/loader';
import {
  GlobalCell,
  Interpreter,
  nativesOf,
} from '../../../../../src/vm-preview/move/core/runtime';
import {
  Address,
  asAddress,
  asReference,
  asStruct,
  ByteVector,
  SlotReference,
  Struct,
  type Value,
} from '../../../../../src/vm-preview/move/core/values';
import { assemble } from '../../../../support/masm';
import { type Prices, schedule } from './schedules';

const FUNCTION_CACHES = 83;
const LAZY_LOADING = 95;

interface Run {
  readonly source: string;
  readonly args?: readonly Value[];
  readonly typeArguments?: readonly Type[];
  readonly version?: number;
  readonly flags?: readonly number[];
  readonly modules?: ModuleCode;
}

const NO_MODULES: ModuleCode = { size: () => 0, neighbours: () => [] };

/** Natives that the programs call. */
const NATIVES = nativesOf('0x1::natives', {
  native_pass: ({ args }) => args,
  native_keep: () => [],
  native_make: () => [new ByteVector(new Uint8Array(100))],
});
const TABLE = nativesOf('0x1::table', { native_keep: () => [] });

/** Functions called `native_…` are natives. */
function withNatives(unit: CompiledModule | CompiledScript): CompiledModule {
  if (unit.kind !== 'module') throw new Error('not a module');
  const functionDefinitions = unit.functionDefinitions.map((definition) => {
    const name = unit.identifiers[unit.functionHandles[definition.handle]?.name ?? 0];
    return name?.startsWith('native_') ? { ...definition, code: undefined } : definition;
  });
  return { ...unit, functionDefinitions };
}

const units = new Map<string, CompiledModule>();

function assembled(source: string): CompiledModule {
  const unit = units.get(source) ?? withNatives(assemble(source, new Map()));
  units.set(source, unit);
  return unit;
}

function meter(run: Run, prices: Prices): AptosGas {
  const { source, args = [], typeArguments = [], version = 52, flags = [] } = run;
  const unit = assembled(source);
  const self = unit.moduleHandles[unit.selfModule];
  const id = moduleId(
    Address.fromBytes(unit.addresses[self?.address ?? 0] ?? new Uint8Array(32)),
    unit.identifiers[self?.name ?? 0] ?? '',
  );
  const loader = new Loader({ module: () => unit });
  const gas = new AptosGas({
    schedule: schedule(version, prices),
    features: { isEnabled: (flag) => flags.includes(flag) },
    modules: run.modules ?? NO_MODULES,
    maxGasAmount: BigInt(Number.MAX_SAFE_INTEGER),
    gasUnitPrice: 1n,
  });
  const cells = new Map<string, GlobalCell>();
  const interpreter = new Interpreter({
    loader,
    natives: new Map([...NATIVES, ...TABLE]),
    gas,
    maxInstructions: 10_000,
    storage: {
      cell: (address, type) => {
        const name = `${address} ${type.key}`;
        let cell = cells.get(name);
        if (cell === undefined) {
          // Resources are at 0xa alone.
          const exists = address.hex.endsWith('a');
          cell = new GlobalCell(exists ? new Struct([7]) : undefined, exists ? 5 : 0);
          cells.set(name, cell);
        }
        return cell;
      },
    },
  });
  interpreter.run(loader.function(id, 'main').instance(typeArguments), [...args]);
  return gas;
}

/** Parameters that a run tells apart by prices of so many digits each; the sum fits a double. */
const TOGETHER = 5;
const DIGITS = 1000;

/** How often each parameter of instructions is charged. */
function charges(run: Run): Record<string, number> {
  const names = keysOf(run.version ?? 52).filter((key) => key.startsWith('instr.'));
  const zero: Prices = {
    ...Object.fromEntries(names.map((name) => [name, 0n])),
    'txn.max_execution_gas': BigInt(Number.MAX_SAFE_INTEGER),
  };
  const counts: Record<string, number> = {};
  for (let first = 0; first < names.length; first += TOGETHER) {
    const group = names.slice(first, first + TOGETHER);
    const prices = group.map((name, i) => [name, BigInt(DIGITS ** i)] as const);
    const { balance } = meter(run, { ...zero, ...Object.fromEntries(prices) });
    for (const [i, name] of group.entries()) {
      const count = Math.floor(balance.executionInternal / DIGITS ** i) % DIGITS;
      if (count > 0) counts[name.slice('instr.'.length)] = count;
    }
  }
  return counts;
}

/** Least quota of memory with which the program runs, in abstract value units. */
function memory(run: Run): number {
  const fits = (quota: number): boolean => {
    try {
      meter(run, { 'txn.memory_quota': BigInt(quota) });
      return true;
    } catch (error) {
      expect(String(error)).toContain('MEMORY_LIMIT_EXCEEDED');
      return false;
    }
  };
  let [low, high] = [0, 100_000];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const inModule = (body: string): string => `module 0x1::m\n\n${body}\n`;
const u64 = primitive('u64');

describe('instructions', () => {
  test('of a fixed price, and locals by their size', () => {
    const source = inModule(`public fun main(): u64
    local a: u64
    ld_u64 3
    st_loc a
    copy_loc a
    move_loc a
    add
    ld_true
    pop
    nop
    ret`);
    expect(charges({ source })).toEqual({
      ld_u64: 1,
      'st_loc.base': 1,
      'copy_loc.base': 1,
      'copy_loc.per_abs_val_unit': 40,
      'move_loc.base': 1,
      add: 1,
      ld_true: 1,
      pop: 1,
      nop: 1,
      ret: 1,
      // The type of the one local.
      subst_ty_per_node: 1,
    });
  });

  test('a branch costs the same whether taken or not', () => {
    const source = inModule(`public fun main()
    ld_true
    br_true l1
l1: ld_true
    br_false l2
    branch l2
l2: ret`);
    expect(charges({ source })).toEqual({
      ld_true: 2,
      br_true: 1,
      br_false: 1,
      branch: 1,
      ret: 1,
    });
  });

  test('a constant costs by its bytes, a vector of it by 40 units and each element', () => {
    const source = inModule(`public fun main(): bool
    local v: vector<u64>
    ld_const<vector<u64>> [1, 2, 3]
    st_loc v
    copy_loc v
    copy_loc v
    eq
    borrow_loc v
    borrow_loc v
    neq
    pop
    ret`);
    const size = 40 + 3 * 8;
    expect(charges({ source })).toEqual({
      'ld_const.base': 1,
      'ld_const.per_byte': 1 + 3 * 8,
      'st_loc.base': 1,
      'copy_loc.base': 2,
      'copy_loc.per_abs_val_unit': 2 * size,
      'eq.base': 1,
      'eq.per_abs_val_unit': 2 * size,
      imm_borrow_loc: 2,
      // What the references point to.
      'neq.base': 1,
      'neq.per_abs_val_unit': 2 * size,
      pop: 1,
      ret: 1,
      // vector<u64> of the local and of the constant.
      subst_ty_per_node: 2 + 2,
    });
    // The constant and two copies; the comparison releases the copies.
    expect(memory({ source })).toBe(3 * 24);
  });

  test('references are read and written through', () => {
    const source = inModule(`public fun main(): vector<u8>
    local v: vector<u8>
    ld_const<vector<u8>> [1, 2, 3, 4]
    st_loc v
    borrow_loc v
    read_ref
    mut_borrow_loc v
    write_ref
    mut_borrow_loc v
    freeze_ref
    read_ref
    ret`);
    expect(charges({ source })).toMatchObject({
      'read_ref.base': 2,
      'read_ref.per_abs_val_unit': 2 * 44,
      'write_ref.base': 1,
      mut_borrow_loc: 2,
      freeze_ref: 1,
    });
    // The constant and its copy, then the value written over is released before the next copy.
    expect(memory({ source })).toBe(8);
  });
});

describe('structs and enums', () => {
  test('cost by their fields', () => {
    const source = inModule(`struct S has drop
  a: u64
  b: vector<u8>

public fun main(): u64
    local s: S
    ld_u64 1
    vec_pack <u8>, 0
    pack S
    st_loc s
    borrow_loc s
    borrow_field S, a
    read_ref
    move_loc s
    unpack S
    pop
    pop
    ret`);
    expect(charges({ source })).toEqual({
      ld_u64: 1,
      'vec_pack.base': 1,
      'pack.base': 1,
      'pack.per_field': 2,
      'st_loc.base': 1,
      imm_borrow_loc: 1,
      imm_borrow_field: 1,
      'read_ref.base': 1,
      'read_ref.per_abs_val_unit': 40,
      'move_loc.base': 1,
      'unpack.base': 1,
      'unpack.per_field': 2,
      pop: 2,
      ret: 1,
      // The local, and the element of vec_pack.
      subst_ty_per_node: 1 + 1,
    });
    expect(memory({ source })).toBe(2 * 40);
  });

  test('generic ones pay for the types of their fields and their own each time', () => {
    const source = inModule(`struct G<T> has drop
  a: T
  b: vector<T>

public fun main<T: drop + copy>(t: T): T
    local g: G<T>
    move_loc t
    vec_pack <T>, 0
    pack G<T>
    st_loc g
    borrow_loc g
    borrow_field G<T>, a
    read_ref
    move_loc g
    unpack G<T>
    pop
    pop
    ret`);
    const counts = charges({ source, args: [1], typeArguments: [u64] });
    expect(counts).toMatchObject({
      'pack_generic.base': 1,
      'pack_generic.per_field': 2,
      'unpack_generic.base': 1,
      'unpack_generic.per_field': 2,
      imm_borrow_field_generic: 1,
      // Locals u64 and G<u64>; vec_pack's element; pack and unpack: u64, vector<u64>, G<u64>; the field's
      // struct and type.
      subst_ty_per_node: 1 + 2 + 1 + 2 * (1 + 2 + 2) + (2 + 1),
    });
  });

  test('the tag of an enum counts when it is copied and when it is taken apart', () => {
    const source = inModule(`enum E has copy + drop
  A
    x: u64
  B

public fun main(): u64
    local e: E
    ld_u64 1
    pack_variant E, A
    st_loc e
    copy_loc e
    pop
    borrow_loc e
    test_variant E, A
    pop
    borrow_loc e
    borrow_variant_field E, A::x
    read_ref
    move_loc e
    unpack_variant E, A
    pop
    ret`);
    expect(charges({ source })).toMatchObject({
      'pack.base': 1,
      'pack.per_field': 1,
      'copy_loc.per_abs_val_unit': 3 * 40,
      test_variant: 1,
      imm_borrow_variant_field: 1,
      'unpack.base': 1,
      'unpack.per_field': 2,
    });
  });
});

test('vectors cost by the elements that an instruction names, and make the type of an element', () => {
  const source = inModule(`public fun main(): u64
    local v: vector<u64>
    ld_u64 1
    ld_u64 2
    vec_pack <u64>, 2
    st_loc v
    mut_borrow_loc v
    ld_u64 3
    vec_push_back <u64>
    mut_borrow_loc v
    ld_u64 0
    ld_u64 1
    vec_swap <u64>
    borrow_loc v
    ld_u64 0
    vec_borrow <u64>
    read_ref
    mut_borrow_loc v
    ld_u64 0
    vec_mut_borrow <u64>
    write_ref
    mut_borrow_loc v
    vec_pop_back <u64>
    borrow_loc v
    vec_len <u64>
    pop
    move_loc v
    vec_unpack <u64>, 2
    pop
    pop
    ret`);
  expect(charges({ source })).toMatchObject({
    'vec_pack.base': 1,
    'vec_pack.per_elem': 2,
    'vec_push_back.base': 1,
    'vec_swap.base': 1,
    'vec_imm_borrow.base': 1,
    'vec_mut_borrow.base': 1,
    'vec_pop_back.base': 1,
    'vec_len.base': 1,
    'vec_unpack.base': 1,
    'vec_unpack.per_expected_elem': 2,
    subst_ty_per_node: 2 + 8,
  });
  expect(memory({ source })).toBe(3 * 8);
});

describe('calls', () => {
  const source = inModule(`fun f(a: u64, b: u64): u64
    local c: u64
    move_loc a
    move_loc b
    add
    ret

fun g<T: drop>(t: T)
    ret

public fun main()
    local i: u64
l0: ld_u64 1
    ld_u64 2
    call f
    call g<u64>
    ld_const<vector<u64>> [1]
    call g<vector<u64>>
    copy_loc i
    ld_u64 1
    add
    st_loc i
    copy_loc i
    ld_u64 2
    lt
    br_true l0
    ret`).replace('local i: u64\n', 'local i: u64\n    ld_u64 0\n    st_loc i\n');

  test('cost by arguments, locals and type arguments', () => {
    expect(charges({ source })).toMatchObject({
      'call.base': 2,
      'call.per_arg': 2 * 2,
      'call.per_local': 2 * 3,
      'call_generic.base': 4,
      'call_generic.per_arg': 4,
      'call_generic.per_ty_arg': 4,
      'call_generic.per_local': 4,
      // The own local; twice: the constant, locals of f, g<u64> and g<vector<u64>>, and type arguments.
      subst_ty_per_node: 1 + 2 * (2 + 3 + 1 + 2 + 1 + 2),
    });
  });

  test('type arguments are paid once where the chain remembers them', () => {
    expect(charges({ source, flags: [FUNCTION_CACHES] })).toMatchObject({
      'call_generic.per_ty_arg': 4,
      subst_ty_per_node: 1 + 2 * (2 + 3 + 1 + 2) + 3,
    });
  });

  test('types cost nothing before version 14, locals before 3', () => {
    expect(charges({ source, version: 13 })).not.toHaveProperty('subst_ty_per_node');
    const early = charges({ source, version: 2 });
    expect(early).toHaveProperty(['call.per_arg'], 4);
    expect(early).not.toHaveProperty(['call.per_local']);
    expect(early).not.toHaveProperty(['call_generic.per_local']);
  });

  test('a closure is called at the price of a plain call with all arguments', () => {
    const closure = inModule(`#[persistent] fun add3(a: u64, b: u64, c: u64): u64
    move_loc a
    move_loc b
    add
    move_loc c
    add
    ret

public fun main(): u64
    ld_u64 2
    ld_u64 1
    pack_closure add3, 1
    call_closure <|u64, u64|u64>
    ret`).replace('ld_u64 2\n    ld_u64 1', 'ld_u64 2\n    ld_u64 3\n    ld_u64 1');
    expect(charges({ source: closure })).toMatchObject({
      'pack_closure.base': 1,
      'pack.closure.per_arg': 1,
      'call.base': 1,
      'call.per_arg': 3,
      'call.per_local': 3,
    });
  });
});

test('natives have no locals; what they take is released and what they give is used', () => {
  const source = `module 0x1::natives

fun native_pass(v: vector<u8>): vector<u8>
    move_loc v
    ret

fun native_make(): vector<u8>
    vec_pack <u8>, 0
    ret

public fun main()
    call native_make
    call native_pass
    pop
    call native_make
    pop
    ret
`;
  expect(charges({ source })).toMatchObject({ 'call.base': 3, 'call.per_arg': 1, pop: 2 });
  expect(charges({ source })).not.toHaveProperty(['call.per_local']);
  expect(memory({ source })).toBe(100);
});

describe('what natives are given', () => {
  const inside = (name: string): string => `module 0x1::${name}

fun native_keep<T>(v: vector<u8>)
    ret

public fun main()
    ld_const<vector<u8>> [1, 2, 3, 4]
    call native_keep<u8>
    ld_const<vector<u8>> [1, 2, 3, 4]
    call native_keep<u8>
    ret
`;

  test('is released', () => {
    expect(memory({ source: inside('natives') })).toBe(4);
  });

  test('stays in memory in 0x1::table', () => {
    expect(memory({ source: inside('table') })).toBe(8);
  });
});

describe('global storage', () => {
  const source = inModule(`struct R has key
  a: u64

struct Q<phantom T> has key
  a: u64

public fun main()
    ld_const<address> 0xa
    exists R
    pop
    ld_const<address> 0xa
    borrow_global R
    pop
    ld_const<address> 0xb
    exists Q<u64>
    pop
    ld_const<address> 0xa
    mut_borrow_global Q<u64>
    pop
    ld_const<address> 0xa
    move_from R
    unpack R
    pop
    ret`);

  test('each instruction has its price, generic ones one of their own', () => {
    expect(charges({ source })).toMatchObject({
      'exists.base': 1,
      'imm_borrow_global.base': 1,
      'exists_generic.base': 1,
      'mut_borrow_global_generic.base': 1,
      'move_from.base': 1,
      // Five constants, and Q<u64> twice.
      subst_ty_per_node: 5 + 2 * 2,
    });
  });

  test('a value is read once in a run, and its absence too', () => {
    const io = {
      'txn.storage_io_per_state_slot_read': 1_000_000n,
      'txn.storage_io_per_state_byte_read': 1n,
    };
    const { balance } = meter({ source }, io);
    expect(balance.ioInternal).toBe(3 * 1_000_000 + 2 * 4096);
    // Each resource has a field of 40 units in it.
    expect(memory({ source })).toBe(2 * 40);
  });

  test('a value put there is priced after it was looked for', () => {
    const moving = inModule(`struct R has key
  a: u64

public fun main(s: &signer)
    move_loc s
    ld_u64 1
    pack R
    move_to R
    ret`);
    const signer = new SlotReference([new Struct([Address.parse('b')])], 0, undefined);
    expect(asAddress(asStruct(asReference(signer).get()).fields[0]).hex).toMatch(/b$/);
    expect(charges({ source: moving, args: [signer] })).toMatchObject({ 'move_to.base': 1 });
  });
});

test('the message of an abort costs by its bytes', () => {
  const gas = meter(
    { source: inModule('public fun main()\n    ret') },
    { 'instr.abort_msg.base': 10n, 'instr.abort_msg.per_byte': 3n },
  );
  const before = gas.balance.executionInternal;
  gas.abortMessage(7);
  expect(gas.balance.executionInternal - before).toBe(31);
});

describe('gas that runs out', () => {
  const source = inModule(`public fun main()
l0: branch l0`);

  test('ends an endless loop', () => {
    expect(() => meter({ source }, { 'txn.max_execution_gas': 2_000n })).toThrow(
      'EXECUTION_LIMIT_REACHED',
    );
  });
});

describe('modules that are loaded lazily', () => {
  const paid = (address: string, version: number): readonly string[] => {
    const sizes: string[] = [];
    const source = `module ${address}::m

struct R has drop
  a: u64

fun f()
    ret

public fun main()
    ld_u64 1
    pack R
    pop
    call f
    call f
    ret
`;
    meter(
      {
        source,
        version,
        flags: [LAZY_LOADING],
        modules: {
          size: ({ key }) => {
            sizes.push(key);
            return 1;
          },
          neighbours: () => [],
        },
      },
      {},
    );
    return sizes;
  };

  test('are paid for once, but for those of special addresses', () => {
    expect(paid('0x66', 52)).toEqual(['0x66::m']);
    expect(paid('0xf', 52)).toEqual([]);
  });
});
