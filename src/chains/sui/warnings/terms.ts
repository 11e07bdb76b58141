import { failureWarning, feeWarnings, payerWarnings } from '../../warnings';
import { fullAddress } from '../address';
import { netFee } from '../outcome';
import { evidence, type WarningCheck } from './context';

/** MIST: 0.1 and 5 SUI. */
const HIGH = { fee: 100_000_000n, limit: 5_000_000_000n };
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
export const sponsored: WarningCheck = ({ account, parsed: { data } }) =>
  account === undefined
    ? []
    : payerWarnings({
        account,
        sender: fullAddress(data.sender),
        payer: fullAddress(data.gas.owner),
        payerName: 'sponsor',
      });

export const highFee: WarningCheck = ({ account, coin, outcome, parsed }) => {
  const { budget, owner, price } = parsed.data.gas;
  if (account === undefined || fullAddress(owner) !== account) return [];
  return feeWarnings({
    coin,
    fee: netFee(outcome.gas),
    limit: budget,
    limitName: 'budget',
    price: `${price} MIST`,
    high: HIGH,
  });
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
