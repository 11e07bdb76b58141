import type { Warning } from '../../../vm-preview/model/preview';
import { amountText } from '../../amount';
import { isSpecial } from '../address';
import type { Reservation } from '../balances';
import { calledPackages } from '../transaction';
import { evidence, type WarningCheck, type WarningContext } from './context';

/** By the owner and coin that it is of. */
function totals(reservations: readonly Reservation[]): Map<string, Reservation> {
  const found = new Map<string, Reservation>();
  for (const one of reservations) {
    const key = `${one.owner} ${one.coinType ?? ''}`;
    const amount = (found.get(key)?.amount ?? 0n) + one.amount;
    found.set(key, { ...one, amount });
  }
  return found;
}

/** What a run takes of a balance, as far as it takes any. */
function takenOf({ deltas }: WarningContext, { coinType, owner }: Reservation): bigint {
  const delta = deltas.find((one) => one.owner === owner && one.coinType === coinType);
  const change = delta?.inBalance ?? 0n;
  return change < 0n ? -change : 0n;
}

/**
 * A program is handed more of a balance than it takes in this run: in another it may take all of it. The
 * chain's own functions take what they are told.
 */
export const mayWithdrawMore: WarningCheck = (context) => {
  const { coins, mine, parsed, reservations } = context;
  const called = calledPackages(parsed.programmable).filter((id) => !isSpecial(id));
  if (called.length === 0) return [];
  return [...totals(reservations).values()].flatMap((one): Warning[] => {
    if (!mine.has(one.owner)) return [];
    const taken = takenOf(context, one);
    if (taken >= one.amount) return [];
    const { amount, coinType } = one;
    const asset = coinType === undefined ? undefined : coins.asset(coinType);
    const say = (value: bigint): string =>
      asset === undefined ? value.toString() : amountText(value, asset);
    return [
      {
        code: 'may-withdraw-more',
        severity: 'medium',
        text: `A program may take up to ${say(amount)} out of your account’s balance; in this run it takes ${say(taken)}.`,
        evidence: [
          evidence('at most', say(amount)),
          evidence('in this run', say(taken)),
          ...(coinType === undefined ? [] : [evidence('coin', coinType)]),
          ...called.map((id) => evidence('program', id)),
        ],
      },
    ];
  });
};
