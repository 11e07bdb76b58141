import { type NativeRegistry, nativesOf } from '../../../core/runtime';
import { asAddress, asReference, asStruct, SlotReference } from '../../../core/values';
import { charger } from '../charge';
import type { SuiNativeContext } from '../context';

/** 0x2::object (sui-move-natives, object.rs). */
export function objectNatives(context: SuiNativeContext): NativeRegistry {
  const charge = charger(context);
  return nativesOf('0x2::object', {
    borrow_uid: ({ args: [object] }) => {
      charge({ object_borrow_uid_cost_base: 1 });
      const reference = asReference(object);
      return [new SlotReference(asStruct(reference.get()).fields, 0, reference.root)];
    },
    delete_impl: ({ args: [id] }) => {
      charge({ object_delete_impl_cost_base: 1 });
      context.objects.deleteId(asAddress(id).hex);
      return [];
    },
    record_new_uid: ({ args: [id] }) => {
      charge({ object_record_new_uid_cost_base: 1 });
      context.objects.newId(asAddress(id).hex);
      return [];
    },
    record_new_uid_from_hash: ({ args: [parent, id] }) => {
      charge({ object_record_new_uid_from_hash_cost_base: 1 });
      context.objects.newIdFromHash(asAddress(parent).hex, asAddress(id).hex);
      return [];
    },
  });
}
