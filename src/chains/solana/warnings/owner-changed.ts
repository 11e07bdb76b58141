import type { Warning } from '../../../vm-preview/model/preview';
import { evidence, type WarningCheck } from './context';

/** The user's wallet or token account ends up under somebody else: the whole account is lost. */
export const ownerChanged: WarningCheck = ({ effects, mine }) =>
  effects.own.flatMap((change): Warning[] => {
    if (change.kind !== 'owner') return [];
    if (change.role === 'holder' && mine.has(change.after)) return [];
    const isHolder = change.role === 'holder';
    // An account of a program that changes programs was never the user's to lose, unless it is a wallet.
    if (!isHolder && !mine.has(change.address)) return [];
    return [
      {
        code: isHolder ? 'token-account-handed-over' : 'account-owner-changed',
        severity: 'critical',
        text: isHolder
          ? 'Your token account would belong to somebody else, with everything in it.'
          : 'Your account would be handed to a program, and you could no longer spend from it.',
        evidence: [
          evidence('account', change.address),
          evidence('owner now', change.before),
          evidence('owner after', change.after),
        ],
      },
    ];
  });
