import type { Warning } from '../../../vm-preview/model/preview';
import { evidence, type WarningCheck } from './context';

/** Roles that amount to owning what the account holds. */
const AS_GOOD_AS_OWNING = new Set(['withdraw', 'upgrade', 'permanent-delegate', 'nonce', 'buffer']);

/** A right that the user has goes to somebody else, or is given up. */
export const authorityHandedOver: WarningCheck = ({ effects, mine }) =>
  effects.own.flatMap((change): Warning[] => {
    if (change.kind !== 'authority') return [];
    const { after, before, role } = change;
    if (after !== null && mine.has(after)) return [];
    // A close authority of none is the holder; all others that were somebody else's are no loss.
    const wasMine = before === null ? role === 'close' : mine.has(before);
    if (!wasMine) return [];
    const facts = [
      evidence('account', change.address),
      evidence('right', role),
      evidence('who has it after', after ?? 'nobody'),
    ];
    if (after === null) {
      return [
        {
          code: 'authority-given-up',
          severity: 'medium',
          text: `You would give up the ${role} right over this account for good.`,
          evidence: facts,
        },
      ];
    }
    return [
      {
        code: 'authority-handed-over',
        severity: AS_GOOD_AS_OWNING.has(role) ? 'critical' : 'high',
        text: `Somebody else would get the ${role} right over an account of yours.`,
        evidence: facts,
      },
    ];
  });
