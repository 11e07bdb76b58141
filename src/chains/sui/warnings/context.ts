/** What a warning may look at. */
import type { Asset, Verdict, Warning } from '../../../vm-preview/model/preview';
import type { SuiOutcome } from '../../../vm-preview/move/sui/types';
import type { Reservation } from '../balances';
import type { Effects } from '../effects';
import type { CoinBook, CoinDelta } from '../effects/coins';
import type { Extras } from '../extras';
import type { ParsedSuiTransaction } from '../transaction';

/** A package that is called and is none of the chain's own. */
export interface CalledPackage {
  readonly id: string;
  readonly version: bigint | undefined;
  /** The version of it that was called last time, by its id. */
  readonly lastUsed: string | undefined;
}

export interface WarningContext {
  readonly parsed: ParsedSuiTransaction;
  readonly outcome: SuiOutcome;
  readonly verdict: Verdict;
  readonly effects: Effects;
  readonly deltas: readonly CoinDelta[];
  /** What may be taken from balances that are in no coin, without the fee. */
  readonly reservations: readonly Reservation[];
  readonly coins: CoinBook;
  /** That pays fees. */
  readonly coin: Asset;
  readonly extras: Extras;
  /** All of the user's addresses; empty in the playground. */
  readonly mine: ReadonlySet<string>;
  /** The one that signs. */
  readonly account: string | undefined;
  readonly packages: readonly CalledPackage[];
  /** MIST for a gas unit, as the network asks in this epoch. */
  readonly referenceGasPrice: bigint;
  /** The chain's clock, milliseconds since 1970. */
  readonly nowMs: bigint;
}

/** One check: nothing, or what to beware of. */
export type WarningCheck = (context: WarningContext) => readonly Warning[];

export { evidence } from '../../warnings';
