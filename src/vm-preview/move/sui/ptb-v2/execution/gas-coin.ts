/**
 * The coin that pays, which is made for the run where a balance pays, and where it went (execution/context.rs,
 * `finish_gas_coin`).
 */
import { Address, SlotReference } from '../../../core/values';
import { balanceChange } from '../../address-balance';
import { ExecutionError, invariantViolation } from '../../execution/error';
import type { GasCharger } from '../../execution/gas-charger';
import type { ValueType } from '../../execution/value';
import { type Id, idOf } from '../../linkage';
import type { AccumulatorEvent, RuntimeResults } from '../../object-runtime';
import type { ProtocolConfig } from '../../protocol';
import type { Operation } from '../typing/ast';
import { balanceOf, coinValue, setBalance } from './coin-value';
import type { InputObjects, LoadedInput } from './input-objects';
import type { Machine } from './machine';

/** Where commands sent the coin that pays. */
export type GasCoinTransfer =
  | { readonly kind: 'object' }
  | {
      readonly kind: 'funds';
      /** 32 bytes. */
      readonly recipient: Uint8Array;
    };

/** What is paid with, as commands see it; undefined where there is no coin for them. */
export function payingCoin({ paid }: GasCharger, protocol: ProtocolConfig): GasCharger['paid'] {
  const isUnseen =
    paid?.location.kind === 'balance' && !protocol.feature('gasless_transaction_drop_safety');
  return isUnseen ? undefined : paid;
}

/** @param freshId - names a coin that is made */
export function loadGasCoin(
  charger: GasCharger,
  protocol: ProtocolConfig,
  inputs: InputObjects,
  { type, freshId }: { readonly type: ValueType; readonly freshId: () => Id },
): (LoadedInput & { readonly isMade: boolean }) | undefined {
  const paid = payingCoin(charger, protocol);
  if (paid === undefined) return undefined;
  const { amount, location } = paid;
  if (location.kind === 'coin')
    return { ...inputs.load({ id: idOf(location.id), isMutable: true, type }), isMade: false };
  const id = freshId();
  const owner = { kind: 'address', address: location.owner } as const;
  return { id, isMutable: true, type, owner, value: coinValue(id, amount), isMade: true };
}

/** Of `0x2::coin`, which may take the coin that pays. */
export function isCoinSendFunds(operation: Operation): boolean {
  if (operation.kind !== 'moveCall') return false;
  const { called, instance } = operation.function;
  return (
    called.originalId === Address.parse('0x2').hex &&
    instance.module?.name === 'coin' &&
    instance.name === 'send_funds'
  );
}

/** Whether a command takes the coin that pays, among the arguments that it may take it as. */
export function takesGasCoin(operation: Operation): boolean {
  const args =
    operation.kind === 'transferObjects'
      ? operation.objects
      : operation.kind === 'moveCall' && isCoinSendFunds(operation)
        ? operation.args.slice(0, 1)
        : [];
  return args.some(
    ({ form }) =>
      form.kind === 'use' && form.usage.kind === 'move' && form.usage.location.kind === 'gasCoin',
  );
}

const MAX_AMOUNT = (1n << 64n) - 1n;

/**
 * Gives the budget back that was kept from commands, to where the coin is now, and has gas taken from there.
 * What is left of a coin that was made for the run is settled with the balance that it was made of.
 *
 * @throws ExecutionError CoinBalanceOverflow
 */
export function settleGasCoin(machine: Machine, runtime: RuntimeResults): RuntimeResults {
  const { gasCoin, gasCoinTransfer: sent, parts } = machine;
  if (gasCoin === undefined) return runtime;
  const { charger } = parts;
  const { budget } = charger.status;
  const events: AccumulatorEvent[] = [...runtime.accumulatorEvents];
  const change = (owner: Uint8Array, amount: bigint): void => {
    if (amount !== 0n) events.push(suiEvent(owner, amount));
  };
  if (sent?.kind === 'funds') change(sent.recipient, budget);
  else refund(gasCoin.id, budget, runtime);
  if (sent?.kind === 'funds') charger.chargeAt({ kind: 'balance', owner: sent.recipient });
  if (sent?.kind === 'object')
    charger.chargeAt({ kind: 'coin', id: Address.parse(gasCoin.id).bytes });
  const settled = { ...runtime, accumulatorEvents: events };
  const { paid } = charger;
  if (!gasCoin.isMade || paid?.location.kind !== 'balance') return settled;
  const { owner } = paid.location;
  if (sent !== undefined) {
    change(owner, -paid.amount);
    return settled;
  }
  const rest = runtime.writes.get(gasCoin.id);
  if (rest === undefined) throw invariantViolation('the gas coin is still there');
  change(owner, balanceOf(rest.value) - paid.amount);
  const without =
    <T>(id: Id) =>
    (one: T): boolean =>
      one !== id;
  return {
    ...settled,
    writes: new Map([...runtime.writes].filter(([id]) => id !== gasCoin.id)),
    createdIds: new Set([...runtime.createdIds].filter(without(gasCoin.id))),
  };
}

function refund(coin: Id, budget: bigint, { writes }: RuntimeResults): void {
  const write = writes.get(coin);
  if (write === undefined) throw invariantViolation('Gas object cannot be wrapped or destroyed');
  const balance = balanceOf(write.value) + budget;
  if (balance > MAX_AMOUNT)
    throw new ExecutionError(
      { kind: 'CoinBalanceOverflow' },
      'Gas coin too large after returning the max gas budget',
    );
  setBalance(new SlotReference([write.value], 0, undefined), balance);
}

/** @param amount - MIST, signed, not 0 */
function suiEvent(owner: Uint8Array, amount: bigint): AccumulatorEvent {
  const { id, operation, type } = balanceChange(owner, amount);
  return {
    accumulatorId: id,
    action: operation,
    target: Address.fromBytes(owner),
    type,
    value: { kind: 'amount', amount: amount < 0n ? -amount : amount },
  };
}
