import { moduleId } from '../../../../src/vm-preview/move/core/loader';
import { aborted, CallFunction, nativesOf } from '../../../../src/vm-preview/move/core/runtime';
import { Address, SlotReference, Struct } from '../../../../src/vm-preview/move/core/values';
import { Assembled } from './assembled';

const signer = (address: string): SlotReference =>
  new SlotReference([new Struct([Address.parse(address)])], 0, undefined);

const STORE = `module 0x66::store
struct Holder has key
    f: |u64|u64 has copy+drop+store
struct Pair<T> has copy+drop+store
    first: T
    second: vector<u8>

#[persistent] public fun add(a: u64, b: u64): u64
    move_loc a
    move_loc b
    add
    ret

#[persistent] fun pick<T: drop+copy+store>(x: u64, p: Pair<T>): u64
    move_loc x
    ret

fun hidden(a: u64): u64
    move_loc a
    ret

public fun put(s: &signer)
    move_loc s
    ld_u64 40
    pack_closure add, 1
    pack Holder
    move_to Holder
    ret

public fun put_generic(s: &signer)
    move_loc s
    ld_u8 7
    ld_const<vector<u8>> [1, 2]
    pack Pair<u8>
    pack_closure pick<u8>, 2
    pack Holder
    move_to Holder
    ret

public fun get(a: address, x: u64): u64 acquires Holder
    move_loc x
    move_loc a
    borrow_global Holder
    borrow_field Holder, f
    read_ref
    call_closure<|u64|u64>
    ret

public fun call_hidden(): u64
    ld_u64 5
    pack_closure hidden, 0
    call_closure<|u64|u64>
    ret

public fun same(): bool
    ld_u64 1
    pack_closure add, 1
    ld_u64 1
    pack_closure add, 1
    eq
    ret

public fun other_mask(): bool
    ld_u64 1
    pack_closure add, 1
    ld_u64 1
    pack_closure add, 2
    eq
    ret
`;

const le = (value: number, size: number): string =>
  Buffer.from(
    Uint8Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** i) & 0xff),
  ).toString('hex');
const text = (value: string): string => le(value.length, 1) + Buffer.from(value).toString('hex');
const address = (value: string): string => value.padStart(64, '0');

describe('functions as values', () => {
  test('are stored as a sequence of head, layouts and captured values', () => {
    const vm = new Assembled([STORE]);
    vm.call('0x66::store::put', [signer('0x42')]);
    const [bytes] = vm.resources.values();
    // 5 + 2 entries: format 1, module, name, no type arguments, mask 1, layout u64 (2), the value.
    expect(Buffer.from(bytes ?? []).toString('hex')).toBe(
      `07${le(1, 2)}${address('66')}${text('store')}${text('add')}00${le(1, 8)}02${le(40, 8)}`,
    );
  });

  test('with type arguments and a captured struct carry tags and a layout without names', () => {
    const vm = new Assembled([STORE]);
    vm.call('0x66::store::put_generic', [signer('0x42')]);
    const [bytes] = vm.resources.values();
    // Tag u8 (1); layout struct (6) at run time (0) of u8 (1) and vector (5) of u8 (1).
    expect(Buffer.from(bytes ?? []).toString('hex')).toBe(
      `07${le(1, 2)}${address('66')}${text('store')}${text('pick')}0101${le(2, 8)}` +
        `0600020105010702${le(0x0201, 2)}`,
    );
  });

  test('are called when they were read from storage', () => {
    const vm = new Assembled([STORE]);
    vm.call('0x66::store::put', [signer('0x42')]);
    vm.restart();
    expect(vm.call('0x66::store::get', [Address.parse('0x42'), 2])).toEqual([42]);
    vm.restart();
    const [before] = vm.resources.values();
    expect(vm.call('0x66::store::get', [Address.parse('0x42'), 3])).toEqual([43]);
    expect([...vm.resources.values()]).toEqual([before]);
  });

  test('are called where they are private too, and compared with their mask', () => {
    const vm = new Assembled([STORE]);
    expect(vm.call('0x66::store::call_hidden')).toEqual([5]);
    expect(vm.call('0x66::store::same')).toEqual([true]);
    expect(vm.call('0x66::store::other_mask')).toEqual([false]);
  });

  test('bytes that say another number of captured arguments are refused', () => {
    const vm = new Assembled([STORE]);
    vm.call('0x66::store::put', [signer('0x42')]);
    vm.restart();
    for (const [key, bytes] of vm.resources)
      vm.resources.set(key, Uint8Array.of(9, ...bytes.slice(1)));
    expect(() => vm.call('0x66::store::get', [Address.parse('0x42'), 2])).toThrow('function value');
  });
});

const TARGETS = `module 0x77::target
public fun right(x: u64): u64
    move_loc x
    ld_u64 1
    add
    ret

public fun wrong(x: u64, y: u64): u64
    move_loc x
    ret

fun private(x: u64): u64
    move_loc x
    ret
`;
const DISPATCHER = `module 0x66::dispatch
public fun dispatch(x: u64, which: u64): u64

public fun go(x: u64, which: u64): u64
    move_loc x
    move_loc which
    call dispatch
    ld_u64 10
    add
    ret
`;
const BACK = `module 0x77::back
public fun back(x: u64): u64
    move_loc x
    ld_u64 9
    call 0x66::dispatch::go
    ret
`;
const CHOICES = ['target::right', 'target::wrong', 'target::private', 'back::back'] as const;

const dispatching = nativesOf('0x66::dispatch', {
  dispatch: ({ args: [x, which], loader }) => {
    const [module = '', name = ''] = (CHOICES[Number(which)] ?? '').split('::');
    if (module === '') throw aborted(77n);
    const target = loader.function(moduleId(Address.parse('0x77'), module), name);
    return new CallFunction(target.instance([]), x === undefined ? [] : [x]);
  },
});

describe('a native that hands over', () => {
  const vm = () => new Assembled([TARGETS, DISPATCHER, BACK], dispatching);

  test('gives what the function gives', () => {
    expect(vm().call('0x66::dispatch::go', [5, 0])).toEqual([16]);
  });

  test.each([
    [1, 'Invoking function with incompatible type'],
    [2, 'Invoking private or friend function during dispatch'],
  ])('to choice %i is refused', (choice, reason) => {
    const error = vm().failure('0x66::dispatch::go', [5, choice]);
    expect([error.status, error.reason]).toEqual(['RUNTIME_DISPATCH_ERROR', reason]);
  });

  test('may not come back into a module that is being run', () => {
    const error = vm().failure('0x66::dispatch::go', [5, 3]);
    expect(error.status).toBe('RUNTIME_DISPATCH_ERROR');
    expect(error.reason).toContain('module lock is active');
  });

  test('aborts in its own module, at its beginning, with its callers', () => {
    const error = vm().failure('0x66::dispatch::go', [5, 9]);
    expect([error.status, error.subStatus]).toEqual(['ABORTED', 77n]);
    expect(error.location).toEqual({
      module: '0x66::dispatch',
      function: 'dispatch',
      definition: 0,
      offset: 0,
    });
    expect(error.callers).toEqual([]);
  });
});
