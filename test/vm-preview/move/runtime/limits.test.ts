import { moduleId, primitive, type Type } from '../../../../src/vm-preview/move/core/loader';
import {
  APTOS_VM,
  aptosVmConfig,
  MoveError,
  SUI_VM,
} from '../../../../src/vm-preview/move/core/runtime';
import {
  Address,
  ItemVector,
  SlotReference,
  Struct,
} from '../../../../src/vm-preview/move/core/values';
import { Assembled } from './assembled';

const GROWING = `module 0x66::m
struct Box<T> has copy+drop+store
    value: T
struct Kept<T: store> has key
    value: T

fun deep<T: drop>(n: u64)
    copy_loc n
    ld_u64 0
    eq
    br_true end
    move_loc n
    ld_u64 1
    sub
    call wrap<T>
end: ret

fun wrap<T: drop>(n: u64)
    vec_pack <vector<T>>, 0
    pop
    ret

fun exists_kept<T: store>(a: address): bool
    move_loc a
    exists Kept<T>
    ret

fun recurse(n: u64): u64
    copy_loc n
    call recurse
    ret

fun pile(n: u64): u64
    ld_u64 1
    ld_u64 1
    ld_u64 1
    ld_u64 1
    move_loc n
    call pile
    add
    add
    add
    add
    ret
`;

const vm = () => new Assembled([GROWING]);

function nested(machine: Assembled, levels: number): Type {
  let type: Type = primitive('u8');
  for (let i = 0; i < levels; i++) type = machine.loader.types.vector(type);
  return type;
}

describe('limits of the chain', () => {
  test('a type of 20 levels can be made and one of 21 cannot', () => {
    const machine = vm();
    // `vector<vector<T>>` is made of T.
    expect(machine.call('0x66::m::deep', [1], [nested(machine, 17)])).toEqual([]);
    const error = machine.failure('0x66::m::deep', [1], [nested(machine, 18)]);
    expect([error.status, error.reason]).toEqual([
      'VM_MAX_TYPE_DEPTH_REACHED',
      'Type depth is larger than maximum 20',
    ]);
  });

  test('a type of more nodes than the chain allows cannot be made', () => {
    const config = { ...APTOS_VM, maxTypeNodes: 3 };
    const machine = new Assembled([GROWING], undefined, config);
    expect(machine.call('0x66::m::deep', [1], [nested(machine, 0)])).toEqual([]);
    const error = machine.failure('0x66::m::deep', [1], [nested(machine, 1)]);
    expect([error.status, error.reason]).toEqual([
      'TOO_MANY_TYPE_NODES',
      'Type size is larger than maximum 3',
    ]);
  });

  test('a reference counted as a level until gas feature version 46', () => {
    const source = `module 0x66::r
fun refer<T>(value: &T)
    move_loc value
    pop
    ret
fun outer<T: drop>(value: T)
    borrow_loc value
    call refer<T>
    ret
`;
    const failure = (gasFeatureVersion: number, levels: number): string | undefined => {
      const config = aptosVmConfig({
        gasFeatureVersion,
        maxTypeNodes: 128,
        maxTypeDepth: 20,
        lazyLoading: true,
        capturesOption: true,
      });
      const machine = new Assembled([source], undefined, config);
      try {
        machine.call('0x66::r::outer', [new ItemVector()], [nested(machine, levels)]);
        return undefined;
      } catch (error) {
        return error instanceof MoveError ? error.status : String(error);
      }
    };
    expect([failure(45, 18), failure(45, 19), failure(46, 19), failure(46, 20)]).toEqual([
      undefined,
      'VM_MAX_TYPE_DEPTH_REACHED',
      undefined,
      'VM_MAX_TYPE_DEPTH_REACHED',
    ]);
  });

  test('Sui counts the type arguments of the caller and of what it calls', () => {
    const config = { ...SUI_VM, maxTypeNodes: 9 };
    const machine = new Assembled([GROWING], undefined, config);
    // 1 + 4 of the caller's T + 4 of the callee's.
    expect(machine.call('0x66::m::deep', [1], [nested(machine, 3)])).toEqual([]);
    const error = machine.failure('0x66::m::deep', [1], [nested(machine, 4)]);
    expect([error.status, error.location?.function]).toEqual(['TOO_MANY_TYPE_NODES', 'deep']);
  });

  test('a resource whose layout is too large cannot be looked for', () => {
    const config = { ...APTOS_VM, maxLayoutNodes: 4 };
    const machine = new Assembled([GROWING], undefined, config);
    const at = Address.parse('0x42');
    expect(machine.call('0x66::m::exists_kept', [at], [nested(machine, 2)])).toEqual([false]);
    const error = machine.failure('0x66::m::exists_kept', [at], [nested(machine, 3)]);
    expect([error.status, error.location]).toMatchObject([
      'TOO_MANY_TYPE_NODES',
      { module: '0x66::m', function: 'exists_kept', offset: 1 },
    ]);
  });

  test('1,024 callers are allowed, and the last caller is where it ends', () => {
    const error = vm().failure('0x66::m::recurse', [0]);
    expect([error.status, error.callers]).toEqual(['CALL_STACK_OVERFLOW', undefined]);
    expect(error.location).toMatchObject({ function: 'recurse', offset: 1 });
  });

  test('1,024 operands of all functions together are allowed', () => {
    const error = vm().failure('0x66::m::pile', [0]);
    expect(error.status).toBe('EXECUTION_STACK_OVERFLOW');
    // Four values stay in each call: those of 256 calls fill the stack, and an argument is too much.
    expect([error.callers?.length, error.location?.offset]).toEqual([255, 4]);
  });

  test('a closure into a running module cannot touch what it declares, and one elsewhere can', () => {
    const machine = new Assembled([
      `module 0x66::owner
struct R has key+drop
    v: u64

public fun make(s: &signer)
    move_loc s
    ld_u64 1
    pack R
    move_to R
    ret

public fun read(a: address): u64 acquires R
    move_loc a
    borrow_global R
    borrow_field R, v
    read_ref
    ret

public fun directly(a: address): u64
    move_loc a
    pack_closure read, 0
    call_closure<|address|u64>
    ret
`,
      `module 0x66::other
public fun through(a: address): u64
    move_loc a
    pack_closure 0x66::owner::read, 0
    call_closure<|address|u64>
    ret
`,
    ]);
    const signer = new SlotReference([new Struct([Address.parse('0x42')])], 0, undefined);
    machine.call('0x66::owner::make', [signer]);
    const at = Address.parse('0x42');
    expect(machine.call('0x66::other::through', [at])).toEqual([1]);
    const error = machine.failure('0x66::owner::directly', [at]);
    expect([error.status, error.reason]).toEqual([
      'RUNTIME_DISPATCH_ERROR',
      'Resource `0x66::owner::R` cannot be accessed because of active reentrancy of defining module.',
    ]);
    expect(error.callers).toEqual([
      { module: '0x66::owner', function: 'directly', definition: 2, offset: 2 },
    ]);
  });

  test('values of 128 levels are copied, those of 129 are not, nor are layouts of 129 made', () => {
    const chain = (levels: number): string => {
      const structs = Array.from({ length: levels }, (_, i) =>
        i === 0 ? 'struct S0 has copy+drop+store\n    v: vector<u64>' : struct(i),
      );
      const packs = Array.from({ length: levels }, (_, i) => `    pack S${i}`);
      return `module 0x66::chain
${structs.join('\n')}
public fun make(): S${levels - 1}
    local made: S${levels - 1}
    ld_const<vector<u64>> [1, 2]
${packs.join('\n')}
    st_loc made
    copy_loc made
    ret
`;
    };
    const struct = (i: number): string => `struct S${i} has copy+drop+store\n    v: S${i - 1}`;
    // A vector of numbers is a level, its numbers are none.
    const machine = new Assembled([chain(127)]);
    const [value] = machine.call('0x66::chain::make');
    expect(value).toBeInstanceOf(Struct);
    const type = machine.loader.module(moduleId(Address.parse('0x66'), 'chain')).function('make');
    const [result] = type?.results ?? [];
    if (value === undefined || result === undefined) throw new Error('no value');
    // Of a layout the numbers are a level too.
    expect(() => machine.loader.codec.encode(value, result)).toThrow('VM_MAX_VALUE_DEPTH_REACHED');
    const error = new Assembled([chain(128)]).failure('0x66::chain::make');
    expect([error.status, error.location?.offset]).toEqual(['VM_MAX_VALUE_DEPTH_REACHED', 130]);
  });
});
