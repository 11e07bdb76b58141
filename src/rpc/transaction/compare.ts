import type { Chain, OutcomeDifference } from '../../chains/chain';
import type { Item, Run } from './run';

/**
 * What the user must be asked about again: the fresh outcome is not of the kind that was shown.
 *
 * @param tolerance - how much worse an amount may be, in hundredths of a percent
 */
export function compareRuns(
  chain: Chain,
  shown: Run,
  fresh: Run,
  tolerance: number,
): OutcomeDifference[] {
  if (shown.kind === 'previewed' && fresh.kind === 'previewed') {
    return chain.differences(shown.result.preview, fresh.result.preview, tolerance);
  }
  if (shown.kind === 'failed' && fresh.kind === 'failed') {
    return shown.failure.kind === fresh.failure.kind ? [] : [REASON_CHANGED];
  }
  return [fresh.kind === 'previewed' ? PREVIEW_FOUND : PREVIEW_LOST];
}

const REASON_CHANGED: OutcomeDifference = {
  code: 'reason-changed',
  text: 'It cannot be previewed for another reason than the one you saw.',
};
const PREVIEW_FOUND: OutcomeDifference = {
  code: 'preview-found',
  text: 'It can be previewed now.',
};
const PREVIEW_LOST: OutcomeDifference = {
  code: 'preview-lost',
  text: 'It could not be run again.',
};

/** Whether the time is over for bytes that must stay as they are. */
export function hasExpired(item: Item, run: Run): boolean {
  return (
    !item.fresh &&
    run.kind === 'previewed' &&
    run.result.preview.provenance.expiry.kind === 'expired'
  );
}
