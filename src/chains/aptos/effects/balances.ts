/**
 * Balances by owner and asset, whatever they are kept in: a coin store, a fungible store, or several.
 * What only moves from one form to the other is no change.
 */
import type { Change } from '../../../vm-preview/model/preview';
import { addressAt, bigAt, boolAt, type MoveJson } from '../decode/json';
import { coinOf } from './assets';
import { type EffectContext, type EffectReader, ownersOf } from './context';
import { isReadable, type ResourceView } from './view';

const FUNGIBLE_STORE = '0x1::fungible_asset::FungibleStore';
const CONCURRENT_BALANCE = '0x1::fungible_asset::ConcurrentFungibleBalance';

/** Something that holds an asset, at one moment. */
export interface Holding {
  /** The account or object that it is in. */
  readonly store: string;
  readonly owner: string;
  /** Of the metadata object. */
  readonly asset: string;
  readonly amount: bigint;
  readonly frozen: boolean;
}

export interface StoreView {
  readonly store: string;
  readonly before: Holding | null;
  readonly after: Holding | null;
}

/** All stores that the run changed. */
export function storesOf(context: EffectContext): StoreView[] {
  return context.views.resources.flatMap((view): StoreView[] => {
    if (!isReadable(view)) return [];
    const coin = coinOf(view.tag, 'coin', 'CoinStore');
    if (coin !== undefined) {
      const asset = context.assets.idOfCoin(coin);
      const holding = (json: MoveJson | null | undefined): Holding | null => {
        const amount = bigAt(json, 'coin.value');
        if (amount === undefined) return null;
        const { address } = view;
        const frozen = boolAt(json, 'frozen') ?? false;
        return { store: address, owner: address, asset, amount, frozen };
      };
      return [{ store: view.address, before: holding(view.before), after: holding(view.after) }];
    }
    return view.type === FUNGIBLE_STORE ? [fungibleStore(view, context)] : [];
  });
}

function fungibleStore(view: ResourceView, context: EffectContext): StoreView {
  const { address } = view;
  const owners = ownersOf(context, address);
  const concurrent = context.at(address).find(({ type }) => type === CONCURRENT_BALANCE);
  const holding = (when: 'before' | 'after'): Holding | null => {
    const json = view[when];
    const asset = addressAt(json, 'metadata.inner');
    const own = bigAt(json, 'balance');
    if (asset === undefined || own === undefined) return null;
    const more = bigAt(concurrent?.[when], 'balance.value') ?? 0n;
    const owner = owners?.[when] ?? address;
    return {
      store: address,
      owner,
      asset,
      amount: own + more,
      frozen: boolAt(json, 'frozen') ?? false,
    };
  };
  return { store: address, before: holding('before'), after: holding('after') };
}

interface Total {
  readonly owner: string;
  readonly asset: string;
  readonly stores: Set<string>;
  before: bigint;
  after: bigint;
}

/** What each owner has of each asset in the stores that the run changed. */
export function totalsOf(stores: readonly StoreView[]): Total[] {
  const totals = new Map<string, Total>();
  const add = (holding: Holding | null, when: 'before' | 'after') => {
    if (holding === null) return;
    const { amount, asset, owner, store } = holding;
    const key = `${owner} ${asset}`;
    const total = totals.get(key) ?? { owner, asset, stores: new Set(), before: 0n, after: 0n };
    total[when] += amount;
    total.stores.add(store);
    totals.set(key, total);
  };
  for (const { after, before } of stores) {
    add(before, 'before');
    add(after, 'after');
  }
  return [...totals.values()];
}

export const balanceEffects: EffectReader = (context) => {
  const stores = storesOf(context);
  const changes = totalsOf(stores).flatMap(
    ({ after, asset, before, owner, stores: held }): Change[] => {
      if (before === after) return [];
      const [only, ...others] = held;
      const address = only === undefined || others.length > 0 ? owner : only;
      return [
        {
          kind: 'balance',
          address,
          ...(address === owner ? {} : { owner }),
          asset: context.assets.asset(asset),
          before: before.toString(),
          after: after.toString(),
          delta: (after - before).toString(),
        },
      ];
    },
  );
  return [...changes, ...stores.flatMap((store) => storeChanges(store, context))];
};

/** Stores that are opened, closed, frozen, thawed or handed over. */
function storeChanges({ after, before, store }: StoreView, context: EffectContext): Change[] {
  const holding = after ?? before;
  if (holding === null) return [];
  const { asset: id, owner } = holding;
  const base = {
    address: store,
    ...(owner === store ? {} : { owner }),
    asset: context.assets.asset(id),
  };
  const changes: Change[] = [];
  if (before === null) changes.push({ kind: 'opened', ...base, what: 'token-account' });
  if (after === null) changes.push({ kind: 'closed', ...base, what: 'token-account' });
  if (before !== null && after !== null && before.owner !== after.owner) {
    changes.push({
      kind: 'owner',
      address: store,
      role: 'holder',
      before: before.owner,
      after: after.owner,
    });
  }
  if (after !== null && after.frozen !== (before?.frozen ?? false)) {
    changes.push({ kind: after.frozen ? 'frozen' : 'thawed', ...base });
  }
  return changes;
}
