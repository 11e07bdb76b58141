import type { Warning } from '../../../vm-preview/model/preview';
import { amountText } from '../../amount';
import { evidence, type WarningCheck } from './context';

/** Somebody else may take the user's tokens later, without asking again. */
export const approval: WarningCheck = ({ effects, mine, views }) =>
  effects.own.flatMap((change): Warning[] => {
    if (change.kind !== 'allowance' || change.spender === null) return [];
    const { after, before, spender } = change;
    if (mine.has(spender) || BigInt(after) <= BigInt(before)) return [];
    const held = views.find(({ address }) => address === change.address)?.meaningAfter.token;
    const coversAll = held !== undefined && held.amount > 0n && BigInt(after) >= held.amount;
    const amount = change.unlimited ? 'any amount' : amountText(BigInt(after), change.asset);
    return [
      {
        code: change.unlimited ? 'unlimited-approval' : 'approval',
        severity: change.unlimited ? 'critical' : 'high',
        text: change.unlimited
          ? 'Somebody else could take all of this token from you at any time, now and later.'
          : `Somebody else could take ${amount} from you at any time${coversAll ? ', all that you have' : ''}.`,
        evidence: [
          evidence('who may take it', spender),
          evidence('amount', amount),
          evidence('token account', change.address),
          ...(change.asset.id === undefined ? [] : [evidence('token', change.asset.id)]),
        ],
      },
    ];
  });
