import type { Warning } from '../../../vm-preview/model/preview';
import { amountText } from '../../amount';
import { failureWarning } from '../../warnings';
import { fullAddress } from '../address';
import { netFee } from '../outcome';
import { evidence, type WarningCheck } from './context';

/** MIST: 0.1 and 5 SUI. */
const HIGH_FEE = 100_000_000n;
const HIGH_BUDGET = 5_000_000_000n;
/** Times the price of the epoch. */
const HIGH_PRICE = 10n;

/** It would fail, and cost its fee; or not be taken at all. */
export const wouldFail: WarningCheck = ({ verdict }) => {
  if (verdict.kind === 'success') return [];
  const { at, program } = verdict.error;
  return [
    failureWarning(verdict, [
      ...(at === undefined ? [] : [evidence('command', String(at + 1))]),
      ...(program === undefined ? [] : [evidence('module', program)]),
    ]),
  ];
};

/** The user pays for somebody else, or somebody else pays. */
export const sponsored: WarningCheck = ({ account, parsed }) => {
  const sender = fullAddress(parsed.data.sender);
  const payer = fullAddress(parsed.data.gas.owner);
  if (account === undefined || sender === payer) return [];
  return [
    payer === account
      ? {
          code: 'pays-for-others',
          severity: 'high',
          text: 'You would pay the fee of somebody else’s transaction.',
          evidence: [evidence('sender', sender)],
        }
      : {
          code: 'others-pay',
          severity: 'info',
          text: 'Somebody else pays the fee, and must sign too.',
          evidence: [evidence('sponsor', payer)],
        },
  ];
};

export const highFee: WarningCheck = ({ account, coin, outcome, parsed }) => {
  const { budget, owner, price } = parsed.data.gas;
  if (account === undefined || fullAddress(owner) !== account) return [];
  const fee = netFee(outcome.gas);
  const warnings: Warning[] = [];
  if (fee >= HIGH_FEE) {
    warnings.push({
      code: 'high-fee',
      severity: 'medium',
      text: `The fee is unusually high: ${amountText(fee, coin)}.`,
      evidence: [
        evidence('fee', amountText(fee, coin)),
        evidence('price of a gas unit', `${price} MIST`),
      ],
    });
  }
  if (budget >= HIGH_BUDGET) {
    warnings.push({
      code: 'high-fee-limit',
      severity: 'medium',
      text: `You allow a fee of up to ${amountText(budget, coin)}: what is called could use it up.`,
      evidence: [evidence('budget', amountText(budget, coin))],
    });
  }
  return warnings;
};

export const highPrice: WarningCheck = ({ parsed, referenceGasPrice }) => {
  const { price } = parsed.data.gas;
  if (price < referenceGasPrice * HIGH_PRICE) return [];
  return [
    {
      code: 'high-gas-price',
      severity: 'info',
      text: 'The transaction bids far more for gas than the network asks for.',
      evidence: [
        evidence('bid', `${price} MIST`),
        evidence('asked for', `${referenceGasPrice} MIST`),
      ],
    },
  ];
};
