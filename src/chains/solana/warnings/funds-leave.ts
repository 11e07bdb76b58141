import type { Warning } from '../../../vm-preview/model/preview';
import { amountText } from '../../amount';
import { isMine } from '../effects';
import { evidence, type WarningCheck } from './context';

/** In percent of what the user's accounts of this transaction hold. */
const MOST = 80n;

/** Most of the coin leaves. What moves between the user's own accounts does not count. */
export const mostOfCoinLeaves: WarningCheck = ({ assets, mine, views }) => {
  let before = 0n;
  let after = 0n;
  for (const view of views) {
    if (!isMine(view, mine) || !isHeldBy(view.meaningBefore.token?.holder, mine)) continue;
    before += view.before?.lamports ?? 0n;
    if (isHeldBy(view.meaningAfter.token?.holder, mine)) after += view.after?.lamports ?? 0n;
  }
  const lost = before - after;
  if (before === 0n || lost * 100n < before * MOST) return [];
  return [
    {
      code: 'most-of-coin-leaves',
      severity: 'high',
      text: `${(lost * 100n) / before} % of your ${assets.coin.symbol ?? 'coins'} would leave your accounts.`,
      evidence: [
        evidence('before', amountText(before, assets.coin)),
        evidence('after', amountText(after, assets.coin)),
      ],
    },
  ];
};

/** A token account counts while the user holds it; other accounts have no holder. */
function isHeldBy(holder: string | undefined, mine: ReadonlySet<string>): boolean {
  return holder === undefined || mine.has(holder);
}

/** All of a token leaves. */
export const allOfTokenLeaves: WarningCheck = ({ assets, mine, views }) => {
  const totals = new Map<string, { before: bigint; after: bigint }>();
  for (const { meaningAfter, meaningBefore } of views) {
    const add = (token: typeof meaningBefore.token, when: 'before' | 'after') => {
      if (token === undefined || !mine.has(token.holder)) return;
      const total = totals.get(token.mint) ?? { before: 0n, after: 0n };
      total[when] += token.amount;
      totals.set(token.mint, total);
    };
    add(meaningBefore.token, 'before');
    add(meaningAfter.token, 'after');
  }
  return [...totals].flatMap(([mint, { after, before }]): Warning[] => {
    if (before === 0n || after > 0n) return [];
    const amount = amountText(before, assets.assetOf(mint));
    return [
      {
        code: 'all-of-token-leaves',
        severity: 'high',
        text: `All of a token that you hold would leave your accounts: ${amount}.`,
        evidence: [evidence('token', mint), evidence('amount', amount)],
      },
    ];
  });
};
