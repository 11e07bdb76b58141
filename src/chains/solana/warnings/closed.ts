import type { DecodedCall, Warning } from '../../../vm-preview/model/preview';
import { allCalls } from '../decode/calls';
import { evidence, type WarningCheck } from './context';

function addressIn(call: DecodedCall, label: string): string | undefined {
  const found = call.fields.find((field) => field.kind === 'address' && field.label === label);
  return found?.kind === 'address' ? found.value : undefined;
}

/** The user's token account is closed, and what it held of rent goes to somebody else. */
export const closedToOthers: WarningCheck = ({ calls, mine, verdict, views }) => {
  if (verdict.kind !== 'success') return [];
  const holders = new Map(
    views.map(({ address, meaningBefore }) => [address, meaningBefore.token?.holder]),
  );
  return [...allCalls(calls)].flatMap((call): Warning[] => {
    if (call.name !== 'CloseAccount') return [];
    const account = addressIn(call, 'token account');
    const recipient = addressIn(call, 'recipient');
    const holder = account === undefined ? undefined : holders.get(account);
    if (account === undefined || recipient === undefined || holder === undefined) return [];
    if (!mine.has(holder) || mine.has(recipient)) return [];
    return [
      {
        code: 'account-closed-to-others',
        severity: 'high',
        text: 'Your token account would be closed, and the coins in it would go to somebody else.',
        evidence: [evidence('account', account), evidence('recipient', recipient)],
      },
    ];
  });
};

/** The user could not move what the account holds. */
export const accountFrozen: WarningCheck = ({ effects }) =>
  effects.own.flatMap((change): Warning[] =>
    change.kind !== 'frozen'
      ? []
      : [
          {
            code: 'account-frozen',
            severity: 'high',
            text: 'Your token account would be frozen: you could not move what it holds.',
            evidence: [evidence('account', change.address)],
          },
        ],
  );
