/**
 * 0x2::accumulator and 0x2::funds_accumulator: balances that are kept outside of objects (sui-move-natives,
 * accumulator.rs and funds_accumulator.rs).
 */
import { CannotPreview } from '../../../../errors';
import { aborted, type Native, type NativeRegistry, nativesOf } from '../../../core/runtime';
import type { TypeTag } from '../../../core/types';
import { asAddress, asStruct, integer, Struct } from '../../../core/values';
import type { AccumulatorEvent } from '../../object-runtime';
import { charger, optionalCharger } from '../charge';
import type { SuiNativeContext } from '../context';
import { asU64, typeArgument } from '../values';

const OVERFLOW = 0n;
const ADDRESS_BALANCE_NOT_ENABLED = 1n;
const TYPE_TOO_LARGE = 4n;
const U64_MAX = (1n << 64n) - 1n;

export function accumulatorNatives(context: SuiNativeContext): NativeRegistry {
  const charge = charger(context);
  const chargeSet = optionalCharger(context);
  const { objects, protocol } = context;

  /** Had the price of an event at first. */
  function chargeEmit(): void {
    const own = 'accumulator_emit_cost_base';
    charge({ [protocol.number(own) === undefined ? 'event_emit_cost_base' : own]: 1 });
  }

  function emit(
    call: Parameters<Native>[0],
    type: TypeTag,
    action: AccumulatorEvent['action'],
    amount: bigint,
  ): void {
    objects.emitAccumulatorEvent({
      accumulatorId: asAddress(call.args[0]).hex,
      action,
      target: asAddress(call.args[1]),
      type,
      value: { kind: 'amount', amount },
    });
  }

  const definingType = (call: Parameters<Native>[0]): TypeTag =>
    context.types.definingTag(typeArgument(call), call.loader);

  const emitAs =
    (action: AccumulatorEvent['action']): Native =>
    (call) => {
      chargeEmit();
      emit(call, definingType(call), action, asU64(call.args[2]));
      return [];
    };

  /** `check_accumulator_type_bounds` */
  function requireSmallType(type: TypeTag): void {
    const most = protocol.number('max_accumulator_type_nodes');
    if (most !== undefined && BigInt(typeNodes(type)) > most) throw aborted(TYPE_TOO_LARGE);
  }

  const addFunds: Native = (call) => {
    charge({ event_emit_cost_base: 1 });
    const type = definingType(call);
    if (!protocol.feature('enable_accumulators')) throw aborted(ADDRESS_BALANCE_NOT_ENABLED);
    requireSmallType(type);
    // `Balance { value }`: there is no other kind of fund.
    emit(call, type, 'merge', asU64(asStruct(call.args[2]).fields[0]));
    return [];
  };

  const withdrawFunds: Native = (call) => {
    charge({ event_emit_cost_base: 1 });
    const type = definingType(call);
    const amount = asU64(call.args[2]);
    if (amount > U64_MAX) throw aborted(OVERFLOW);
    requireSmallType(type);
    emit(call, type, 'split', amount);
    return [new Struct([integer(amount)])];
  };

  const reserveObjectFunds: Native = (call) => {
    // Before it is checked after the run, by the adapter.
    if (!protocol.feature('check_object_funds_withdraw_in_execution')) return [];
    chargeSet({ reserve_object_funds_for_withdrawal_cost_base: 1 });
    const type = definingType(call);
    const [owner, limit] = [asAddress(call.args[0]), asU64(call.args[1])];
    if (objects.accumulators.needsSettled(owner, type, limit))
      chargeSet({ reserve_object_funds_for_withdrawal_cold_read_cost: 1 });
    const has = objects.accumulators.reserve(owner, type, limit);
    if (has === 'insufficient')
      throw new CannotPreview('sui-object-funds', 'a withdrawal of more than an object has');
    if (has === 'overflow') throw aborted(OVERFLOW);
    return [];
  };

  return new Map([
    ...nativesOf('0x2::accumulator', {
      emit_deposit_event: emitAs('merge'),
      emit_withdraw_event: emitAs('split'),
    }),
    ...nativesOf('0x2::funds_accumulator', {
      add_to_accumulator_address: addFunds,
      withdraw_from_accumulator_address: withdrawFunds,
      reserve_object_funds_for_withdrawal: reserveObjectFunds,
    }),
  ]);
}

function typeNodes(tag: TypeTag): number {
  if (tag.kind === 'vector') return typeNodes(tag.element) + 1;
  if (tag.kind !== 'struct') return 1;
  return tag.typeArguments.reduce((sum, argument) => sum + typeNodes(argument), 1);
}
