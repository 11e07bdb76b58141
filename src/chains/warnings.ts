/** What warnings of all chains have in common. */
import type { Asset, Severity, Verdict, Warning } from '../vm-preview/model/preview';
import { amountText } from './amount';

/** A labelled fact of a warning. */
export const evidence = (label: string, value: string): { label: string; value: string } => ({
  label,
  value,
});

const RANK: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, info: 3 };

/** Most severe first; equals stay in their order. */
export const mostSevereFirst = (warnings: readonly Warning[]): Warning[] =>
  [...warnings].sort((left, right) => RANK[left.severity] - RANK[right.severity]);

/**
 * It would fail, and cost its fee; or not be taken at all.
 *
 * @param facts - where it failed, in the chain's own terms
 */
export function failureWarning(
  verdict: Exclude<Verdict, { kind: 'success' }>,
  facts: Warning['evidence'],
): Warning {
  const { code, text } = verdict.error;
  const lands = verdict.kind === 'failure';
  return {
    code: lands ? 'would-fail' : 'would-be-refused',
    severity: 'high',
    text: lands
      ? `The transaction would fail, and the fee would be lost: ${text}`
      : `The network would not take this transaction: ${text}`,
    evidence: [evidence('error', code), ...facts],
  };
}

/** Addresses in the chain's own text. */
export interface Payment {
  /** The user's. */
  readonly account: string;
  readonly sender: string;
  readonly payer: string;
  /** The chain's own word for one that is not the sender. */
  readonly payerName: string;
}

/** The user pays for somebody else, or somebody else pays. */
export function payerWarnings({ account, payer, payerName, sender }: Payment): Warning[] {
  if (payer === sender) return [];
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
          evidence: [evidence(payerName, payer)],
        },
  ];
}

/** What the user pays for a transaction, in the smallest unit of the coin that pays fees. */
export interface UserFee {
  readonly coin: Asset;
  readonly fee: bigint;
  /** What the user allows it to be. */
  readonly limit: bigint;
  /** The chain's own word for the limit. */
  readonly limitName: string;
  /** Of a gas unit, with its unit. */
  readonly price: string;
  /** From which on fee and limit are worth a word. */
  readonly high: { readonly fee: bigint; readonly limit: bigint };
}

/** A fee out of the ordinary, and one that may become it. */
export function feeWarnings({ coin, fee, high, limit, limitName, price }: UserFee): Warning[] {
  const warnings: Warning[] = [];
  if (fee >= high.fee) {
    warnings.push({
      code: 'high-fee',
      severity: 'medium',
      text: `The fee is unusually high: ${amountText(fee, coin)}.`,
      evidence: [evidence('fee', amountText(fee, coin)), evidence('price of a gas unit', price)],
    });
  }
  if (limit >= high.limit) {
    warnings.push({
      code: 'high-fee-limit',
      severity: 'medium',
      text: `You allow a fee of up to ${amountText(limit, coin)}: what is called could use it up.`,
      evidence: [evidence(limitName, amountText(limit, coin))],
    });
  }
  return warnings;
}
