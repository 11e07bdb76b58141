/** How a transaction says that gas is paid (sui-types, transaction.rs; execution_engine.rs `payment_kind`). */
import type { GasData, ObjectRef } from '../data';
import { isCoinReservation, parseCoinReservation } from '../data';
import type { ProtocolConfig } from '../protocol';

export type PaymentMethod =
  | { readonly kind: 'coin'; readonly ref: ObjectRef }
  | {
      readonly kind: 'balance';
      /** 32 bytes. */
      readonly owner: Uint8Array;
      /** MIST that are set aside for it; no more leave the balance. */
      readonly reserved: bigint;
    };

/** Where gas is taken from in the end. */
export type PaymentLocation =
  | { readonly kind: 'coin'; readonly id: Uint8Array }
  | { readonly kind: 'balance'; readonly owner: Uint8Array };

export type Payment =
  /** Nothing is paid. */
  | { readonly kind: 'gasless' }
  /** All are put into the first. */
  | {
      readonly kind: 'methods';
      readonly target: PaymentMethod;
      readonly others: readonly PaymentMethod[];
    };

/** Whether no object pays. */
export const paysFromBalance = ({ payment }: GasData): boolean => payment.length === 0;

export const isGasless = (gas: GasData, protocol: ProtocolConfig): boolean =>
  protocol.feature('enable_gasless') && paysFromBalance(gas) && gas.price === 0n;

export function paymentOf(gas: GasData, protocol: ProtocolConfig, chain: Uint8Array): Payment {
  if (isGasless(gas, protocol)) return { kind: 'gasless' };
  const { owner } = gas;
  const methods = gas.payment.map((ref): PaymentMethod => {
    const reservation = parseCoinReservation(ref, chain);
    return reservation === undefined
      ? { kind: 'coin', ref }
      : { kind: 'balance', owner, reserved: reservation.amount };
  });
  const [target, ...others] = onePerBalance(methods);
  return target === undefined
    ? { kind: 'methods', target: { kind: 'balance', owner, reserved: gas.budget }, others: [] }
    : { kind: 'methods', target, others };
}

/** All reservations of gas are from its payer's balance: they are one, where the first is. */
function onePerBalance(methods: readonly PaymentMethod[]): readonly PaymentMethod[] {
  const first = methods.findIndex(({ kind }) => kind === 'balance');
  let reserved = 0n;
  for (const method of methods) if (method.kind === 'balance') reserved += method.reserved;
  return methods.flatMap((method, i): readonly PaymentMethod[] => {
    if (method.kind === 'coin') return [method];
    return i === first ? [{ ...method, reserved }] : [];
  });
}

/** Objects that pay. */
export const gasCoins = ({ payment }: GasData): readonly ObjectRef[] =>
  payment.filter((ref) => !isCoinReservation(ref));

export function locationOf(method: PaymentMethod): PaymentLocation {
  return method.kind === 'coin'
    ? { kind: 'coin', id: method.ref.id }
    : { kind: 'balance', owner: method.owner };
}
