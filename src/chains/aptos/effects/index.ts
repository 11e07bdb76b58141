/**
 * What an outcome means: every value that differs, told as changes. The user's own come first. Owners and
 * the meaning of values are compared, whatever form an asset has.
 */
import type { Change } from '../../../vm-preview/model/preview';
import { abstractionEffects, accountEffects, multisigEffects } from './account';
import type { AssetBook } from './assets';
import { balanceEffects } from './balances';
import type { EffectContext, EffectReader, EventView } from './context';
import { nameEffects } from './names';
import { collectibleEffects, objectEffects } from './objects';
import { codeEffects, resourceEffects, supplyEffects } from './resources';
import { stakeEffects } from './stake';
import type { ChangeViews, ResourceView } from './view';

/** In the order in which changes are told. */
const READERS: readonly EffectReader[] = [
  accountEffects,
  abstractionEffects,
  multisigEffects,
  balanceEffects,
  objectEffects,
  collectibleEffects,
  stakeEffects,
  nameEffects,
  codeEffects,
  supplyEffects,
  resourceEffects,
];

export interface Effects {
  /** Of the wallets given as the user's. */
  readonly own: readonly Change[];
  readonly others: readonly Change[];
}

export function effectContext(
  views: ChangeViews,
  events: readonly EventView[],
  assets: AssetBook,
  find: EffectContext['find'],
): EffectContext {
  const byAddress = new Map<string, ResourceView[]>();
  for (const view of views.resources) {
    const known = byAddress.get(view.address);
    if (known === undefined) byAddress.set(view.address, [view]);
    else known.push(view);
  }
  return { views, events, assets, find, at: (address) => byAddress.get(address) ?? [] };
}

/** @param mine - the user's addresses, of 64 digits; changes of what belongs to them come first */
export function effectsOf(context: EffectContext, mine: ReadonlySet<string>): Effects {
  const own: Change[] = [];
  const others: Change[] = [];
  for (const read of READERS) {
    for (const change of read(context)) (isMine(change, mine) ? own : others).push(change);
  }
  return { own, others };
}

/** Whether it touches what is or was the user's. */
export function isMine(change: Change, mine: ReadonlySet<string>): boolean {
  const parties = [change.address, change.owner];
  if (change.kind === 'object' || change.kind === 'owner')
    parties.push(change.before ?? undefined, change.after ?? undefined);
  if (change.kind === 'authority' && change.role === 'multisig-owner') {
    parties.push(change.before ?? undefined, change.after ?? undefined);
  }
  return parties.some((party) => party !== undefined && mine.has(party));
}
