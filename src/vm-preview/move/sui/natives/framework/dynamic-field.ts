/** 0x2::dynamic_field (sui-move-natives, dynamic_field.rs). */
import type { Type } from '../../../core/loader';
import {
  aborted,
  type GlobalCell,
  MoveError,
  type Native,
  type NativeCall,
  type NativeRegistry,
  nativesOf,
} from '../../../core/runtime';
import { Address, asAddress, asReference, illTyped, type Value } from '../../../core/values';
import { abstractSize } from '../../gas/abstract-size';
import type { LookedUp, Lookup } from '../../object-runtime';
import { charger } from '../charge';
import type { SuiNativeContext } from '../context';
import { dynamicFieldId } from '../object-id';
import {
  ABSTRACT_SIZES,
  innerTagSize,
  legacySize,
  pricedSize,
  REFERENCE_SIZE,
  tagSize,
} from '../sizes';
import { structType, typeArgument, uidAddress } from '../values';

const KEY_DOES_NOT_EXIST = 1n;
const FIELD_TYPE_MISMATCH = 2n;
const BCS_SERIALIZATION_FAILURE = 3n;

/** Of a value that is there and only moves. */
const MOVED_SIZE = 2;

function given(value: Value | undefined): Value {
  if (value === undefined) throw illTyped('leaves out an argument');
  return value;
}

export function dynamicFieldNatives(context: SuiNativeContext): NativeRegistry {
  const charge = charger(context);

  const hashTypeAndKey: Native = (call) => {
    const name = 'dynamic_field_hash_type_and_key';
    charge({ [`${name}_cost_base`]: 1 });
    const [parent, key] = [asAddress(call.args[0]), given(call.args[1])];
    const { loader } = call;
    const type = typeArgument(call);
    charge({
      [`${name}_type_cost_per_byte`]: type.nodes,
      [`${name}_value_cost_per_byte`]: pricedSize(context, key, type, loader),
    });
    const tag = context.types.definingTag(type, loader);
    charge({ [`${name}_type_tag_cost_per_byte`]: tagSize(tag) });
    return [Address.fromBytes(dynamicFieldId(parent.bytes, tag, encodedKey(call, key, type)))];
  };

  const addChild: Native = (call) => {
    const name = 'dynamic_field_add_child_object';
    charge({ [`${name}_cost_base`]: 1 });
    const [parent, child] = [asAddress(call.args[0]), given(call.args[1])];
    const type = typeArgument(call);
    const isThere = context.protocol.feature(ABSTRACT_SIZES);
    const size = isThere ? MOVED_SIZE : legacySize(child, type, call.loader);
    charge({ [`${name}_value_cost_per_byte`]: size });
    charge({ [`${name}_type_cost_per_byte`]: type.nodes });
    const typed = structType(context, call, type);
    charge({ [`${name}_struct_tag_cost_per_byte`]: innerTagSize(typed.tag) });
    if (context.protocol.feature('generate_df_type_layouts')) call.loader.layouts.of(type);
    context.objects.addChild(parent.hex, { ...typed, value: child });
    return [];
  };

  /** Reading a child costs a unit for each byte, and one where there is nothing to read. */
  function chargeLookup(lookup: Lookup): void {
    if (lookup.kind !== 'read') return;
    if (context.protocol.feature('object_runtime_charge_cache_load_gas'))
      context.gas.charge(BigInt(Math.max(lookup.bytes ?? 0, 1)));
  }

  /** The place of a child that is there. */
  function existing(call: NativeCall, parent: Address, name: string): LookedUp<GlobalCell> {
    const id = asAddress(call.args[1]).hex;
    const type = typeArgument(call);
    charge({ [`${name}_type_cost_per_byte`]: type.nodes });
    const typed = structType(context, call, type);
    call.loader.layouts.of(type);
    const found = context.objects.child(parent.hex, id, typed);
    if (found.kind === 'mismatchedType') throw aborted(FIELD_TYPE_MISMATCH);
    if (!found.value.value.exists) throw aborted(KEY_DOES_NOT_EXIST);
    return found.value;
  }

  const borrowChild: Native = (call) => {
    const name = 'dynamic_field_borrow_child_object';
    charge({ [`${name}_cost_base`]: 1 });
    const parent = uidAddress(asReference(call.args[0]).get());
    const { lookup, value: cell } = existing(call, parent, name);
    const reference = cell.borrow();
    chargeLookup(lookup);
    // Where the value had to be made, all of it counts.
    const made = context.protocol.feature(ABSTRACT_SIZES) && lookup.kind !== 'value';
    const behind = made ? abstractSize(reference.get(), typeArgument(call), call.loader, false) : 0;
    charge({ [`${name}_child_ref_cost_per_byte`]: REFERENCE_SIZE + behind });
    return [reference];
  };

  const removeChild: Native = (call) => {
    const name = 'dynamic_field_remove_child_object';
    charge({ [`${name}_cost_base`]: 1 });
    const { lookup, value: cell } = existing(call, asAddress(call.args[0]), name);
    const child = cell.moveFrom();
    chargeLookup(lookup);
    const isThere = context.protocol.feature(ABSTRACT_SIZES) && lookup.kind === 'value';
    const size = isThere ? MOVED_SIZE : pricedSize(context, child, typeArgument(call), call.loader);
    charge({ [`${name}_child_cost_per_byte`]: size });
    return [child];
  };

  const hasChild: Native = ({ args: [parent, id] }) => {
    charge({ dynamic_field_has_child_object_cost_base: 1 });
    const { lookup, value } = context.objects.childExists(asAddress(parent).hex, asAddress(id).hex);
    chargeLookup(lookup);
    return [value];
  };

  const hasChildWithType: Native = (call) => {
    const name = 'dynamic_field_has_child_object_with_ty';
    charge({ [`${name}_cost_base`]: 1 });
    const [parent, id] = [asAddress(call.args[0]).hex, asAddress(call.args[1]).hex];
    const type = typeArgument(call);
    charge({ [`${name}_type_cost_per_byte`]: type.nodes });
    const typed = structType(context, call, type);
    charge({ [`${name}_type_tag_cost_per_byte`]: innerTagSize(typed.tag) });
    const { lookup, value } = context.objects.childExistsWithType(parent, id, typed);
    chargeLookup(lookup);
    return [value];
  };

  return nativesOf('0x2::dynamic_field', {
    hash_type_and_key: hashTypeAndKey,
    add_child_object: addChild,
    borrow_child_object: borrowChild,
    borrow_child_object_mut: borrowChild,
    remove_child_object: removeChild,
    has_child_object: hasChild,
    has_child_object_with_ty: hasChildWithType,
  });
}

/** @throws MoveError an abort where the key's type has no layout */
function encodedKey({ loader }: NativeCall, key: Value, type: Type): Uint8Array {
  try {
    return loader.codec.encode(key, type);
  } catch (error) {
    if (error instanceof MoveError) throw aborted(BCS_SERIALIZATION_FAILURE);
    throw error;
  }
}
