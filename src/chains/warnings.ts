/** What warnings of all chains have in common. */
import type { Verdict, Warning } from '../vm-preview/model/preview';

/** A labelled fact of a warning. */
export const evidence = (label: string, value: string): { label: string; value: string } => ({
  label,
  value,
});

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
