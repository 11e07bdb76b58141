/**
 * 0x2::accumulator and 0x2::funds_accumulator: balances that are kept outside of objects (sui-move-natives,
 * accumulator.rs and funds_accumulator.rs).
 */
import { CannotPreview } from '../../../../errors';
import { aborted, type Native, type NativeRegistry, nativesOf } from '../../../core/runtime';
import { asAddress, asStruct, integer, Struct } from '../../../core/values';
import type { AccumulatorEvent } from '../../object-runtime';
import { charger } from '../charge';
import type { SuiNativeContext } from '../context';
import { asU64, typeArgument } from '../values';

const OVERFLOW = 0n;
const U64_MAX = (1n << 64n) - 1n;

export function accumulatorNatives(context: SuiNativeContext): NativeRegistry {
  const charge = charger(context);
  const { objects, protocol } = context;

  /** Had the price of an event at first. */
  function chargeEmit(): void {
    const own = 'accumulator_emit_cost_base';
    charge({ [protocol.number(own) === undefined ? 'event_emit_cost_base' : own]: 1 });
  }

  function emit(
    call: Parameters<Native>[0],
    action: AccumulatorEvent['action'],
    amount: bigint,
  ): void {
    objects.emitAccumulatorEvent({
      accumulatorId: asAddress(call.args[0]).hex,
      action,
      target: asAddress(call.args[1]),
      type: context.types.definingTag(typeArgument(call), call.loader),
      value: { kind: 'amount', amount },
    });
  }

  const emitAs =
    (action: AccumulatorEvent['action']): Native =>
    (call) => {
      chargeEmit();
      emit(call, action, asU64(call.args[2]));
      return [];
    };

  const addFunds: Native = (call) => {
    chargeEmit();
    // `Balance { value }`: there is no other kind of fund.
    emit(call, 'merge', asU64(asStruct(call.args[2]).fields[0]));
    return [];
  };

  const withdrawFunds: Native = (call) => {
    chargeEmit();
    const amount = asU64(call.args[2]);
    if (amount > U64_MAX) throw aborted(OVERFLOW);
    if (protocol.feature('check_object_funds_withdraw_in_execution'))
      throw new CannotPreview('sui-object-funds', 'a withdrawal from the balance of an object');
    emit(call, 'split', amount);
    return [new Struct([integer(amount)])];
  };

  return new Map([
    ...nativesOf('0x2::accumulator', {
      emit_deposit_event: emitAs('merge'),
      emit_withdraw_event: emitAs('split'),
    }),
    ...nativesOf('0x2::funds_accumulator', {
      add_to_accumulator_address: addFunds,
      withdraw_from_accumulator_address: withdrawFunds,
    }),
  ]);
}
