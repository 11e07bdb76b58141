/** Expected values: aptos-framework's own tests, @aptos-labs/ts-sdk, and constants of the Rust natives. */
import { sha3_256 } from '@noble/hashes/sha3.js';
import type {
  NativeContext,
  UserTransactionInfo,
} from '../../../../../src/vm-preview/move/aptos/natives/context';
import { moduleId, type Type } from '../../../../../src/vm-preview/move/core/loader';
import { CallFunction, GlobalCell } from '../../../../../src/vm-preview/move/core/runtime';
import {
  Address,
  ItemVector,
  Reference,
  Struct,
  type Value,
} from '../../../../../src/vm-preview/move/core/values';
import {
  AccountAddress,
  createResourceAddress,
  createUserDerivedObjectAddress,
} from '../../../../support/aptos-sdk';
import {
  type AptosSession,
  address,
  bytes,
  describeWithFramework,
  failureOf,
  hexOf,
  ref,
  SESSION_HASH,
  signer,
  string,
  textOf,
  U8,
  U64,
  U128,
} from '../../../../support/aptos-session';

const items = (...values: readonly Value[]): ItemVector => new ItemVector([...values]);
const P = 'aptos_framework';
const sdkAddress = (text: string) => AccountAddress.from(address(text).bytes);
const concat = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

describeWithFramework('0x1::account and 0x1::create_signer', (session) => {
  const vm = session();

  it('makes addresses of 32 bytes', () => {
    const name = '0x1::account::create_address';
    expect(vm.native(name, [bytes('ab'.repeat(32))])).toEqual([address('ab'.repeat(32))]);
    expect(vm.takeCharges()).toEqual([`${P}.account.create_address.base`]);
    expect(failureOf(() => vm.native(name, [bytes('ab')]))).toBe('ABORTED: 2');
  });

  it.each(['account', 'create_signer', 'genesis'])('makes signers in 0x1::%s', (module) => {
    vm.takeCharges();
    const made = vm.native(`0x1::${module}::create_signer`, [address('0xcafe')]);
    expect(made).toEqual([signer('0xcafe')]);
    expect(vm.takeCharges()).toEqual([`${P}.account.create_signer.base`]);
  });

  it('derives the address of a resource account as the SDK does', () => {
    const [made] = vm.call('account::create_resource_address', [
      ref(address('0xcafe')),
      bytes('01'),
    ]);
    const expected = createResourceAddress(sdkAddress('0xcafe'), Uint8Array.of(1));
    expect(String(made)).toBe(String(Address.fromBytes(expected.toUint8Array())));
  });
});

describeWithFramework('0x1::aggregator', (session) => {
  const open = (vm: AptosSession): Value => {
    vm.call('aggregator_factory::initialize_aggregator_factory', [ref(signer('0x1'))]);
    const [aggregator] = vm.call('aggregator_factory::create_aggregator_internal');
    if (aggregator === undefined) throw new Error('no aggregator');
    return aggregator;
  };

  it('adds and subtracts', () => {
    const vm = session();
    const aggregator = open(vm);
    const at = ref(aggregator);
    const read = () => vm.call('aggregator::read', [at])[0];
    vm.call('aggregator::add', [at, 12]);
    expect(read()).toBe(12);
    vm.call('aggregator::add', [at, 3]);
    expect(read()).toBe(15);
    vm.call('aggregator::add', [at, 5]);
    vm.call('aggregator::sub', [at, 20]);
    expect(read()).toBe(0);
    expect(vm.aggregators.changes()).toMatchObject([{ kind: 'create', value: 0n }]);
    vm.call('aggregator::destroy', [aggregator]);
    expect(vm.aggregators.changes()).toEqual([]);
    expect(vm.takeCharges().filter((name) => name.includes('aggregator'))).toEqual([
      `${P}.aggregator_factory.new_aggregator.base`,
      ...['add', 'read', 'add', 'read', 'add', 'sub', 'read', 'destroy'].map(
        (name) => `${P}.aggregator.${name}.base`,
      ),
    ]);
  });

  it('aborts over its limit and below zero', () => {
    const vm = session();
    const at = ref(open(vm));
    vm.call('aggregator::add', [at, 2n ** 128n - 11n]);
    expect(vm.failure('aggregator::add', [at, 12])).toBe(`ABORTED: ${0x020001}`);
    const other = session();
    expect(other.failure('aggregator::sub', [ref(open(other)), 100])).toBe(`ABORTED: ${0x020002}`);
  });

  it('has a key from the session and the aggregators in use', () => {
    const vm = session();
    const [first] = [open(vm)];
    const [second] = vm.call('aggregator_factory::create_aggregator_internal');
    const keyOf = (value: Value | undefined) => value instanceof Struct && String(value.fields[1]);
    const expected = (count: number) =>
      String(Address.fromBytes(sha3_256(concat(SESSION_HASH, [0, 0, 0, count]))));
    expect([keyOf(first), keyOf(second)]).toEqual([expected(0), expected(1)]);
  });
});

describeWithFramework('0x1::aggregator_v2', (session) => {
  const vm = session();
  const call = (name: string, type: Type, ...args: readonly Value[]): Value => {
    const [result] = vm.call(`aggregator_v2::${name}`, args, [type]);
    if (result === undefined) throw new Error('no result');
    return result;
  };

  it('adds, subtracts and takes snapshots', () => {
    const aggregator = ref(call('create_aggregator', U64, 10));
    const change = (name: string, by: Value) => call(name, U64, aggregator, by);
    expect(change('try_add', 5)).toBe(true);
    expect(change('try_add', 5)).toBe(true);
    expect(call('read', U64, aggregator)).toBe(10);
    expect(change('try_add', 5)).toBe(false);
    expect(call('read', U64, aggregator)).toBe(10);
    expect(change('try_sub', 5)).toBe(true);
    expect(call('read', U64, aggregator)).toBe(5);
    const snapshot = ref(call('snapshot', U64, aggregator));
    expect(change('try_add', 2)).toBe(true);
    expect(call('read', U64, aggregator)).toBe(7);
    expect(call('read_snapshot', U64, snapshot)).toBe(5);
    expect(change('is_at_least_impl', 7)).toBe(true);
    expect(change('is_at_least_impl', 8)).toBe(false);
    expect(change('try_sub', 8)).toBe(false);
    expect(call('read', U64, aggregator)).toBe(7);
  });

  it('has no bound but the type when it is made without one', () => {
    const aggregator = ref(call('create_unbounded_aggregator', U128));
    expect(call('try_add', U128, aggregator, 2n ** 128n - 1n)).toBe(true);
    expect(call('try_add', U128, aggregator, 1)).toBe(false);
  });

  it('refuses other types and what is not done yet', () => {
    const fail = (name: string, type: Type, ...args: readonly Value[]) =>
      vm.failure(`aggregator_v2::${name}`, args, [type]);
    expect(fail('create_unbounded_aggregator', U8)).toBe(`ABORTED: ${0x030007}`);
    const option = vm.type('option::Option', U64);
    expect(fail('create_snapshot', option, new Struct([42], 1))).toBe(`ABORTED: ${0x030005}`);
    expect(fail('create_snapshot', vm.vector(U64), items(42))).toBe(`ABORTED: ${0x030005}`);
    const snapshot = ref(call('create_snapshot', U64, 42));
    expect(fail('copy_snapshot', U64, snapshot)).toBe(`ABORTED: ${0x030009}`);
    expect(fail('string_concat', U64, string(''), snapshot, string(''))).toBe(
      `ABORTED: ${0x030009}`,
    );
  });

  const DERIVED = vm.type('aggregator_v2::DerivedStringSnapshot');
  const width = (value: Value): number => vm.loader.codec.encode(value, DERIVED).length;
  const derived = (text: string): Value => {
    const [made] = vm.call('aggregator_v2::create_derived_string', [string(text)]);
    if (made === undefined) throw new Error('no string');
    return made;
  };
  const readDerived = (value: Value): string =>
    textOf(vm.call('aggregator_v2::read_derived_string', [ref(value)])[0]);

  it('joins strings around a snapshot', () => {
    const snapshot = ref(call('create_snapshot', U64, 42));
    const joined = call('derive_string_concat', U64, string('before'), snapshot, string('after'));
    expect(readDerived(joined)).toBe('before42after');
    expect(readDerived(derived('42'))).toBe('42');
  });

  it('pads strings to the width that the chain sets aside', () => {
    // delayed_fields.rs: 22 for short ones; the length with room for 20 or 39 digits around a number.
    expect(width(derived(''))).toBe(22);
    expect(width(derived('<'.repeat(5)))).toBe(22);
    expect(width(derived('<'.repeat(127)))).toBe(127 + 1 + 1);
    expect(width(derived('<'.repeat(128)))).toBe(128 + 2 + 1);
    for (const value of [0, 2n ** 64n - 1n]) {
      const snapshot = ref(call('create_snapshot', U64, value));
      const joined = call('derive_string_concat', U64, string('<<<<<'), snapshot, string(''));
      expect(width(joined)).toBe(5 + 20 + 1 + 1);
    }
    const wide = ref(call('create_snapshot', U128, 7));
    const joined = call('derive_string_concat', U128, string('<'.repeat(100)), wide, string(''));
    expect(width(joined)).toBe(100 + 39 + 2 + 1);
  });

  it('takes at most 1024 bytes', () => {
    const long = string('<'.repeat(1025));
    expect(vm.failure('aggregator_v2::create_derived_string', [long])).toBe(`ABORTED: ${0x030008}`);
    const snapshot = ref(call('create_snapshot', U64, 1));
    const args = [string('<'.repeat(1000)), snapshot, string('<'.repeat(25))];
    expect(vm.failure('aggregator_v2::derive_string_concat', args, [U64])).toBe(
      `ABORTED: ${0x030008}`,
    );
  });

  it('charges for each, and for strings by length', () => {
    vm.takeCharges();
    const snapshot = ref(call('create_snapshot', U64, 1));
    call('derive_string_concat', U64, string('abc'), snapshot, string('d'));
    derived('ab');
    expect(vm.takeCharges()).toEqual([
      `${P}.aggregator_v2.create_snapshot.base`,
      `${P}.aggregator_v2.string_concat.base`,
      `${P}.aggregator_v2.string_concat.per_byte`,
      `3 ${P}.aggregator_v2.string_concat.per_byte`,
      `${P}.aggregator_v2.create_snapshot.base`,
      `2 ${P}.aggregator_v2.create_snapshot.per_byte`,
    ]);
  });
});

describeWithFramework('0x1::code', (session) => {
  const code = items(bytes('a11ceb0b'), bytes('00'));
  const names = items(string('one'), string('two'));

  it('asks once for modules to be published', () => {
    const vm = session();
    const args = [address('0xcafe'), names, code, 1];
    vm.call('code::request_publish', args);
    expect(vm.publishing.take()).toMatchObject({
      destination: address('0xcafe'),
      expectedModules: ['one', 'two'],
      bundle: [Uint8Array.of(0xa1, 0x1c, 0xeb, 0x0b), Uint8Array.of(0)],
      allowedDependencies: undefined,
      checkCompatibility: true,
    });
    expect(vm.takeCharges()).toEqual([
      `${P}.code.request_publish.base`,
      `4 ${P}.code.request_publish.per_byte`,
      `${P}.code.request_publish.per_byte`,
      `3 ${P}.code.request_publish.per_byte`,
      `3 ${P}.code.request_publish.per_byte`,
    ]);
    expect(vm.failure('code::request_publish', args)).toBe(`ABORTED: ${0x030000}`);
  });

  it('finds names that are no UTF-8 ill-typed, before it charges for them', () => {
    const vm = session();
    const broken = new Struct([bytes('ff')]);
    const args = [address('0xcafe'), items(string('one'), broken), items(), 1];
    expect(vm.failure('code::request_publish', args)).toMatch(/^INTERNAL_TYPE_ERROR/);
    expect(vm.takeCharges()).toEqual([
      `${P}.code.request_publish.base`,
      `3 ${P}.code.request_publish.per_byte`,
    ]);
  });

  it('names what may be depended on, the own modules too', () => {
    const vm = session();
    const allowed = items(
      new Struct([address('0x1'), string('')]),
      new Struct([address('0x1'), string('coin')]),
    );
    const args = [address('0xcafe'), items(string('one')), allowed, items(bytes('00')), 0];
    vm.call('code::request_publish_with_allowed_deps', args);
    expect(vm.publishing.take()).toMatchObject({
      allowedDependencies: [
        { address: address('0x1'), module: '' },
        { address: address('0x1'), module: 'coin' },
        { address: address('0xcafe'), module: 'one' },
      ],
      checkCompatibility: false,
    });
    const byte = `${P}.code.request_publish.per_byte`;
    expect(vm.takeCharges()).toEqual([
      `${P}.code.request_publish.base`,
      byte,
      `32 ${byte}`,
      '0',
      `4 ${byte}`,
      `3 ${byte}`,
    ]);
  });
});

describeWithFramework('0x1::event', (session) => {
  const guid = (vm: AptosSession): Type => vm.type('guid::GUID');
  const message = new Struct([new Struct([9, address('0x2')])]);

  it('writes an event of a handle', () => {
    const vm = session();
    const handle = new Struct([3, new Struct([new Struct([7, address('0xcafe')])])]);
    const at = ref(handle);
    vm.call('event::emit_event', [at, message], [guid(vm)]);
    expect(vm.events.events).toEqual([
      {
        kind: 'v1',
        creator: address('0xcafe').bytes,
        creationNumber: 7n,
        sequenceNumber: 3n,
        type: {
          kind: 'struct',
          address: address('1').bytes,
          module: 'guid',
          name: 'GUID',
          typeArguments: [],
        },
        data: Uint8Array.from(Buffer.from(`0900000000000000${'0'.repeat(63)}2`, 'hex')),
      },
    ]);
    expect(handle.fields[0]).toBe(4);
    expect(vm.takeCharges().at(-1)).toBe(
      `${P}.event.write_to_event_store.base + ${P}.event.write_to_event_store.per_abstract_memory_unit`,
    );
  });

  it('writes an event of the module that emits it, and of no other', () => {
    const vm = session();
    const emit = (...stack: readonly string[]) =>
      vm.native('0x1::event::write_module_event_to_store', [message], [guid(vm)], stack);
    emit('guid::create', 'event::emit');
    expect(vm.events.events).toMatchObject([
      { kind: 'v2', type: { module: 'guid', name: 'GUID' } },
    ]);
    expect(failureOf(() => emit('coin::name', 'event::emit'))).toBe('INTERNAL_TYPE_ERROR');
    expect(failureOf(() => emit('event::emit'))).toBe('UNKNOWN_INVARIANT_VIOLATION_ERROR');
  });

  it('knows an event by a key of 40 bytes', () => {
    const vm = session();
    const args = [bytes('00'), 0, message];
    expect(vm.failure('event::write_to_event_store', args, [guid(vm)])).toBe('EVENT_KEY_MISMATCH');
  });
});

describeWithFramework('0x1::function_info and dispatch', (session) => {
  const info = (owner: string, module: string, name: string): Struct =>
    new Struct([address(owner), string(module), string(name)]);
  const modules = (visited: readonly string[]): Partial<NativeContext> => ({
    modules: {
      isVisited: ({ key }) => visited.includes(key),
      visit: ({ key }) => {
        if (key === '0xbad::m') throw new Error('visited');
      },
      visitType: () => undefined,
    },
  });

  it('knows identifiers', () => {
    const vm = session();
    const known = (text: string) =>
      vm.call('function_info::is_identifier', [ref(bytes(Buffer.from(text).toString('hex')))])[0];
    for (const text of ['abcd', '_a', '$a', 'a$_1', '<SELF>', '<SELF>_12'])
      expect([text, known(text)]).toEqual([text, true]);
    for (const text of ['', '0abcd', '_', '$', 'a-b', 'å', '<SELF>_', 'a\n'])
      expect([text, known(text)]).toEqual([text, false]);
    vm.takeCharges();
    known('abc');
    expect(vm.takeCharges()).toEqual([
      `3 ${P}.function_info.is_identifier.per_byte + ${P}.function_info.is_identifier.base`,
    ]);
    expect(
      vm.failure('function_info::new_function_info_from_address', [
        address('0xcafe'),
        string('0abcd'),
        string('0abcd'),
      ]),
    ).toBe('ABORTED: 1');
  });

  it('pays for the module of a function', () => {
    const vm = session({ parts: modules([]) });
    const load = (owner: string) =>
      vm.call('function_info::load_function_impl', [ref(info(owner, 'm', 'f'))]);
    expect(load('0xfeed')).toEqual([]);
    expect(() => load('0xbad')).toThrow('visited');
    expect(vm.takeCharges()).toEqual(Array(2).fill(`${P}.function_info.load_function.base`));
  });

  it('compares signatures', () => {
    const vm = session({ parts: modules([]) });
    const check = (...[left, right]: [Struct, Struct]) =>
      vm.call('function_info::check_dispatch_type_compatibility_impl', [ref(left), ref(right)])[0];
    const derived = info('1', 'dispatchable_fungible_asset', 'dispatchable_derived_balance');
    // fun dispatchable_derived_balance<T: key>(Object<T>, &FunctionInfo): u64, and fun balance<T: key>(Object<T>): u64.
    expect(check(derived, info('1', 'fungible_asset', 'balance'))).toBe(true);
    expect(check(derived, info('1', 'fungible_asset', 'decimals'))).toBe(false);
    expect(check(derived, derived)).toBe(false);
    const missing = () => check(derived, info('1', 'fungible_asset', 'no_such'));
    expect(failureOf(missing)).toBe('ABORTED: 2');
    const empty = info('1', 'transaction_context', 'get_txn_hash');
    expect(failureOf(() => check(empty, derived))).toBe('ABORTED: 2');
    expect(failureOf(() => check(derived, info('0xfeed', 'm', 'f')))).toBe('ABORTED: 2');
    const before = session({ features: [], parts: modules([]) });
    const args = [ref(derived), ref(info('1', 'fungible_asset', 'balance'))];
    expect(before.failure('function_info::check_dispatch_type_compatibility_impl', args)).toBe(
      'ABORTED: 2',
    );
  });

  it('calls the function that the last argument names', () => {
    const vm = session({ parts: modules([]) });
    const store = vm.type('fungible_asset::FungibleStore');
    const object = new Struct([address('0xaaa')]);
    const name = '0x1::dispatchable_fungible_asset::dispatchable_derived_balance';
    const args = [object, ref(info('1', 'fungible_asset', 'balance'))];
    const result = vm.native(name, args, [store]);
    if (!(result instanceof CallFunction)) throw new Error('no call');
    expect(result.callee.key).toBe(
      '0x1::fungible_asset::balance<0x1::fungible_asset::FungibleStore>',
    );
    expect(result.args).toEqual([object]);
    expect(vm.takeCharges()).toEqual([`${P}.dispatchable_fungible_asset.dispatch.base`]);
    const unpaid = [object, ref(info('0xfeed', 'm', 'f'))];
    expect(failureOf(() => vm.native(name, unpaid, [store]))).toBe('ABORTED: 4');
  });

  it('authenticates by the function that an account chose', () => {
    const vm = session({ parts: modules([]) });
    const name = '0x1::account_abstraction::dispatchable_authenticate';
    const args = [signer('0xcafe'), new Struct([], 0), ref(info('1', 'signer', 'address_of'))];
    const result = vm.native(name, args);
    expect(result instanceof CallFunction && result.callee.key).toBe('0x1::signer::address_of');
    expect(vm.takeCharges()).toEqual([`${P}.dispatchable_authenticate.dispatch.base`]);
    const unpaid = [...args.slice(0, 2), ref(info('0xfeed', 'm', 'f'))];
    expect(failureOf(() => vm.native(name, unpaid))).toBe('ABORTED: 4');
  });

  it('says which module it means', () => {
    expect(moduleId(address('0xfeed'), 'm').key).toBe('0xfeed::m');
  });
});

describeWithFramework('0x1::object and 0x1::state_storage', (session) => {
  it('derives user objects as the SDK does', () => {
    const vm = session();
    const [made] = vm.call('object::create_user_derived_object_address_impl', [
      address('0xcafe'),
      address('0xfeed'),
    ]);
    const expected = createUserDerivedObjectAddress(sdkAddress('0xcafe'), sdkAddress('0xfeed'));
    expect(String(made)).toBe(String(Address.fromBytes(expected.toUint8Array())));
    expect(vm.takeCharges()).toEqual([`${P}.object.user_derived_address.base`]);
  });

  it('looks for resources, and charges for what it had to load', () => {
    const loadedBytes: (number | undefined)[] = [undefined, 33, 0];
    const resources: NativeContext['resources'] = {
      cell: () => new GlobalCell(undefined),
      exists: (at) => ({ exists: at.hex.endsWith('1'), loadedBytes: loadedBytes.pop() }),
      usage: () => ({ items: 5n, bytes: 600n }),
    };
    const vm = session({ parts: { resources } });
    const type = vm.type('object::ObjectCore');
    const exists = (at: string) => vm.call('object::exists_at', [address(at)], [type])[0];
    expect([exists('2'), exists('1'), exists('1')]).toEqual([false, true, true]);
    const base = `${P}.object.exists_at.base`;
    expect(vm.takeCharges()).toEqual([
      base,
      `${P}.object.exists_at.per_item_loaded`,
      base,
      `33 ${P}.object.exists_at.per_byte_loaded + ${P}.object.exists_at.per_item_loaded`,
      base,
    ]);
    const name = 'state_storage::get_state_storage_usage_only_at_epoch_beginning';
    expect(vm.call(name)).toEqual([new Struct([5, 600])]);
    expect(vm.takeCharges()).toEqual([`${P}.state_storage.get_usage.base`]);
  });
});

describeWithFramework('0x1::storage_slot', (session) => {
  it('borrows the resource behind a handle, and pays for what it loads', () => {
    const vm = session();
    // test_storage_slot of storage_slot.move: new(1), borrow, += 1, borrow, destroy.
    const resource = vm.type('storage_slot::StorageSlotResource', U64);
    const slot = new Struct([address('0xabc')]);
    if (resource.kind !== 'datatype') throw new Error('no resource');
    const cell = vm.context.resources.cell(address('0xabc'), resource);
    expect(
      vm.failure('storage_slot::borrow_storage_slot_resource', [ref(slot)], [U64, resource]),
    ).toBe('ABORTED: 2');
    cell.moveTo(new Struct([1]));
    vm.takeCharges();
    const borrow = (name: string): Reference => {
      const [reference] = vm.call(`storage_slot::${name}`, [ref(slot)], [U64, resource]);
      if (!(reference instanceof Reference)) throw new Error('no reference');
      return reference;
    };
    borrow('borrow_storage_slot_resource_mut').set(new Struct([2]));
    expect(borrow('borrow_storage_slot_resource').get()).toEqual(new Struct([2]));
    expect(vm.takeCharges()).toEqual([
      `${P}.storage_slot.borrow_mut.base`,
      `${P}.storage_slot.borrow.base`,
    ]);
    const loaded = new GlobalCell(new Struct([7]), 8);
    const other = session({
      parts: { resources: { ...vm.context.resources, cell: () => loaded } },
    });
    other.call('storage_slot::borrow_storage_slot_resource', [ref(slot)], [U64, resource]);
    expect(other.takeCharges()).toEqual([
      `${P}.storage_slot.borrow.base`,
      `8 ${P}.storage_slot.borrow.per_byte_loaded`,
    ]);
  });
});

describeWithFramework('0x1::permissioned_signer', (session) => {
  // The newest framework is without the module; mainnet's has it.
  const permissioned = new Struct([address('0xcafe'), address('0xfeed')]);
  const M = '0x1::permissioned_signer';

  it.each(['_impl', ''])(
    'tells a permissioned signer from a master: is_permissioned_signer%s',
    (end) => {
      const vm = session();
      const is = (value: Value) => vm.native(`${M}::is_permissioned_signer${end}`, [ref(value)]);
      expect([is(permissioned), is(signer('0xcafe'))]).toEqual([[true], [false]]);
      expect(vm.takeCharges()).toEqual(
        Array(2).fill(`${P}.permissioned_signer.is_permissioned_signer.base`),
      );
    },
  );

  it('makes one, and gives the address of its permissions', () => {
    const vm = session();
    const at = (value: Value) => vm.native(`${M}::permission_address`, [ref(value)]);
    expect(at(permissioned)).toEqual([address('0xfeed')]);
    expect(failureOf(() => at(signer('0xcafe')))).toBe('ABORTED: 3');
    const made = vm.native(`${M}::signer_from_permissioned_handle_impl`, [
      address('0xcafe'),
      address('0xfeed'),
    ]);
    expect(made).toEqual([permissioned]);
    expect(vm.call('signer::address_of', [ref(permissioned)])).toEqual([address('0xcafe')]);
  });

  it('is off without its feature', () => {
    const vm = session({ features: [] });
    for (const name of ['is_permissioned_signer_impl', 'permission_address'])
      expect(failureOf(() => vm.native(`${M}::${name}`, [ref(permissioned)]))).toBe('ABORTED: 9');
    expect(vm.takeCharges()).toEqual([]);
  });
});

describeWithFramework('0x1::consensus_config', (session) => {
  const vm = session();
  const enabled = (hex: string) =>
    vm.call('consensus_config::validator_txn_enabled_internal', [bytes(hex)])[0];
  // ConsensusConfigV1::default(): decoupled, 10, 40, leader reputation V2 by the default weights, 10.
  const main = [
    '01',
    '0a00000000000000',
    '2800000000000000',
    '0201',
    'e803000000000000',
    '0a00000000000000',
    '0100000000000000',
    '0a000000',
    '0a00000000000000',
    '0100000000000000',
    '01',
    '05000000',
    '0a00000000000000',
  ].join('');
  const jolteonV2 = `02${main}0101`;
  const on = '0102000000000000000000200000000000';

  it('reads whether validator transactions are on', () => {
    expect(enabled(`00${main}`)).toBe(false);
    expect(enabled(`02${jolteonV2}00`)).toBe(false);
    expect(enabled(`02${jolteonV2}${on}`)).toBe(true);
    expect(enabled(`03${jolteonV2}${on}00`)).toBe(true);
    expect(enabled(`04${jolteonV2}${on}01010000000000000001`)).toBe(true);
  });

  it('takes what it cannot read for the default, which has none', () => {
    expect(enabled('')).toBe(false);
    expect(enabled(`02${jolteonV2}${on.slice(2)}`)).toBe(false);
    expect(enabled(`02${jolteonV2}${on}00`)).toBe(false);
    expect(vm.takeCharges()).toEqual([]);
  });
});

describeWithFramework('0x1::randomness', (session) => {
  const transaction = (isUnbiasable: boolean): NativeContext['transaction'] => ({
    sessionHash: SESSION_HASH,
    scriptHash: new Uint8Array(0),
    chainId: 4,
    user: undefined,
    uniqueAddresses: 0,
    isUnbiasable,
  });
  const counter = 'randomness::fetch_and_increment_txn_counter';

  it('is refused to what may be tested and aborted', () => {
    const vm = session({ parts: { transaction: transaction(false) } });
    expect(vm.call('randomness::is_unbiasable')).toEqual([false]);
    expect(vm.failure(counter)).toBe('ABORTED: 1');
    expect(vm.takeCharges()).toEqual([`${P}.randomness.fetch_and_inc_counter`]);
  });

  it('cannot be previewed, since it is not known beforehand', () => {
    const vm = session({ parts: { transaction: transaction(true) } });
    expect(vm.call('randomness::is_unbiasable')).toEqual([true]);
    expect(() => vm.call(counter)).toThrow('cannot preview');
  });
});

describeWithFramework('0x1::transaction_context', (session) => {
  const call = {
    address: address('0x1'),
    module: 'coin',
    function: 'transfer',
    typeArguments: ['u8'],
    args: [Uint8Array.of(1, 2)],
  };
  const user: UserTransactionInfo = {
    sender: address('0xcafe'),
    secondarySigners: [address('0xa'), address('0xb')],
    gasPayer: address('0xfee'),
    maxGasAmount: 1000n,
    gasUnitPrice: 100n,
    payload: { kind: 'entryFunction', call },
  };
  const open = (info: UserTransactionInfo | undefined) =>
    session({
      parts: {
        transaction: {
          sessionHash: SESSION_HASH,
          scriptHash: Uint8Array.of(5),
          chainId: 4,
          user: info,
          uniqueAddresses: 0,
          isUnbiasable: false,
        },
      },
    });
  const get = (vm: AptosSession, name: string): Value | undefined =>
    vm.call(`transaction_context::${name}`)[0];
  const none = new Struct([], 0);
  const some = (value: Value): Struct => new Struct([value], 1);
  const payload = new Struct([
    address('0x1'),
    string('coin'),
    string('transfer'),
    items(string('u8')),
    items(bytes('0102')),
  ]);

  it('says what the transaction is', () => {
    const vm = open(user);
    expect(hexOf(get(vm, 'get_txn_hash'))).toBe(Buffer.from(SESSION_HASH).toString('hex'));
    expect(hexOf(get(vm, 'get_script_hash'))).toBe('05');
    expect(get(vm, 'sender_internal')).toEqual(address('0xcafe'));
    expect(get(vm, 'gas_payer_internal')).toEqual(address('0xfee'));
    expect(get(vm, 'max_gas_amount_internal')).toBe(1000);
    expect(get(vm, 'gas_unit_price_internal')).toBe(100);
    expect(get(vm, 'chain_id_internal')).toBe(4);
    expect(get(vm, 'is_encrypted_txn_internal')).toBe(false);
    expect(vm.takeCharges()).toEqual(
      [
        'get_txn_hash',
        'get_script_hash',
        'sender',
        'fee_payer',
        'max_gas_amount',
        'gas_unit_price',
        'chain_id',
        'is_encrypted_txn',
      ].map((name) => `${P}.transaction_context.${name}.base`),
    );
    expect(get(vm, 'secondary_signers_internal')).toEqual(items(address('0xa'), address('0xb')));
    expect(vm.takeCharges()).toEqual([
      `${P}.transaction_context.secondary_signers.base`,
      `2 ${P}.transaction_context.secondary_signers.per_signer`,
    ]);
  });

  it('gives the payload', () => {
    const vm = open(user);
    expect(get(vm, 'entry_function_payload_internal')).toEqual(some(payload));
    expect(vm.takeCharges()).toEqual([
      `${P}.transaction_context.entry_function_payload.base`,
      // 32 + coin + transfer + u8 + 2.
      `48 ${P}.transaction_context.entry_function_payload.per_abstract_memory_unit`,
    ]);
    expect(get(vm, 'multisig_payload_internal')).toEqual(none);
    const multisig = open({
      ...user,
      payload: { kind: 'multisig', multisigAddress: address('0x5'), call },
    });
    expect(get(multisig, 'entry_function_payload_internal')).toEqual(none);
    expect(get(multisig, 'multisig_payload_internal')).toEqual(
      some(new Struct([address('0x5'), some(payload)])),
    );
    const script = open({ ...user, payload: { kind: 'script' } });
    expect(get(script, 'entry_function_payload_internal')).toEqual(none);
  });

  it('aborts where no user sent it', () => {
    const vm = open(undefined);
    for (const name of ['sender', 'secondary_signers', 'gas_payer', 'entry_function_payload'])
      expect(vm.failure(`transaction_context::${name}_internal`)).toBe(`ABORTED: ${0x030001}`);
    expect(vm.failure('transaction_context::monotonically_increasing_counter_internal', [0])).toBe(
      `ABORTED: ${0x030001}`,
    );
  });

  it('gives addresses that nobody else has', () => {
    const vm = open(user);
    const unique = () => get(vm, 'generate_unique_address');
    const expected = (count: number) =>
      Address.fromBytes(sha3_256(concat(SESSION_HASH, [count, 0, 0, 0, 0, 0, 0, 0], [0xfb])));
    expect([unique(), unique()]).toEqual([expected(1), expected(2)]);
    expect(vm.context.transaction.uniqueAddresses).toBe(2);
  });

  it('counts for tests, and cannot know its place in a block', () => {
    const vm = open(user);
    const count = 'monotonically_increasing_counter_internal';
    expect(() => vm.call(`transaction_context::${count}`, [0])).toThrow('its place in a block');
    expect(get(vm, `${count}_for_test_only`)).toBe(2);
    for (let i = 2; i < 0xffff; i++) vm.native(`0x1::transaction_context::${count}_for_test_only`);
    expect(vm.failure(`transaction_context::${count}_for_test_only`)).toBe(`ABORTED: ${0x030002}`);
  });
});
