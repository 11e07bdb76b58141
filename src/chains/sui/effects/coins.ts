/** Coins as the preview names them, and what each owner gains or loses of them. */
import type { Asset, Change } from '../../../vm-preview/model/preview';
import type { TypeTag } from '../../../vm-preview/move/core/types';
import { balanceCurrency, coinCurrency } from '../../../vm-preview/move/sui/data';
import type { SuiObject } from '../../../vm-preview/move/sui/state';
import type { SuiOutcome } from '../../../vm-preview/move/sui/types';
import type { TokenInfo } from '../../hints';
import { fullAddress, SUI_TYPE, typeText } from '../address';
import type { Extras } from '../extras';
import { holderOf } from './owners';

const MAX_NAME = 120;

export class CoinBook {
  constructor(
    readonly native: Asset,
    private readonly known: { get(type: string): TokenInfo | undefined },
  ) {}

  /** @param type - of the currency, `0x2::sui::SUI` say */
  asset(type: string): Asset {
    if (type === SUI_TYPE) return this.native;
    const info = this.known.get(type);
    if (info === undefined) return { kind: 'token', id: type, decimals: 0, named: 'none' };
    const { decimals, name, symbol } = info;
    return {
      kind: 'token',
      id: type,
      decimals,
      ...(symbol === undefined || symbol === '' ? {} : { symbol: symbol.slice(0, MAX_NAME) }),
      ...(name === undefined || name === '' ? {} : { untrustedName: name.slice(0, MAX_NAME) }),
      named: 'metadata',
    };
  }
}

/** What an owner has of a coin, in the objects and balances that the run touches. */
export interface CoinDelta {
  readonly owner: string;
  readonly coinType: string;
  /** Whether the owner is an address that may be a wallet. */
  readonly isAccount: boolean;
  /** In the coins that were touched. */
  before: bigint;
  after: bigint;
  /** Of what the owner gains or loses, what is in no object. */
  inBalance: bigint;
  readonly objects: Set<string>;
}

/** Currency and amount of an object that is a coin. */
export function coinIn(
  object: SuiObject | null,
): { readonly coinType: string; readonly amount: bigint } | undefined {
  if (object?.data.kind !== 'move') return undefined;
  const { contents, type } = object.data;
  const currency = coinCurrency(type);
  if (currency === undefined || contents.length !== 40) return undefined;
  const view = new DataView(contents.buffer, contents.byteOffset, contents.byteLength);
  return { coinType: typeText(currency), amount: view.getBigUint64(32, true) };
}

/** By owner and coin, in the order in which they are met. */
export function coinDeltas({ accumulators, changes }: SuiOutcome): CoinDelta[] {
  const deltas = new Map<string, CoinDelta>();
  const of = (owner: string, coinType: string, isAccount: boolean): CoinDelta => {
    const key = `${owner} ${coinType}`;
    const known = deltas.get(key);
    if (known !== undefined) return known;
    const amounts = { before: 0n, after: 0n, inBalance: 0n };
    const delta = { owner, coinType, isAccount, ...amounts, objects: new Set<string>() };
    deltas.set(key, delta);
    return delta;
  };
  const add = (object: SuiObject | null, when: 'before' | 'after') => {
    const coin = coinIn(object);
    const owner = holderOf(object);
    if (object === null || coin === undefined || owner === null) return;
    const { kind } = object.owner;
    const delta = of(owner, coin.coinType, kind !== 'object');
    delta[when] += coin.amount;
    delta.objects.add(fullAddress(object.id));
  };
  for (const { after, before } of changes) {
    add(before, 'before');
    add(after, 'after');
  }
  for (const { address, delta, type } of accumulators) {
    const coinType = typeText(currencyOf(type));
    const row = of(fullAddress(address), coinType, true);
    row.inBalance += delta;
    if (delta < 0n) row.before -= delta;
    else row.after += delta;
  }
  return [...deltas.values()];
}

/** Of `0x2::balance::Balance<T>`, which accumulators are named by. */
function currencyOf(type: TypeTag): TypeTag {
  return balanceCurrency(type) ?? type;
}

/** Said only where a balance that is no coin has to do with it. */
function partsOf(
  inCoins: bigint,
  inBalance: bigint,
): Pick<Extract<Change, { kind: 'balance' }>, 'parts'> {
  if (inBalance === 0n) return {};
  const parts = [
    { where: 'coins', delta: inCoins },
    { where: 'balance', delta: inBalance },
  ] as const;
  return {
    parts: parts.flatMap(({ where, delta }) =>
      delta === 0n ? [] : [{ where, delta: delta.toString() }],
    ),
  };
}

export function balanceChanges(
  deltas: readonly CoinDelta[],
  coins: CoinBook,
  extras: Extras,
): Change[] {
  return deltas.flatMap(({ after, before, coinType, inBalance, owner }): Change[] => {
    const delta = after - before;
    if (delta === 0n && inBalance === 0n) return [];
    const total = extras.balance(owner, coinType)?.total;
    // All that there is of it, where the node says so, and not less than what was seen.
    const start = total === undefined || total < before ? before : total;
    return [
      {
        kind: 'balance',
        address: owner,
        asset: coins.asset(coinType),
        before: start.toString(),
        after: (start + delta).toString(),
        delta: delta.toString(),
        ...partsOf(delta - inBalance, inBalance),
      },
    ];
  });
}
