/** What a transaction may take from balances of addresses that are in no coin. */
import {
  type ObjectRef,
  type ProgrammableTransaction,
  parseAddressBalance,
  parseCoinReservation,
} from '../../vm-preview/move/sui/data';
import type { SuiObject } from '../../vm-preview/move/sui/state';
import { fullAddress, SUI_TYPE, typeText } from './address';
import type { ParsedSuiTransaction } from './transaction';

/** What is set aside of a balance before anything runs; no more is taken. */
export interface Reservation {
  /** Whose balance it is, 64 digits. */
  readonly owner: string;
  /** Undefined for one that looks like a coin and whose balance is not known. */
  readonly coinType: string | undefined;
  readonly amount: bigint;
}

/** Objects that keep balances, by their ids. */
export type BalanceObjects = (id: Uint8Array) => SuiObject | undefined;

/** The currency of a reference that looks like a coin and reserves a balance. */
export function reservedType(
  ref: ObjectRef,
  chain: Uint8Array,
  objects: BalanceObjects,
): string | undefined {
  const coin = parseCoinReservation(ref, chain);
  const object = coin && objects(coin.field);
  const balance = object && parseAddressBalance(object);
  return balance && typeText(balance.currency);
}

function coinRefs({ inputs }: ProgrammableTransaction): ObjectRef[] {
  return inputs.flatMap((input) =>
    input.kind === 'object' && input.object.kind === 'immOrOwned' ? [input.object.ref] : [],
  );
}

/**
 * By commands; without what is set aside for gas.
 *
 * @param chain - digest of the genesis checkpoint
 */
export function reservationsOf(
  { data, programmable }: ParsedSuiTransaction,
  chain: Uint8Array,
  objects: BalanceObjects,
): Reservation[] {
  const sender = fullAddress(data.sender);
  const withdrawn = programmable.inputs.flatMap((input): Reservation[] => {
    if (input.kind !== 'fundsWithdrawal') return [];
    const { currency, from, maxAmount } = input.withdrawal;
    const owner =
      from.kind === 'sender' ? data.sender : from.kind === 'sponsor' ? data.gas.owner : from.funder;
    return [{ owner: fullAddress(owner), coinType: typeText(currency), amount: maxAmount }];
  });
  const named = coinRefs(programmable).flatMap((ref): Reservation[] => {
    const coin = parseCoinReservation(ref, chain);
    if (coin === undefined) return [];
    return [{ owner: sender, coinType: reservedType(ref, chain, objects), amount: coin.amount }];
  });
  return [...withdrawn, ...named];
}

/** For gas alone. */
export function gasReservation({ data }: ParsedSuiTransaction, chain: Uint8Array): Reservation[] {
  const { budget, owner, payment } = data.gas;
  const amounts =
    payment.length === 0
      ? [budget]
      : payment.flatMap((ref) => parseCoinReservation(ref, chain)?.amount ?? []);
  const amount = amounts.reduce((sum, one) => sum + one, 0n);
  return amount === 0n ? [] : [{ owner: fullAddress(owner), coinType: SUI_TYPE, amount }];
}
