/** What an outcome means: all that differs, told as changes. The user's own come first. */
import type { Change } from '../../../vm-preview/model/preview';
import type { SuiOutcome } from '../../../vm-preview/move/sui/types';
import type { Extras } from '../extras';
import { balanceChanges, type CoinBook, coinDeltas } from './coins';
import { type ObjectNames, objectChanges, packageChanges } from './objects';

export interface Effects {
  /** Of the wallets given as the user's. */
  readonly own: readonly Change[];
  readonly others: readonly Change[];
}

export interface EffectContext {
  readonly outcome: SuiOutcome;
  readonly coins: CoinBook;
  readonly names: ObjectNames;
  readonly extras: Extras;
  /** Who signs. */
  readonly sender: string;
}

/** @param mine - the user's addresses, of 64 digits; changes of what belongs to them come first */
export function effectsOf(context: EffectContext, mine: ReadonlySet<string>): Effects {
  const { coins, extras, names, outcome, sender } = context;
  const changes = [
    ...balanceChanges(coinDeltas(outcome), coins, extras),
    ...objectChanges(outcome.changes, names),
    ...packageChanges(outcome.changes, sender),
  ];
  const own = changes.filter((change) => isMine(change, mine));
  return { own, others: changes.filter((change) => !own.includes(change)) };
}

/** Whether it touches what is or was the user's. */
export function isMine(change: Change, mine: ReadonlySet<string>): boolean {
  const parties = [change.address, change.owner];
  if (change.kind === 'object') parties.push(change.before ?? undefined, change.after ?? undefined);
  return parties.some((party) => party !== undefined && mine.has(party));
}
