/**
 * What an outcome means: every account that differs, told as changes. The user's own come first.
 * Owners and the meaning of data are compared, not balances alone: an account that changes hands moves
 * no lamport.
 */
import type { Change } from '../../../vm-preview/model/preview';
import type { SvmOutcome } from '../../../vm-preview/svm';
import { dataEffects } from './data';
import { existenceEffects, lamportEffects, ownerEffects } from './lamports';
import { lookupTableEffects } from './lookup-table';
import { mintEffects } from './mint';
import { nonceEffects } from './nonce';
import { programEffects } from './program';
import { stakeEffects } from './stake';
import { tokenEffects } from './token';
import { type AccountView, type EffectContext, type EffectReader, meaningOf } from './view';

/** In the order in which one account's changes are told. */
const READERS: readonly EffectReader[] = [
  ownerEffects,
  tokenEffects,
  lamportEffects,
  existenceEffects,
  mintEffects,
  nonceEffects,
  stakeEffects,
  programEffects,
  lookupTableEffects,
  dataEffects,
];

/** The transaction's accounts, each with its meaning before and after. */
export function accountViews(outcome: Pick<SvmOutcome, 'accounts'>): AccountView[] {
  return outcome.accounts.map(({ address, after, before }) => ({
    address: address.toBase58(),
    before,
    after,
    meaningBefore: meaningOf(before),
    meaningAfter: meaningOf(after),
  }));
}

export interface Effects {
  /** Of the wallets given as the user's. */
  readonly own: readonly Change[];
  readonly others: readonly Change[];
}

/**
 * @param mine - the user's addresses; changes of accounts that belong to them come first
 */
export function effectsOf(
  views: readonly AccountView[],
  mine: ReadonlySet<string>,
  context: EffectContext,
): Effects {
  const own: Change[] = [];
  const others: Change[] = [];
  for (const view of views) {
    const isOwn = isMine(view, mine);
    for (const read of READERS) {
      for (const change of read(view, context)) (isOwn ? own : others).push(change);
    }
  }
  return { own, others };
}

/** Whether the account is the user's: their wallet, or one under an authority of theirs. */
export function isMine(view: AccountView, mine: ReadonlySet<string>): boolean {
  if (mine.has(view.address)) return true;
  return authorities(view).some((address) => address !== null && mine.has(address));
}

function authorities(view: AccountView): (string | null)[] {
  return [view.meaningBefore, view.meaningAfter].flatMap((meaning) => [
    meaning.token?.holder ?? null,
    meaning.stake?.staker ?? null,
    meaning.stake?.withdrawer ?? null,
    meaning.nonce?.authority ?? null,
    meaning.table?.authority ?? null,
    ...Object.values(meaning.mint?.authorities ?? {}),
    meaning.program !== undefined && 'authority' in meaning.program
      ? meaning.program.authority
      : null,
  ]);
}
