/** Natives and prices of protocol versions 104 and later, over the newest recorded framework. */
import { bcs } from '@mysten/sui/bcs';
import { deriveDynamicFieldID } from '@mysten/sui/utils';
import { CannotPreview } from '../../../../../src/vm-preview/errors';
import { moduleId, type Type } from '../../../../../src/vm-preview/move/core/loader';
import { primitive } from '../../../../../src/vm-preview/move/core/loader/type';
import {
  Address,
  ByteVector,
  ItemVector,
  Struct,
} from '../../../../../src/vm-preview/move/core/values';
import { freshId } from '../../../../../src/vm-preview/move/sui/natives';
import type { SuiObject } from '../../../../../src/vm-preview/move/sui/state';
import { FRAMEWORK_VERSIONS, frameworkSource } from '../../../../support/sui-framework';
import {
  ref,
  type SuiNativesOptions,
  TEST_DIGEST,
  testSuiNatives,
  utf8,
} from '../../../../support/sui-native-context';

const U64 = primitive('u64');
const PARENT = Address.parse('0xbeef');
const KEY = Address.parse('0xcafe');
const LATER = ['abstract_size_in_object_runtime', 'object_runtime_charge_cache_load_gas'];

const uid = (address: Address): Struct => new Struct([new Struct([address])]);

describe('scratch', () => {
  const start = () => testSuiNatives({ features: LATER, limits: { max_scratch_pad_size: 2n } });

  it('keeps a value under a key as long as the transaction, by its type', () => {
    const vm = start();
    vm.call('0x2::scratch::add_impl', [KEY, 7], [U64]);
    expect(vm.call('0x2::scratch::exists_impl', [KEY])).toEqual([true]);
    expect(vm.call('0x2::scratch::exists_with_type_impl', [KEY], [U64])).toEqual([true]);
    expect(vm.call('0x2::scratch::exists_with_type_impl', [KEY], [primitive('u8')])).toEqual([
      false,
    ]);
    expect(vm.call('0x2::scratch::read_impl', [KEY], [U64])).toEqual([7]);
    expect(vm.call('0x2::scratch::remove_impl', [KEY], [U64])).toEqual([7]);
    expect(vm.call('0x2::scratch::exists_impl', [KEY])).toEqual([false]);
    expect(vm.gas.charges).toEqual([
      'scratch_add_cost_base',
      'scratch_exists_cost_base',
      'scratch_exists_with_type_cost_base',
      'scratch_exists_with_type_type_cost',
      'scratch_exists_with_type_cost_base',
      'scratch_exists_with_type_type_cost',
      'scratch_read_cost_base',
      '8 scratch_read_value_cost',
      'scratch_remove_cost_base',
      'scratch_exists_cost_base',
    ]);
  });

  it('gives a copy to who reads', () => {
    const vm = start();
    const bytes = vm.loader.types.vector(primitive('u8'));
    vm.call('0x2::scratch::add_impl', [KEY, new ByteVector(new Uint8Array([1]))], [bytes]);
    const [copy] = vm.call('0x2::scratch::read_impl', [KEY], [bytes]);
    if (copy instanceof ByteVector) copy.push(2);
    expect(vm.call('0x2::scratch::remove_impl', [KEY], [bytes])).toEqual([
      new ByteVector(new Uint8Array([1])),
    ]);
  });

  it('aborts for what is there, is not, or is of another type, and ends at its bound', () => {
    const vm = start();
    vm.call('0x2::scratch::add_impl', [KEY, 7], [U64]);
    const code = (name: string, args: Parameters<typeof vm.call>[1], type: Type = U64) => {
      const { status, subStatus } = vm.failure(`0x2::scratch::${name}`, args, [type]);
      return [status, subStatus];
    };
    expect(code('add_impl', [KEY, 8])).toEqual(['ABORTED', 0n]);
    expect(code('read_impl', [PARENT])).toEqual(['ABORTED', 1n]);
    expect(code('remove_impl', [KEY], primitive('bool'))).toEqual(['ABORTED', 2n]);
    vm.call('0x2::scratch::add_impl', [PARENT, 1], [U64]);
    expect(code('add_impl', [Address.parse('0x1'), 1])).toEqual(['MEMORY_LIMIT_EXCEEDED', 8n]);
  });
});

describe('the protocol’s flags', () => {
  const asked = (name: string, features: readonly string[]) =>
    testSuiNatives({ features }).call('0x2::protocol_config::is_feature_enabled', [
      new ByteVector(utf8(name)),
    ]);

  it('are told where they are kept, and are off where there are none', () => {
    expect(asked('enable_poseidon', ['enable_poseidon'])).toEqual([true]);
    expect(asked('enable_poseidon', [])).toEqual([false]);
    expect(asked('no_such_flag', [])).toEqual([false]);
  });

  it('are not told where they say nothing of transactions and are not kept', () => {
    expect(() => asked('advance_epoch_start_time_in_safe_mode', [])).toThrow(CannotPreview);
  });
});

describe('packages', () => {
  const id = Address.parse('0x77');
  const pack = (version: bigint): SuiObject => ({
    id: id.bytes,
    version,
    data: {
      kind: 'package',
      modules: new Map([['m', new Uint8Array(10)]]),
      typeOrigins: [],
      linkage: new Map(),
    },
    owner: { kind: 'immutable' },
    previousTransaction: TEST_DIGEST,
    storageRebate: 0n,
  });
  const name = '0x2::package::original_package_id_impl';

  it('tell their first id to who names their version', () => {
    const vm = testSuiNatives({ objects: [pack(1n)] });
    expect(vm.call(name, [id, 1])).toEqual([id]);
    expect(vm.gas.charges).toEqual([
      'package_original_package_id_impl_cost_base',
      // Version, name and code.
      '19 package_original_package_id_impl_cost_per_byte',
    ]);
    expect(vm.failure(name, [id, 2]).subStatus).toBe(6n);
    expect(vm.failure(name, [KEY, 1]).subStatus).toBe(6n);
  });

  it('are not looked for where the transaction itself publishes them', () => {
    const vm = testSuiNatives({ transaction: { idsCreated: 2n } });
    const made = Address.fromBytes(freshId(TEST_DIGEST, 1n));
    expect(() => vm.call(name, [made, 1])).toThrow(CannotPreview);
  });
});

describe('parties', () => {
  const name = '0x2::transfer::party_transfer_impl';
  const give = (features: readonly string[], permissions: readonly number[], ofOthers = 0) =>
    testSuiNatives({ features }).failure(
      name,
      [
        new Struct([uid(KEY)]),
        ofOthers,
        new ItemVector([PARENT]),
        new ItemVector([...permissions]),
      ],
      [U64],
    );

  it('abort where the network has none, and may have one member with all permissions', () => {
    expect(give([], [15]).subStatus).toBe(5n);
    for (const wrong of [[14], [15, 15], []])
      expect(give(['enable_party_transfer'], wrong).status).toBe(
        'UNKNOWN_INVARIANT_VIOLATION_ERROR',
      );
    expect(give(['enable_party_transfer'], [15], 1).status).toBe(
      'UNKNOWN_INVARIANT_VIOLATION_ERROR',
    );
  });
});

it('arithmetic in groups of Ristretto255 is refused', () => {
  const vm = testSuiNatives();
  const [left, right] = [ref(new ByteVector()), ref(new ByteVector())];
  expect(() => vm.call('0x2::group_ops::internal_add', [5, left, right])).toThrow(CannotPreview);
});

const newest = FRAMEWORK_VERSIONS[FRAMEWORK_VERSIONS.length - 1];
(newest === undefined ? describe.skip : describe)(
  newest === undefined ? 'skipped: no fixtures' : 'dynamic fields',
  () => {
    const modules = frameworkSource(newest ?? 0);
    const fieldId = Address.parse(
      deriveDynamicFieldID(`0x${PARENT.hex}`, 'u64', bcs.u64().serialize(7).toBytes()),
    );
    const recorded: SuiObject = {
      id: fieldId.bytes,
      version: 5n,
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
          ...fieldId.bytes,
          ...bcs.u64().serialize(7).toBytes(),
          ...bcs.u64().serialize(70).toBytes(),
        ]),
      },
      owner: { kind: 'object', parent: PARENT.bytes },
      previousTransaction: TEST_DIGEST,
      storageRebate: 0n,
    };
    const start = (options: SuiNativesOptions) =>
      testSuiNatives({
        modules,
        objects: [recorded],
        inputs: new Map([
          [
            PARENT.hex,
            {
              owner: { kind: 'address', address: PARENT.bytes },
              version: 7n,
              containedIds: new Set([PARENT.hex]),
            },
          ],
        ]),
        ...options,
      });
    type Session = ReturnType<typeof start>;
    const field = ({ loader }: Session): Type => {
      const found = loader.datatype(moduleId(Address.parse('0x2'), 'dynamic_field'), 'Field');
      return loader.types.datatype(found, [U64, U64]);
    };
    /** What the last step charged beyond its fixed parts. */
    const charges = (vm: Session, step: () => unknown): readonly string[] => {
      const before = vm.gas.charges.length;
      step();
      return vm.gas.charges.slice(before);
    };
    const base = 'dynamic_field_borrow_child_object';

    it('pay for the bytes that are read, and for the value that is made of them, once', () => {
      const vm = start({ features: LATER });
      const parent = ref(uid(PARENT));
      const borrow = () =>
        vm.call('0x2::dynamic_field::borrow_child_object', [parent, fieldId], [field(vm)]);
      // A reference of 8 and behind it: two containers around an id of 32, a field of 2 × 8.
      const made = 8 + 2 + (2 + 2 + 32) + 8 + 8;
      expect(charges(vm, borrow)).toEqual([
        `${base}_cost_base`,
        `3 ${base}_type_cost_per_byte`,
        // Units, which the test's prices call by the first of their names.
        `48 ${base}_cost_base`,
        `${made} ${base}_child_ref_cost_per_byte`,
      ]);
      expect(charges(vm, borrow)).toEqual([
        `${base}_cost_base`,
        `3 ${base}_type_cost_per_byte`,
        `8 ${base}_child_ref_cost_per_byte`,
      ]);
    });

    it('pay a unit for what is not there, and nothing for what was read', () => {
      const vm = start({ features: LATER });
      const has = (id: Address) => () =>
        vm.call('0x2::dynamic_field::has_child_object', [PARENT, id]);
      const price = 'dynamic_field_has_child_object_cost_base';
      expect(charges(vm, has(KEY))).toEqual([price, price]);
      expect(charges(vm, has(KEY))).toEqual([price]);
      expect(charges(vm, has(fieldId))).toEqual([price, `48 ${price}`]);
      const remove = () =>
        vm.call('0x2::dynamic_field::remove_child_object', [PARENT, fieldId], [field(vm)]);
      expect(charges(vm, remove).at(-1)).toBe(
        '54 dynamic_field_remove_child_object_child_cost_per_byte',
      );
    });

    it('were priced by memory before', () => {
      const vm = start({ features: [] });
      const remove = () =>
        vm.call('0x2::dynamic_field::remove_child_object', [PARENT, fieldId], [field(vm)]);
      expect(charges(vm, remove)).toEqual([
        'dynamic_field_remove_child_object_cost_base',
        '3 dynamic_field_remove_child_object_type_cost_per_byte',
        // Two containers around an id, and integers of 16.
        '70 dynamic_field_remove_child_object_child_cost_per_byte',
      ]);
    });
  },
);
