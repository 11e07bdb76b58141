import type { Type } from '../../../core/loader';
import { MoveError, type NativeCall, nativesOf } from '../../../core/runtime';
import { asBytes, asInteger, illTyped, type Value } from '../../../core/values';
import { pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { layoutOf } from '../layout';
import { limitedTypeTag } from '../type-tag';
import { encodeValue, typeArgument } from '../values';

/** The module that called 0x1::event::emit must be the one that the event's type is from. */
function requireOwnEvent(type: Type, stack: NativeCall['stack']): void {
  const frame = stack.at(-2);
  const owner = frame?.instance.definition.owner.id?.key;
  if (owner === undefined)
    throw new MoveError('UNKNOWN_INVARIANT_VIOLATION_ERROR', {
      reason: 'Scripts cannot emit events',
    });
  if (type.kind !== 'datatype' || type.datatype.module.key !== owner)
    throw new MoveError('INTERNAL_TYPE_ERROR');
}

export const eventNatives = (context: NativeContext) => {
  const { basePlus } = pricesOf(context, 'aptos_framework');
  const charge = (value: Value | undefined): Value => {
    if (value === undefined) throw illTyped('emits no value');
    basePlus(
      'event.write_to_event_store.base',
      'event.write_to_event_store.per_abstract_memory_unit',
      context.gas.valueSize(value),
    );
    return value;
  };
  return nativesOf('0x1::event', {
    write_to_event_store: ({ args: [guid, sequence, message], typeArguments, loader }) => {
      const value = charge(message);
      const type = typeArgument(typeArguments);
      limitedTypeTag(type);
      layoutOf(context, loader.types, type);
      const data = encodeValue(loader, value, type);
      context.events.emitV1(asBytes(guid).slice(), BigInt(asInteger(sequence)), type, data);
      return [];
    },
    write_module_event_to_store: ({ args: [message], typeArguments, loader, stack }) => {
      const value = charge(message);
      const type = typeArgument(typeArguments);
      limitedTypeTag(type);
      requireOwnEvent(type, stack);
      layoutOf(context, loader.types, type);
      context.events.emitV2(type, encodeValue(loader, value, type));
      return [];
    },
  });
};
