import type { Warning } from '../../../vm-preview/model/preview';
import type { AccountView } from '../effects/view';
import { evidence, type WarningCheck } from './context';

/** Tokens or coins sent where nobody can take them out again: to a mint, or to a program. */
export const lostDestination: WarningCheck = ({ mine, views }) => {
  const byAddress = new Map(views.map((view) => [view.address, view]));
  return views.flatMap((view): Warning[] => {
    const token = view.meaningAfter.token;
    const gainedTokens = (token?.amount ?? 0n) > (view.meaningBefore.token?.amount ?? 0n);
    const gainedCoins = (view.after?.lamports ?? 0n) > (view.before?.lamports ?? 0n);
    if (token !== undefined && gainedTokens && !mine.has(token.holder)) {
      const isOwnMint = token.holder === token.mint;
      const holder = byAddress.get(token.holder);
      const what = isOwnMint ? 'mint' : holder === undefined ? undefined : deadEnd(holder);
      return what === undefined ? [] : [warning(what, token.holder)];
    }
    if (token === undefined && gainedCoins && view.before !== undefined) {
      const what = deadEnd(view);
      return what === undefined ? [] : [warning(what, view.address)];
    }
    return [];
  });
};

function deadEnd({ before, meaningBefore }: AccountView): 'mint' | 'program' | undefined {
  if (meaningBefore.mint !== undefined) return 'mint';
  // Lamports that a program's data gets are the rent of an upgrade.
  return before?.executable ? 'program' : undefined;
}

function warning(what: 'mint' | 'program', address: string): Warning {
  return {
    code: `sent-to-${what}`,
    severity: 'high',
    text:
      what === 'mint'
        ? 'The recipient is the address of a token itself, not a wallet: what is sent there is lost.'
        : 'The recipient is a program, not a wallet: what is sent there is likely lost.',
    evidence: [evidence('recipient', address)],
  };
}
