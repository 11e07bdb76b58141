import { signersOf } from '../transaction';
import { evidence, type WarningCheck } from './context';

/** The user's signature is wanted for something else than paying. */
export const signsWithoutPaying: WarningCheck = ({ account, transaction }) => {
  const [payer, ...others] = signersOf(transaction);
  if (account === undefined || payer === undefined || !others.includes(account)) return [];
  return [
    {
      code: 'signs-without-paying',
      severity: 'medium',
      text: 'You sign, but somebody else pays the fee and decides when it is sent.',
      evidence: [evidence('fee payer', payer)],
    },
  ];
};
