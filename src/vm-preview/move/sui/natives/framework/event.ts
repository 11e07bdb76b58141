/** 0x2::event (sui-move-natives, event.rs). */
import type { Type } from '../../../core/loader';
import { aborted, type NativeCall, type NativeRegistry, nativesOf } from '../../../core/runtime';
import { asAddress, illTyped, type Value } from '../../../core/values';
import { limitExceeded, requiredNumber } from '../../object-runtime';
import { charger } from '../charge';
import type { SuiNativeContext } from '../context';
import { HOST_COST } from '../host-cost';
import { innerTagSize, pricedSize } from '../sizes';
import { structType, typeArgument } from '../values';

const NOT_SUPPORTED = 0n;

export function eventNatives(context: SuiNativeContext): NativeRegistry {
  const charge = charger(context);
  const { objects, protocol } = context;

  /** @throws MoveError MEMORY_LIMIT_EXCEEDED */
  function countSize(size: bigint): void {
    const most = requiredNumber(protocol, 'max_event_emit_size');
    if (size > most)
      throw limitExceeded(
        'eventSize',
        `Emitting event of size ${size} bytes. Limit is ${most} bytes.`,
      );
    const mostTotal = protocol.number('max_event_emit_size_total');
    if (mostTotal === undefined) return;
    const total = objects.eventsSize + size;
    if (total > mostTotal)
      throw limitExceeded(
        'totalEventSize',
        `Reached total event size of size ${total} bytes. Limit is ${mostTotal} bytes.`,
      );
    objects.eventsSize = total;
  }

  function emit(call: NativeCall, type: Type, event: Value | undefined, isAuthenticated: boolean) {
    if (event === undefined) throw illTyped('leaves out an argument');
    charge({ event_emit_cost_base: 1 });
    const valueSize = pricedSize(context, event, type, call.loader);
    context.host.charge(valueSize * HOST_COST.encodeByte);
    charge({ event_emit_value_size_derivation_cost_per_byte: valueSize });
    const typed = structType(context, call, type);
    const tagSize = innerTagSize(typed.tag);
    charge({ event_emit_tag_size_derivation_cost_per_byte: tagSize });
    if (isAuthenticated) charge({ event_emit_auth_stream_cost: 1 });
    countSize(BigInt(valueSize + tagSize));
    charge({ event_emit_output_cost_per_byte: valueSize + tagSize });
    objects.emit({ ...typed, value: event });
  }

  return nativesOf('0x2::event', {
    emit: (call) => {
      emit(call, typeArgument(call), call.args[0], false);
      return [];
    },
    /** The event goes to a stream too, whose head is an accumulator. */
    emit_authenticated_impl: (call) => {
      if (!protocol.feature('enable_authenticated_event_streams')) throw aborted(NOT_SUPPORTED);
      const [accumulatorId, streamId, event] = call.args;
      const head = context.types.definingTag(typeArgument(call, 0), call.loader);
      emit(call, typeArgument(call, 1), event, true);
      objects.emitAccumulatorEvent({
        accumulatorId: asAddress(accumulatorId).hex,
        action: 'merge',
        target: asAddress(streamId),
        type: head,
        value: { kind: 'event', index: objects.emittedEvents - 1 },
      });
      return [];
    },
  });
}
