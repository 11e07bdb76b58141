import { failureWarning, feeWarnings, payerWarnings } from '../../warnings';
import { fullAddress } from '../address';
import { awaitsFeePayer, feePayerOf, signerAddresses } from '../transaction';
import { evidence, type WarningCheck } from './context';

/** The SDK gives 20 seconds; a transaction that stays valid for longer can be held back. */
const FAR_SECONDS = 3_600n;
const MICROS = 1_000_000n;
/** Octas: 0.1 and 5 APT. */
const HIGH = { fee: 10_000_000n, limit: 500_000_000n };

/** It would fail, and cost its fee; or not be taken at all. */
export const wouldFail: WarningCheck = ({ verdict }) => {
  if (verdict.kind === 'success') return [];
  const { program } = verdict.error;
  return [failureWarning(verdict, program === undefined ? [] : [evidence('module', program)])];
};

/** The user pays for somebody else, or somebody else pays. */
export const foreignPayer: WarningCheck = ({ account, transaction }) => {
  if (account === undefined || transaction.feePayerAddress === undefined) return [];
  const sender = fullAddress(transaction.raw.sender);
  if (awaitsFeePayer(transaction)) {
    return [
      {
        code: 'fee-payer-open',
        severity: 'info',
        text: 'Somebody else pays the fee; who, is not settled yet.',
        evidence: [evidence('sender', sender)],
      },
    ];
  }
  return payerWarnings({ account, sender, payer: feePayerOf(transaction), payerName: 'fee payer' });
};

/** Code that is called has the authority of all signers at once. */
export const severalSigners: WarningCheck = ({ account, transaction }) => {
  const { secondaryAddresses = [] } = transaction;
  if (secondaryAddresses.length === 0) return [];
  const others = signerAddresses(transaction).filter((address) => address !== account);
  return [
    {
      code: 'several-signers',
      severity: 'medium',
      text: 'Several accounts sign together: what is called acts for all of them, yours included.',
      evidence: others.map((address) => evidence('signer', address)),
    },
  ];
};

export const multisigCall: WarningCheck = ({ transaction: { multisigAddress } }) =>
  multisigAddress === undefined
    ? []
    : [
        {
          code: 'multisig',
          severity: 'info',
          text: 'The transaction acts for an account of several owners.',
          evidence: [evidence('multisig account', fullAddress(multisigAddress))],
        },
      ];

/** Until it expires, whoever has the signature decides when the transaction is sent. */
export const expiresLate: WarningCheck = ({ nowMicros, transaction }) => {
  const seconds = transaction.raw.expirationTimestampSecs - nowMicros / MICROS;
  if (seconds <= FAR_SECONDS) return [];
  return [
    {
      code: 'expires-late',
      severity: 'medium',
      text: 'This signature stays valid for long: whoever has it can send the transaction later, when it may do something else.',
      evidence: [evidence('valid for hours', (seconds / 3_600n).toString())],
    },
  ];
};

export const highFee: WarningCheck = ({ account, coin, outcome, transaction }) => {
  if (account === undefined || feePayerOf(transaction) !== account) return [];
  const { gasUnitPrice, maxGasAmount } = transaction.raw;
  return feeWarnings({
    coin,
    fee: outcome.fee.gasUsed * gasUnitPrice,
    limit: maxGasAmount * gasUnitPrice,
    limitName: 'limit',
    price: `${gasUnitPrice} octas`,
    high: HIGH,
  });
};
