import { amountText } from '../../amount';
import { evidence, type WarningCheck } from './context';

/** The node would not list all features, so that one unknown to us may be active. */
export const featuresIncomplete: WarningCheck = ({ featuresComplete }) =>
  featuresComplete
    ? []
    : [
        {
          code: 'features-incomplete',
          severity: 'info',
          text: 'The node did not list all rules of the network: should it have newer ones, the result may differ.',
          evidence: [],
        },
      ];

/** Lamports; a usual transaction pays 5,000. */
const HIGH_FEE = 10_000_000n;

/** A fee far above what a transaction needs. */
export const highFee: WarningCheck = ({ account, assets, outcome, transaction }) => {
  const total = outcome.fee.signature + outcome.fee.priority;
  const payer = transaction.staticKeys[0]?.toBase58();
  if (total < HIGH_FEE || payer !== account) return [];
  return [
    {
      code: 'high-fee',
      severity: 'medium',
      text: `You would pay an unusually high fee: ${amountText(total, assets.coin)}.`,
      evidence: [evidence('fee', amountText(total, assets.coin))],
    },
  ];
};
