/** 0x1::storage_slot of 2026: resources behind a handle. Type arguments are the value and its resource. */
import { aborted, type Native, nativesOf } from '../../../core/runtime';
import { asAddress, illTyped } from '../../../core/values';
import { pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { layoutOf } from '../layout';
import { referred, typeArgument } from '../values';

const NOT_FOUND = 2n;

export const storageSlotNatives = (context: NativeContext) => {
  const { base, each } = pricesOf(context, 'aptos_framework');
  const borrow =
    (price: string): Native =>
    ({ args: [slot], typeArguments, loader }) => {
      base(`storage_slot.${price}.base`);
      const resource = typeArgument(typeArguments, 1);
      if (resource.kind !== 'datatype') throw illTyped('borrows a resource of no struct type');
      layoutOf(context, loader.types, resource);
      const cell = context.resources.cell(asAddress(referred(slot).fields[0]), resource);
      const loadedBytes = cell.takeLoadedBytes();
      if (!cell.exists) throw aborted(NOT_FOUND);
      if (loadedBytes !== undefined) each(`storage_slot.${price}.per_byte_loaded`, loadedBytes);
      return [cell.borrow()];
    };
  return nativesOf('0x1::storage_slot', {
    borrow_storage_slot_resource: borrow('borrow'),
    borrow_storage_slot_resource_mut: borrow('borrow_mut'),
  });
};
