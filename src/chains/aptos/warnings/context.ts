/** What a warning may look at. */
import type { Asset, Verdict, Warning } from '../../../vm-preview/model/preview';
import type { AptosOutcome } from '../../../vm-preview/move/aptos/types';
import type { Effects } from '../effects';
import type { AssetBook } from '../effects/assets';
import type { StoreView } from '../effects/balances';
import type { PackageInfo } from '../package';
import type { ParsedAptosTransaction } from '../transaction';

/** What is known of the package that is called. */
export interface CalledCode extends PackageInfo {
  /** `0x1::coin` */
  readonly module: string;
  /** How often it had been upgraded when it was last used here; absent for one never used. */
  readonly upgradesBefore?: bigint;
  /** When the module first came to its address, where the node says it; microseconds since 1970. */
  readonly createdMicros?: bigint;
}

export interface WarningContext {
  readonly transaction: ParsedAptosTransaction;
  readonly outcome: AptosOutcome;
  readonly verdict: Verdict;
  readonly effects: Effects;
  readonly stores: readonly StoreView[];
  readonly assets: AssetBook;
  readonly coin: Asset;
  /** All of the user's addresses; empty in the playground. */
  readonly mine: ReadonlySet<string>;
  /** The one that signs. */
  readonly account: string | undefined;
  /** Of what is called, where it is none of the chain's own packages. */
  readonly code: CalledCode | undefined;
  /** The module that is called, where it is none of the chain's own. */
  readonly foreignModule: string | undefined;
  /** The chain's clock, microseconds since 1970. */
  readonly nowMicros: bigint;
}

/** One check: nothing, or what to beware of. */
export type WarningCheck = (context: WarningContext) => readonly Warning[];

export { evidence } from '../../warnings';
