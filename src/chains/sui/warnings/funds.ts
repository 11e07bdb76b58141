import type { Change, Warning } from '../../../vm-preview/model/preview';
import { amountText } from '../../amount';
import { isSpecial, SUI_TYPE } from '../address';
import { capabilityOf, leaving } from './authority';
import { evidence, type WarningCheck, type WarningContext } from './context';

/** In percent of what the user has. */
const MOST = 80n;

interface Total {
  before: bigint;
  after: bigint;
}

/** All of the user's accounts together: what moves between them is no loss. */
function ownTotals({ deltas, extras, mine }: WarningContext): Map<string, Total> {
  const totals = new Map<string, Total>();
  for (const { after, before, coinType, owner } of deltas) {
    if (!mine.has(owner)) continue;
    const known = extras.balance(owner, coinType)?.total;
    const start = known === undefined || known < before ? before : known;
    const total = totals.get(coinType) ?? { before: 0n, after: 0n };
    total.before += start;
    total.after += start + after - before;
    totals.set(coinType, total);
  }
  return totals;
}

export const mostLeaves: WarningCheck = (context) =>
  [...ownTotals(context)].flatMap(([coinType, { after, before }]): Warning[] => {
    const lost = before - after;
    if (before === 0n || lost * 100n < before * MOST) return [];
    const asset = context.coins.asset(coinType);
    const isNative = coinType === SUI_TYPE;
    const facts = [
      evidence('before', amountText(before, asset)),
      evidence('after', amountText(after, asset)),
      ...(isNative ? [] : [evidence('coin', coinType)]),
    ];
    if (!isNative && after === 0n) {
      const text = `All of a coin that you hold would leave your account: ${amountText(before, asset)}.`;
      return [{ code: 'all-of-token-leaves', severity: 'high', text, evidence: facts }];
    }
    const code = isNative ? 'most-of-coin-leaves' : 'most-of-token-leaves';
    const text = `${(lost * 100n) / before} % of your ${asset.symbol ?? 'coins'} would leave your account.`;
    return [{ code, severity: 'high', text, evidence: facts }];
  });

/** An object of the user's goes to somebody else, to everybody, or ends. */
export const objectLeaves: WarningCheck = ({ effects, mine }) =>
  leaving(effects.own, mine).flatMap(({ action, address, after, item, state }): Warning[] => {
    if (capabilityOf(item.type) !== undefined && action !== 'destroyed') return [];
    const facts = [
      evidence('object', address),
      ...(item.untrustedName === undefined ? [] : [evidence('name', item.untrustedName)]),
      ...(item.type === undefined ? [] : [evidence('type', item.type)]),
      ...(after === null ? [] : [evidence('new owner', after)]),
    ];
    const [code, text] = leavingWords(action, state);
    return [{ code, severity: 'high', text, evidence: facts }];
  });

function leavingWords(
  action: Extract<Change, { kind: 'object' }>['action'],
  state: 'shared' | 'frozen' | undefined,
): readonly [code: string, text: string] {
  if (state === 'shared') {
    return [
      'object-shared',
      'An object of yours would be shared: anybody could use it from then on.',
    ];
  }
  if (state === 'frozen') {
    return ['object-frozen', 'An object of yours would be frozen: you could never move it again.'];
  }
  switch (action) {
    case 'destroyed':
      return ['object-destroyed', 'An object of yours would be destroyed.'];
    case 'wrapped':
      return ['object-wrapped', 'An object of yours would go into another object.'];
    default:
      return ['object-leaves', 'An object of yours would get another owner.'];
  }
}

/** What goes to an address that nobody has a key of, or that nobody ever used. */
export const lostDestination: WarningCheck = ({ effects, extras, mine, verdict }) => {
  if (verdict.kind !== 'success' || mine.size === 0) return [];
  const recipients = new Set(
    [...effects.own, ...effects.others].flatMap((change): string[] => {
      if (change.kind === 'balance' && !change.delta.startsWith('-')) return [change.address];
      if (change.kind !== 'object' || change.after === null) return [];
      return change.after === change.before ? [] : [change.after];
    }),
  );
  return [...recipients].flatMap((address): Warning[] => {
    if (mine.has(address)) return [];
    if (isSpecial(address)) {
      return [
        {
          code: 'sent-to-nobody',
          severity: 'high',
          text: 'The recipient is an address of the chain itself, not a wallet: what is sent there is likely lost.',
          evidence: [evidence('recipient', address)],
        },
      ];
    }
    if (extras.isUsed(address) !== false) return [];
    return [
      {
        code: 'recipient-unused',
        severity: 'medium',
        text: 'The recipient’s address was never used before: make sure that it is right.',
        evidence: [evidence('recipient', address)],
      },
    ];
  });
};
