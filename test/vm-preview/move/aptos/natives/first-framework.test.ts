/** The framework that mainnet began with, at the gas version and without the features of its time. */
import {
  ByteVector,
  ItemVector,
  Reference,
  Struct,
  type Value,
} from '../../../../../src/vm-preview/move/core/values';
import {
  address,
  bytes,
  describeWithFramework,
  hexOf,
  ref,
  signer,
  string,
  textOf,
  U64,
} from '../../../../support/aptos-session';

const THEN = { features: [], gasVersion: 1 } as const;

describeWithFramework(
  'the first framework of mainnet',
  (session) => {
    const one = (values: readonly Value[]): Value => {
      const [value] = values;
      if (value === undefined) throw new Error('no value');
      return value;
    };

    it('keeps a table with its length', () => {
      const vm = session(THEN);
      const types = [U64, U64];
      const table = ref(one(vm.call('table_with_length::new', [], types)));
      const run = (name: string, ...args: readonly Value[]) =>
        vm.call(`table_with_length::${name}`, [table, ...args], types);
      run('add', 1, 10);
      run('add', 2, 20);
      expect(run('length')).toEqual([2]);
      const borrowed = one(run('borrow_mut', 2));
      if (!(borrowed instanceof Reference)) throw new Error('no reference');
      borrowed.set(21);
      expect(run('remove', 2)).toEqual([21]);
      expect(run('length')).toEqual([1]);
      expect(run('contains', 1)).toEqual([true]);
    });

    it('adds up a supply in parallel', () => {
      const vm = session(THEN);
      vm.call('aggregator_factory::initialize_aggregator_factory', [ref(signer('0x1'))]);
      const limit = 2n ** 128n - 1n;
      const supply = ref(one(vm.call('optional_aggregator::new', [limit, true])));
      vm.call('optional_aggregator::add', [supply, 12]);
      vm.call('optional_aggregator::sub', [supply, 2]);
      expect(vm.call('optional_aggregator::read', [supply])).toEqual([10]);
      expect(vm.aggregators.changes()).toMatchObject([{ kind: 'create', value: 10n }]);
    });

    it('keeps any value with the name of its type', () => {
      const vm = session(THEN);
      const any = one(vm.call('any::pack', [7], [U64]));
      const name = one(vm.call('any::type_name', [ref(any)]));
      expect(textOf(name instanceof Reference ? name.get() : undefined)).toBe('u64');
      expect(vm.call('any::unpack', [any], [U64])).toEqual([7]);
      const other = one(vm.call('any::pack', [7], [U64]));
      expect(vm.failure('any::unpack', [other], [vm.vector(U64)])).toBe(`ABORTED: ${0x010001}`);
    });

    it('makes an account, its events and its signer', () => {
      const vm = session(THEN);
      const account = one(vm.call('account::create_account_unchecked', [address('0xcafe')]));
      expect(account).toEqual(signer('0xcafe'));
      expect(vm.call('account::exists_at', [address('0xcafe')])).toEqual([true]);
      expect(vm.call('account::get_guid_next_creation_num', [address('0xcafe')])).toEqual([2]);
      const key = one(vm.call('account::get_authentication_key', [address('0xcafe')]));
      expect(hexOf(key)).toBe(`${'0'.repeat(60)}cafe`);
      const handle = one(vm.call('account::new_event_handle', [ref(signer('0xcafe'))], [U64]));
      vm.call('event::emit_event', [ref(handle), 5], [U64]);
      expect(vm.events.events).toMatchObject([
        { kind: 'v1', creationNumber: 2n, sequenceNumber: 0n, type: { kind: 'u64' } },
      ]);
    });

    it('derives object addresses, and BCS of what has a vector for an option', () => {
      const vm = session(THEN);
      const option = vm.type('option::Option', U64);
      const none = new Struct([new ItemVector()]);
      const encoded = one(vm.call('bcs::to_bytes', [ref(none)], [option]));
      expect(encoded).toEqual(new ByteVector(Uint8Array.of(0)));
      expect(vm.takeCharges()).toEqual(['move_stdlib.bcs.to_bytes.per_byte_serialized']);
    });

    it('asks for a package to be published', () => {
      const vm = session(THEN);
      const code = new ItemVector([bytes('00')]);
      const names = new ItemVector([string('m')]);
      vm.call('code::request_publish', [address('0xcafe'), names, code, 1]);
      expect(vm.publishing.take()?.expectedModules).toEqual(['m']);
    });
  },
  'mainnet',
);
