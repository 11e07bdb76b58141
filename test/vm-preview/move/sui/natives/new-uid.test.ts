import { Address } from '../../../../../src/vm-preview/move/core/values';
import { testSuiNatives } from '../../../../support/sui-native-context';

const [PARENT, ID] = ['0xa', '0xb'].map((text) => Address.parse(text));
if (PARENT === undefined || ID === undefined) throw new Error('no ids');

it('an id that is derived from its parent’s is new, and gone where it is deleted at once', () => {
  const natives = testSuiNatives();
  natives.call('0x2::object::record_new_uid_from_hash', [PARENT, ID]);
  expect(natives.takeCharges()).toEqual(['object_record_new_uid_from_hash_cost_base']);
  natives.call('0x2::object::delete_impl', [ID]);
  const { createdIds, deletedIds } = natives.objects.finish();
  expect([...createdIds, ...deletedIds]).toEqual([]);
});

it('is among what was created', () => {
  const natives = testSuiNatives();
  natives.call('0x2::object::record_new_uid_from_hash', [PARENT, ID]);
  expect([...natives.objects.finish().createdIds]).toEqual([ID.hex]);
});
