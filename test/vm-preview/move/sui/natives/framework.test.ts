/** The recorded framework's own code over the natives: what it makes, finds, changes and gives away. */

import { bcs } from '@mysten/sui/bcs';
import { deriveDynamicFieldID } from '@mysten/sui/utils';
import { moduleId, type Type } from '../../../../../src/vm-preview/move/core/loader';
import { primitive } from '../../../../../src/vm-preview/move/core/loader/type';
import {
  Address,
  asAddress,
  asReference,
  asStruct,
  ByteVector,
  Struct,
  type Value,
} from '../../../../../src/vm-preview/move/core/values';
import { containedIds, objectIdOf } from '../../../../../src/vm-preview/move/sui/object-runtime';
import type { SuiObject, SuiOwner } from '../../../../../src/vm-preview/move/sui/state';
import { FRAMEWORK_VERSIONS, frameworkSource } from '../../../../support/sui-framework';
import {
  hexOf,
  ref,
  type SuiNativesOptions,
  TEST_DIGEST,
  testSuiNatives,
  textRef,
  utf8,
} from '../../../../support/sui-native-context';

const U64 = primitive('u64');
const PARENT = Address.parse('0xbeef');

/** `UID { id: ID { bytes } }` */
const uid = (address: Address): Struct => new Struct([new Struct([address])]);

const one = (values: readonly Value[]): Value => {
  const [value] = values;
  if (value === undefined) throw new Error('no value');
  return value;
};

const addressOwner = (address: Address): SuiOwner => ({ kind: 'address', address: address.bytes });

describe.each(FRAMEWORK_VERSIONS)('the framework of protocol %i', (version) => {
  const modules = frameworkSource(version);
  const start = (options: SuiNativesOptions = {}) =>
    testSuiNatives({ modules, version, ...options });
  type Session = ReturnType<typeof start>;

  const typeNamed = (
    { loader }: Session,
    name: string,
    typeArguments: readonly Type[] = [],
  ): Type => {
    const [address = '', module = '', datatype = ''] = name.split('::');
    const found = loader.datatype(moduleId(Address.parse(address), module), datatype);
    return loader.types.datatype(found, typeArguments);
  };
  /** A TxContext as transactions pass it; newer frameworks ask natives instead. */
  const txContext = (): Value =>
    ref(
      new Struct([
        Address.parse('0xa11ce'),
        new ByteVector(TEST_DIGEST),
        246,
        1_702_600_000_000,
        0,
      ]),
    );
  const fieldId = (key: bigint): string =>
    deriveDynamicFieldID(`0x${PARENT.hex}`, 'u64', bcs.u64().serialize(key).toBytes()).slice(2);
  const field = (vm: Session): Type => typeNamed(vm, '0x2::dynamic_field::Field', [U64, U64]);

  /** A recorded `Field<u64, u64>` under the parent. */
  function recordedField(key: bigint, value: bigint, at = 5n): SuiObject {
    const id = Address.parse(fieldId(key));
    return {
      id: id.bytes,
      version: at,
      data: {
        kind: 'move',
        type: {
          kind: 'struct',
          address: Address.parse('0x2').bytes,
          module: 'dynamic_field',
          name: 'Field',
          typeArguments: [{ kind: 'u64' }, { kind: 'u64' }],
        },
        hasPublicTransfer: false,
        contents: new Uint8Array([
          ...id.bytes,
          ...bcs.u64().serialize(key).toBytes(),
          ...bcs.u64().serialize(value).toBytes(),
        ]),
      },
      owner: { kind: 'object', parent: PARENT.bytes },
      previousTransaction: TEST_DIGEST,
      storageRebate: 0n,
    };
  }
  const withParent = (...objects: readonly SuiObject[]) =>
    start({
      objects,
      inputs: new Map([
        [
          PARENT.hex,
          { owner: addressOwner(PARENT), version: 7n, containedIds: new Set([PARENT.hex]) },
        ],
      ]),
    });
  const dynamic = (vm: Session, name: string, ...args: readonly Value[]) =>
    vm.run(`0x2::dynamic_field::${name}`, [ref(uid(PARENT)), ...args], [U64, U64]);

  it('makes and deletes ids', () => {
    const vm = start();
    const context = txContext();
    const first = one(vm.run('0x2::object::new', [context]));
    const second = one(vm.run('0x2::object::new', [context]));
    const [a, b] = [first, second].map(
      (made) => asAddress(asStruct(asStruct(made).fields[0]).fields[0]).hex,
    );
    expect(a).not.toBe(b);
    vm.run('0x2::object::delete', [first]);
    const results = vm.objects.finish();
    expect([...results.createdIds]).toEqual([b]);
    expect([...results.generatedIds]).toEqual([a, b]);
    expect([...results.deletedIds]).toEqual([]);
  });

  it('adds a dynamic field where the SDK finds it', () => {
    const vm = start();
    dynamic(vm, 'add', 7, 70);
    expect(vm.run('0x2::dynamic_field::exists_', [ref(uid(PARENT)), 7], [U64])).toEqual([true]);
    expect(vm.run('0x2::dynamic_field::exists_', [ref(uid(PARENT)), 8], [U64])).toEqual([false]);
    const borrowed = asReference(one(dynamic(vm, 'borrow_mut', 7)));
    borrowed.set(71);
    expect(asReference(one(dynamic(vm, 'borrow', 7))).get()).toBe(71);
    const { writes, createdIds } = vm.objects.finish();
    expect([...writes.keys()]).toEqual([fieldId(7n)]);
    expect([...createdIds]).toEqual([fieldId(7n)]);
    const write = [...writes.values()][0];
    expect(write?.owner).toEqual({ kind: 'object', parent: PARENT.bytes });
    expect(write?.loader.codec.encode(write.value, write.type)).toEqual(
      recordedObjectContents(recordedField(7n, 71n)),
    );
  });

  it('reads a recorded field as of its parent’s version, and tells whether it was changed', () => {
    const vm = withParent(
      recordedField(7n, 70n, 5n),
      recordedField(7n, 99n, 8n),
      recordedField(8n, 80n),
    );
    expect(asReference(one(dynamic(vm, 'borrow', 7))).get()).toBe(70);
    asReference(one(dynamic(vm, 'borrow_mut', 8))).set(81);
    expect(vm.requests).toEqual([
      {
        id: Address.parse(fieldId(7n)).bytes,
        bound: { kind: 'atMost', version: 7n },
        parent: PARENT.bytes,
      },
      expect.objectContaining({ id: Address.parse(fieldId(8n)).bytes }),
    ]);
    const { writes, loaded } = vm.objects.finish();
    expect([...writes.keys()]).toEqual([fieldId(8n)]);
    expect(loaded.get(fieldId(7n))).toMatchObject({ isModified: false, object: { version: 5n } });
    expect(loaded.get(fieldId(8n))).toMatchObject({ isModified: true });
  });

  it('takes a recorded field away, and knows the aborts of dynamic_field', () => {
    const vm = withParent(recordedField(7n, 70n), recordedField(8n, 80n));
    expect(dynamic(vm, 'remove', 7)).toEqual([70]);
    const { writes, deletedIds } = vm.objects.finish();
    expect([[...writes.keys()], [...deletedIds]]).toEqual([[], [fieldId(7n)]]);
    const failing = (name: string, key: Value, types: readonly Type[] = [U64, U64]) =>
      vm.runFailure(`0x2::dynamic_field::${name}`, [ref(uid(PARENT)), key], types).subStatus;
    expect(failing('remove', 7)).toBe(1n);
    expect(failing('borrow', 9)).toBe(1n);
    expect(failing('borrow', 8, [U64, primitive('bool')])).toBe(2n);
    expect(
      vm.runFailure('0x2::dynamic_field::add', [ref(uid(PARENT)), 8, 1], [U64, U64]).subStatus,
    ).toBe(0n);
  });

  it('has nothing under a parent that was made in the transaction', () => {
    const vm = start({ objects: [recordedField(7n, 70n)] });
    expect(vm.run('0x2::dynamic_field::exists_', [ref(uid(PARENT)), 7], [U64])).toEqual([false]);
    expect(vm.requests).toEqual([]);
  });

  it('refuses a child that belongs to another', () => {
    const other: SuiObject = { ...recordedField(7n, 70n), owner: addressOwner(PARENT) };
    expect(() => dynamic(withParent(other), 'borrow', 7)).toThrow('given for a child is none');
  });

  it('leaves a child alone that is written back as it was, once the protocol looks at values', () => {
    const inputs = new Map([
      [
        PARENT.hex,
        { owner: addressOwner(PARENT), version: 7n, containedIds: new Set([PARENT.hex]) },
      ],
    ]);
    const features = ['minimize_child_object_mutations', 'loaded_child_object_format'];
    for (const [flags, expected] of [
      [features, []],
      [[], [fieldId(7n)]],
    ] as const) {
      const vm = start({ objects: [recordedField(7n, 70n)], inputs, features: flags });
      asReference(one(dynamic(vm, 'borrow_mut', 7))).set(70);
      expect([...vm.objects.finish().writes.keys()]).toEqual(expected);
    }
  });

  it('holds counts to their limits', () => {
    const limits = { max_num_new_move_object_ids: 1n };
    const vm = start({ limits });
    const context = txContext();
    vm.run('0x2::object::new', [context]);
    expect(vm.runFailure('0x2::object::new', [context])).toMatchObject({
      status: 'MEMORY_LIMIT_EXCEEDED',
      subStatus: 2n,
      reason: 'Creating more than 1 IDs is not allowed',
    });
  });

  it('gives, shares and freezes objects', () => {
    const vm = start();
    const type = field(vm);
    const object = (): Struct => {
      const id = one(vm.run('0x2::object::new', [context]));
      return new Struct([id, 1, 2]);
    };
    const context = txContext();
    const [given, shared, frozen] = [object(), object(), object()];
    const recipient = Address.parse('0xb0b');
    vm.call('0x2::transfer::transfer_impl', [given, recipient], [type]);
    vm.call('0x2::transfer::share_object_impl', [shared], [type]);
    vm.call('0x2::transfer::freeze_object_impl', [frozen], [type]);
    const { writes } = vm.objects.finish();
    expect([...writes.values()].map(({ owner }) => owner)).toEqual([
      addressOwner(recipient),
      { kind: 'shared', initialVersion: 0n },
      { kind: 'immutable' },
    ]);
    expect([...writes.keys()]).toEqual([given, shared, frozen].map(objectIdOf));
    const old = new Struct([uid(Address.parse('0x1234')), 1, 2]);
    expect(vm.failure('0x2::transfer::share_object_impl', [old], [type]).subStatus).toBe(0n);
  });

  it('receives what was sent to an object', () => {
    const sent: SuiObject = { ...recordedField(7n, 70n), owner: addressOwner(PARENT) };
    const vm = withParent(sent);
    const ticket = new Struct([Address.parse(fieldId(7n))]);
    const receive = (type: Type, at = 5, from = PARENT) => [[from, ticket, at], [type]] as const;
    const name = '0x2::transfer::receive_impl';
    expect(vm.failure(name, ...receive(field(vm), 6)).subStatus).toBe(3n);
    expect(vm.failure(name, ...receive(field(vm), 5, Address.parse('0x5'))).subStatus).toBe(3n);
    const [value] = vm.call(name, ...receive(field(vm)));
    expect(asStruct(value).fields.slice(1)).toEqual([7, 70]);
    expect(vm.objects.finish().loaded.get(fieldId(7n))).toMatchObject({ isModified: true });
    const other = typeNamed(vm, '0x2::dynamic_field::Field', [U64, primitive('bool')]);
    expect(withParent(sent).failure(name, ...receive(other)).subStatus).toBe(2n);
  });

  it('emits events, and counts their sizes', () => {
    const vm = start({
      limits: {
        max_event_emit_size: 75n,
        max_event_emit_size_total: 1000n,
        max_num_event_emit: 2n,
      },
    });
    const type = typeNamed(vm, '0x2::object::ID');
    const event = new Struct([PARENT]);
    vm.run('0x2::event::emit', [event], [type]);
    // 2 for the struct and 32 for the address; 32 for the tag's address and its names.
    expect(vm.takeCharges()).toEqual([
      'event_emit_cost_base',
      '34 event_emit_value_size_derivation_cost_per_byte',
      '40 event_emit_tag_size_derivation_cost_per_byte',
      '74 event_emit_output_cost_per_byte',
    ]);
    vm.run('0x2::event::emit', [event], [type]);
    expect(vm.runFailure('0x2::event::emit', [event], [type])).toMatchObject({ subStatus: 0n });
    expect(vm.objects.takeEvents().map(({ value }) => value)).toEqual([event, event]);
    expect(vm.objects.emittedEvents).toBe(2);
    const small = start({ limits: { max_event_emit_size: 73n } });
    expect(
      small.runFailure('0x2::event::emit', [event], [typeNamed(small, '0x2::object::ID')]),
    ).toMatchObject({
      status: 'MEMORY_LIMIT_EXCEEDED',
      subStatus: 1n,
      reason: 'Emitting event of size 74 bytes. Limit is 73 bytes.',
    });
  });

  it('converts addresses', () => {
    const vm = start();
    const address = Address.parse('0xfeed');
    expect(vm.run('0x2::address::to_u256', [address])).toEqual([0xfeed]);
    expect(vm.run('0x2::address::from_u256', [0xfeed])).toEqual([address]);
    expect(vm.run('0x2::address::from_bytes', [new ByteVector(address.bytes)])).toEqual([address]);
    const short = new ByteVector(new Uint8Array(31));
    expect(vm.runFailure('0x2::address::from_bytes', [short]).subStatus).toBe(0n);
    const text = asStruct(one(vm.run('0x2::address::to_string', [address])));
    expect(hexOf(text.fields[0])).toBe(Buffer.from(address.hex).toString('hex'));
  });

  it('names types with the packages that define them, or the first ones', () => {
    const vm = start({
      definingTag: () => ({
        kind: 'struct',
        address: Address.parse('0xdef').bytes,
        module: 'm',
        name: 'T',
        typeArguments: [{ kind: 'u8' }, { kind: 'vector', element: { kind: 'bool' } }],
      }),
    });
    const type = typeNamed(vm, '0x2::dynamic_field::Field', [U64, vm.loader.types.vector(U64)]);
    const [defining, original] =
      version >= 100
        ? ['with_defining_ids', 'with_original_ids']
        : ['get', 'get_with_original_ids'];
    const nameOf = (name = ''): string => {
      const [text] = asStruct(one(vm.run(`0x1::type_name::${name}`, [], [type]))).fields;
      return Buffer.from(hexOf(asStruct(text).fields[0]), 'hex').toString();
    };
    expect(nameOf(defining)).toBe(`${'0'.repeat(61)}def::m::T<u8,vector<bool>>`);
    expect(nameOf(original)).toBe(`${'0'.repeat(63)}2::dynamic_field::Field<u64,vector<u64>>`);
    if (version < 100) return;
    expect(vm.run('0x1::type_name::defining_id', [], [type])).toEqual([Address.parse('0xdef')]);
    expect(vm.run('0x1::type_name::original_id', [], [type])).toEqual([Address.parse('0x2')]);
    expect(vm.runFailure('0x1::type_name::original_id', [], [U64]).subStatus).toBe(0n);
  });

  it('knows the one-time witness', () => {
    const vm = start();
    const isWitness = (name: string, value: Value) =>
      one(vm.run('0x2::types::is_one_time_witness', [ref(value)], [typeNamed(vm, name)]));
    expect(isWitness('0x2::sui::SUI', new Struct([true]))).toBe(true);
    expect(isWitness('0x2::object::ID', new Struct([PARENT]))).toBe(false);
  });

  it('works on text, bytes and vectors', () => {
    const vm = start();
    const isText = (bytes: Uint8Array) =>
      vm.run('0x1::string::internal_check_utf8', [ref(new ByteVector(bytes))]);
    expect([isText(utf8('é')), isText(Uint8Array.of(0xff))]).toEqual([[true], [false]]);
    expect(vm.call('0x1::string::internal_index_of', [textRef('banana'), textRef('nan')])).toEqual([
      2,
    ]);
    expect(hexOf(vm.call('0x1::string::internal_sub_string', [textRef('banana'), 1, 4])[0])).toBe(
      '616e61',
    );
    vm.takeCharges();
    expect(
      vm.failure('0x1::string::internal_sub_string', [textRef('banana'), 4, 1]).subStatus,
    ).toBe(1n);
    expect(vm.takeCharges()).toEqual(['string_sub_string_base_cost']);
    expect(hexOf(vm.run('0x1::hash::sha3_256', [new ByteVector(utf8(''))])[0])).toBe(
      'a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a',
    );
    expect(hexOf(vm.run('0x1::hash::sha2_256', [new ByteVector(utf8('abc'))])[0])).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(hexOf(vm.run('0x1::bcs::to_bytes', [ref(PARENT)], [primitive('address')])[0])).toBe(
      PARENT.hex,
    );
    const vector = ref(one(vm.run('0x1::vector::empty', [], [U64])));
    vm.run('0x1::vector::push_back', [vector, 5], [U64]);
    vm.run('0x1::vector::push_back', [vector, 6], [U64]);
    vm.run('0x1::vector::swap', [vector, 0, 1], [U64]);
    expect(vm.run('0x1::vector::length', [vector], [U64])).toEqual([2]);
    expect(vm.run('0x1::vector::pop_back', [vector], [U64])).toEqual([5]);
    expect(vm.runFailure('0x1::vector::borrow', [vector, 1], [U64])).toMatchObject({
      status: 'ABORTED',
      subStatus: 1n,
    });
    expect(vm.runFailure('0x1::vector::destroy_empty', [vector.get()], [U64]).subStatus).toBe(3n);
    expect(vm.run('0x1::debug::print', [ref(1)], [U64])).toEqual([]);
  });

  it('finds the ids in a value', () => {
    const vm = start();
    const value = new Struct([uid(PARENT), 1, 2]);
    expect([...containedIds(value, field(vm), vm.loader)]).toEqual([PARENT.hex]);
    // An ID that is no UID names another object.
    expect([
      ...containedIds(new Struct([PARENT]), typeNamed(vm, '0x2::object::ID'), vm.loader),
    ]).toEqual([]);
  });

  if (version >= 100)
    it('tells the transaction what it is', () => {
      const sponsor = Address.parse('0x590');
      const vm = start({ transaction: { sponsor } });
      const ask = (name: string) => one(vm.run(`0x2::tx_context::native_${name}`));
      expect(
        ['sender', 'epoch', 'epoch_timestamp_ms', 'rgp', 'gas_price', 'gas_budget'].map(ask),
      ).toEqual([Address.parse('0xa11ce'), 246, 1_702_600_000_000, 750, 751, 10_000_000]);
      expect(vm.run('0x2::tx_context::native_sponsor')).toMatchObject([{ items: [sponsor] }]);
      expect(ask('ids_created')).toBe(0);
      vm.run('0x2::tx_context::fresh_id');
      expect(ask('ids_created')).toBe(1);
    });

  if (version >= 100)
    it('reads a setting of this epoch', () => {
      const name = '0x2::config::read_setting_impl';
      const vm = start();
      const value = primitive('bool');
      const data = typeNamed(vm, '0x2::config::SettingData', [value]);
      const setting = typeNamed(vm, '0x2::config::Setting', [value]);
      const fieldOf = typeNamed(vm, '0x2::dynamic_field::Field', [U64, setting]);
      const types = [fieldOf, setting, data, value];
      const optional = (...items: readonly boolean[]) =>
        bcs
          .vector(bcs.bool())
          .serialize([...items])
          .toBytes();
      const settingObject: SuiObject = {
        ...recordedField(7n, 0n),
        data: {
          kind: 'move',
          type: {
            kind: 'struct',
            address: Address.parse('0x2').bytes,
            module: 'dynamic_field',
            name: 'Field',
            typeArguments: [{ kind: 'u64' }, { kind: 'u64' }],
          },
          hasPublicTransfer: false,
          contents: new Uint8Array([
            ...Address.parse(fieldId(7n)).bytes,
            ...bcs.u64().serialize(7).toBytes(),
            1,
            ...bcs.u64().serialize(200).toBytes(),
            ...optional(true),
            ...optional(),
          ]),
        },
      };
      const read = (epoch: number, objects: readonly SuiObject[] = [settingObject]) => {
        const session = start({ objects });
        const own = types.map(({ key }) => key);
        const again = [
          typeNamed(session, '0x2::dynamic_field::Field', [
            U64,
            typeNamed(session, '0x2::config::Setting', [value]),
          ]),
          typeNamed(session, '0x2::config::Setting', [value]),
          typeNamed(session, '0x2::config::SettingData', [value]),
          value,
        ];
        expect(again.map(({ key }) => key)).toEqual(own);
        return session.call(name, [PARENT, Address.parse(fieldId(7n)), epoch], again);
      };
      const some = new Struct([expect.objectContaining({ items: [true] })]);
      const none = new Struct([expect.objectContaining({ items: [] })]);
      expect(read(201)).toEqual([some]);
      expect(read(200)).toEqual([none]);
      expect(read(201, [])).toEqual([none]);
    });

  if (version >= 100)
    it('keeps balances outside of objects', () => {
      const vm = start();
      const balance = typeNamed(vm, '0x2::balance::Balance', [typeNamed(vm, '0x2::sui::SUI')]);
      const [accumulator, owner] = [Address.parse('0xacc1'), Address.parse('0xb0b')];
      vm.call(
        '0x2::funds_accumulator::add_to_accumulator_address',
        [accumulator, owner, new Struct([100])],
        [balance],
      );
      const [taken] = vm.call(
        '0x2::funds_accumulator::withdraw_from_accumulator_address',
        [accumulator, owner, 40],
        [balance],
      );
      expect(taken).toEqual(new Struct([40]));
      const { accumulatorEvents } = vm.objects.finish();
      expect(accumulatorEvents).toMatchObject([
        {
          accumulatorId: accumulator.hex,
          action: 'merge',
          target: owner,
          value: { kind: 'amount', amount: 100n },
        },
        { action: 'split', value: { amount: 40n } },
      ]);
      const most = 2n ** 64n - 1n;
      vm.call('0x2::accumulator::emit_deposit_event', [accumulator, owner, most - 100n], [balance]);
      expect(
        vm.failure('0x2::accumulator::emit_deposit_event', [accumulator, owner, 1], [balance])
          .status,
      ).toBe('ARITHMETIC_ERROR');
      const tooMuch = [accumulator, owner, most + 1n];
      expect(
        vm.failure('0x2::funds_accumulator::withdraw_from_accumulator_address', tooMuch, [balance])
          .subStatus,
      ).toBe(0n);
    });
});

function recordedObjectContents({ data }: SuiObject): Uint8Array {
  if (data.kind !== 'move') throw new Error('a package');
  return data.contents;
}

if (FRAMEWORK_VERSIONS.length === 0) it('skipped: no fixtures', () => undefined);
