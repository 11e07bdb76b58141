import type { Warning } from '../../../vm-preview/model/preview';
import { amountText } from '../../amount';
import { APT_METADATA, isSpecial } from '../address';
import { totalsOf } from '../effects/balances';
import { evidence, type WarningCheck, type WarningContext } from './context';

/** In percent of what the user has in the stores that change. */
const MOST = 80n;
/** `object::burn` and what people burn to. */
const BURN = `0x${'f'.repeat(64)}`;

interface Total {
  before: bigint;
  after: bigint;
}

/** All of the user's accounts together: what moves between them is no loss. */
function ownTotals({ mine, stores }: WarningContext): Map<string, Total> {
  const totals = new Map<string, Total>();
  for (const { after, asset, before, owner } of totalsOf(stores)) {
    if (!mine.has(owner)) continue;
    const total = totals.get(asset) ?? { before: 0n, after: 0n };
    total.before += before;
    total.after += after;
    totals.set(asset, total);
  }
  return totals;
}

export const mostLeaves: WarningCheck = (context) =>
  [...ownTotals(context)].flatMap(([id, { after, before }]): Warning[] => {
    const lost = before - after;
    if (before === 0n || lost * 100n < before * MOST) return [];
    const asset = context.assets.asset(id);
    const isCoin = id === APT_METADATA;
    const facts = [
      evidence('before', amountText(before, asset)),
      evidence('after', amountText(after, asset)),
      ...(asset.id === undefined ? [] : [evidence('token', asset.id)]),
    ];
    if (!isCoin && after === 0n) {
      const text = `All of a token that you hold would leave your accounts: ${amountText(before, asset)}.`;
      return [{ code: 'all-of-token-leaves', severity: 'high', text, evidence: facts }];
    }
    const text = `${(lost * 100n) / before} % of your ${asset.symbol ?? (isCoin ? 'coins' : 'tokens')} would leave your accounts.`;
    const code = isCoin ? 'most-of-coin-leaves' : 'most-of-token-leaves';
    return [{ code, severity: 'high', text, evidence: facts }];
  });

/** An object or NFT of the user's goes to somebody else, or ends. */
export const objectLeaves: WarningCheck = ({ effects, mine }) =>
  effects.own.flatMap((change): Warning[] => {
    if (change.kind === 'collectible' && change.delta.startsWith('-') && mine.has(change.address)) {
      const { item } = change;
      return [
        {
          code: 'collectible-leaves',
          severity: 'high',
          text: 'A collectible of yours would leave your account.',
          evidence: [
            evidence('name', item.untrustedName ?? ''),
            evidence('collection', item.untrustedCollection ?? ''),
          ],
        },
      ];
    }
    if (change.kind !== 'object' || change.before === null || !mine.has(change.before)) return [];
    const { address, after, item } = change;
    if (after !== null && mine.has(after)) return [];
    const isBurnt = after === null || after === BURN;
    return [
      {
        code: isBurnt ? 'object-destroyed' : 'object-leaves',
        severity: 'high',
        text: isBurnt
          ? 'An object of yours would be destroyed.'
          : 'An object of yours would get another owner.',
        evidence: [
          evidence('object', address),
          ...(item.untrustedName === undefined ? [] : [evidence('name', item.untrustedName)]),
          ...(item.type === undefined ? [] : [evidence('type', item.type)]),
          evidence('new owner', after ?? 'nobody'),
        ],
      },
    ];
  });

/** What goes to an address that nobody has a key of. */
export const lostDestination: WarningCheck = ({ effects, mine, verdict }) => {
  if (verdict.kind !== 'success' || mine.size === 0) return [];
  return effects.others.flatMap((change): Warning[] => {
    if (change.kind !== 'balance' || change.delta.startsWith('-')) return [];
    const owner = change.owner ?? change.address;
    if (!isSpecial(owner) && owner !== BURN) return [];
    return [
      {
        code: 'sent-to-nobody',
        severity: 'high',
        text: 'The recipient is an address of the chain itself, not a wallet: what is sent there is likely lost.',
        evidence: [
          evidence('recipient', owner),
          evidence('amount', amountText(BigInt(change.delta), change.asset)),
        ],
      },
    ];
  });
};

export const accountFrozen: WarningCheck = ({ effects }) =>
  effects.own.flatMap((change): Warning[] =>
    change.kind !== 'frozen'
      ? []
      : [
          {
            code: 'account-frozen',
            severity: 'high',
            text: 'Your tokens would be frozen: you could not move them.',
            evidence: [evidence('store', change.address)],
          },
        ],
  );
