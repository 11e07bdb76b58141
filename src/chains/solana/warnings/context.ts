/** What a warning may look at. */
import type { DecodedCall, Verdict, Warning } from '../../../vm-preview/model/preview';
import type { ParsedTransaction, SvmOutcome } from '../../../vm-preview/svm';
import type { Mint } from '../accounts/token';
import type { BlockhashState } from '../blockhash';
import type { Effects } from '../effects';
import type { AccountView, EffectContext } from '../effects/view';

export interface WarningContext {
  readonly transaction: ParsedTransaction;
  readonly outcome: SvmOutcome;
  readonly verdict: Verdict;
  readonly views: readonly AccountView[];
  readonly effects: Effects;
  readonly calls: readonly DecodedCall[];
  /** All of the user's addresses; empty in the playground. */
  readonly mine: ReadonlySet<string>;
  /** The one that signs. */
  readonly account: string | undefined;
  readonly blockhash: BlockhashState;
  readonly networkName: string;
  /** Whether the node listed all active features. */
  readonly featuresComplete: boolean;
  readonly assets: EffectContext;
  mintOf(mint: string): Mint | undefined;
}

/** One check: nothing, or what to beware of. */
export type WarningCheck = (context: WarningContext) => readonly Warning[];

export { evidence } from '../../warnings';
