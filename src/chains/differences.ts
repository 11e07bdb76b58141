/** Whether a fresh outcome is of another kind than the one the user has read. */
import type { Change, Preview, Severity, Warning } from '../vm-preview/model/preview';
import { objectWords } from '../vm-preview/model/words';
import { amountText } from './amount';
import type { OutcomeDifference } from './chain';

const BASIS_POINTS = 10_000n;
const RANK: Readonly<Record<Severity, number>> = { info: 0, medium: 1, high: 2, critical: 3 };

/**
 * What the user must be asked about again.
 *
 * @param toleranceBasisPoints - how much worse an amount may be, in hundredths of a percent
 */
export function differences(
  shown: Preview,
  fresh: Preview,
  toleranceBasisPoints: number,
): OutcomeDifference[] {
  const tolerance = BigInt(toleranceBasisPoints);
  return [
    ...statusDifferences(shown, fresh),
    ...changeDifferences(shown, fresh, tolerance),
    ...counterpartyDifferences(shown, fresh),
    ...warningDifferences(shown.warnings, fresh.warnings),
    ...feeDifferences(shown, fresh, tolerance),
  ];
}

function statusDifferences(
  { verdict: was }: Preview,
  { verdict: is }: Preview,
): OutcomeDifference[] {
  if (was.kind === 'success' && is.kind === 'success') return [];
  if (was.kind !== 'success' && is.kind !== 'success') {
    return was.kind === is.kind && was.error.code === is.error.code
      ? []
      : [{ code: 'status', text: `It would fail for another reason now: ${is.error.text}` }];
  }
  return [
    {
      code: 'status',
      text:
        is.kind === 'success'
          ? 'It would succeed now, where it would have failed.'
          : `It would fail now: ${is.error.text}`,
    },
  ];
}

/** What makes two changes the same but for their amounts. */
function keyOf(change: Change): string {
  const base = `${change.kind} ${change.address} ${change.owner ?? ''}`;
  switch (change.kind) {
    case 'balance':
      return `${base} ${change.asset.id ?? ''}`;
    case 'allowance':
      return `${base} ${change.asset.id ?? ''} ${change.spender ?? ''}`;
    case 'owner':
      return `${base} ${change.role} ${change.after}`;
    case 'authority':
      return `${base} ${change.role} ${change.after ?? ''}`;
    case 'opened':
    case 'closed':
      return `${base} ${change.what}`;
    case 'stake':
      return `${base} ${change.action} ${change.validator ?? ''}`;
    case 'nonce':
      return `${base} ${change.action}`;
    case 'code':
      return `${base} ${change.action} ${change.module ?? ''}`;
    case 'supply':
      return `${base} ${change.asset.id ?? ''}`;
    case 'object':
      return `${base} ${change.after ?? ''} ${change.action ?? ''} ${change.state ?? ''}`;
    case 'collectible':
      return `${base} ${change.item.untrustedCollection ?? ''} ${change.item.untrustedName ?? ''} ${change.delta}`;
    case 'name':
      return `${base} ${change.action} ${change.untrustedName} ${change.target ?? ''}`;
    case 'resource':
      return `${base} ${change.action} ${change.type}`;
    case 'frozen':
    case 'thawed':
    case 'data':
      return base;
  }
}

function changeDifferences(shown: Preview, fresh: Preview, tolerance: bigint): OutcomeDifference[] {
  const before = new Map(shown.changes.map((change) => [keyOf(change), change]));
  const after = new Map(fresh.changes.map((change) => [keyOf(change), change]));
  const found: OutcomeDifference[] = [];
  for (const [key, change] of after) {
    const known = before.get(key);
    if (known === undefined) {
      found.push({
        code: 'new-change',
        text: `A change that was not shown: ${changeText(change)}.`,
      });
    } else {
      found.push(...amountDifferences(known, change, tolerance));
    }
  }
  for (const [key, change] of before) {
    if (after.has(key)) continue;
    found.push({ code: 'change-gone', text: `No longer happens: ${changeText(change)}.` });
  }
  return found;
}

function amountDifferences(was: Change, is: Change, tolerance: bigint): OutcomeDifference[] {
  if (was.kind === 'balance' && is.kind === 'balance') {
    const shown = BigInt(was.delta);
    const fresh = BigInt(is.delta);
    if (!isWorse(shown - fresh, shown, tolerance)) return [];
    return [
      {
        code: 'amount',
        text: `You would have ${amountText(fresh, is.asset)} instead of ${amountText(shown, was.asset)}.`,
      },
    ];
  }
  if (was.kind === 'allowance' && is.kind === 'allowance') {
    const shown = BigInt(was.after);
    const fresh = BigInt(is.after);
    if (!isWorse(fresh - shown, shown, tolerance)) return [];
    return [
      {
        code: 'amount',
        text: `Somebody could take ${amountText(fresh, is.asset)} instead of ${amountText(shown, was.asset)}.`,
      },
    ];
  }
  return [];
}

/** @param loss - how much worse, in smallest units; negative when it is better */
function isWorse(loss: bigint, shown: bigint, tolerance: bigint): boolean {
  const size = shown < 0n ? -shown : shown;
  return loss > 0n && loss * BASIS_POINTS > size * tolerance;
}

function changeText(change: Change): string {
  switch (change.kind) {
    case 'balance':
      return amountText(BigInt(change.delta), change.asset);
    case 'allowance':
      return `an allowance for ${change.spender ?? 'nobody'}`;
    case 'owner':
      return `${change.address} goes to ${change.after}`;
    case 'authority':
      return `the ${change.role} right goes to ${change.after ?? 'nobody'}`;
    case 'opened':
    case 'closed':
      return `an account is ${change.kind}: ${change.address}`;
    case 'frozen':
    case 'thawed':
      return `an account is ${change.kind}: ${change.address}`;
    case 'stake':
      return `stake ${change.action}`;
    case 'nonce':
      return `nonce ${change.action}`;
    case 'code':
      return `${change.module === undefined ? 'program' : `module ${change.module}`} ${change.action}: ${change.address}`;
    case 'supply':
      return `the supply changes by ${amountText(BigInt(change.delta), change.asset)}`;
    case 'object':
      return `${change.address} ${objectWords(change)}${change.after === null ? '' : `, of ${change.after}`}`;
    case 'collectible':
      return `${change.delta} of a collectible`;
    case 'name':
      return `name ${change.action}`;
    case 'resource':
      return `${change.type} ${change.action} at ${change.address}`;
    case 'data':
      return `data of ${change.address}`;
  }
}

/** Who gains or loses besides the user. */
function counterpartyDifferences(shown: Preview, fresh: Preview): OutcomeDifference[] {
  const partyOf = (change: Change) => change.owner ?? change.address;
  const known = new Set([...shown.changes, ...shown.othersChanges].map(partyOf));
  const parties = new Set(fresh.othersChanges.map(partyOf));
  return [...parties]
    .filter((party) => !known.has(party))
    .map((party) => ({
      code: 'counterparty',
      text: `An account is changed that was not shown: ${party}.`,
    }));
}

function warningDifferences(
  shown: readonly Warning[],
  fresh: readonly Warning[],
): OutcomeDifference[] {
  return fresh
    .filter(
      (warning) =>
        !shown.some(
          ({ code, severity }) => code === warning.code && RANK[severity] >= RANK[warning.severity],
        ),
    )
    .map((warning) => ({ code: 'warning', text: `A new warning: ${warning.text}` }));
}

function feeDifferences(
  { fee: was }: Preview,
  { fee: is }: Preview,
  tolerance: bigint,
): OutcomeDifference[] {
  const shown = BigInt(was.total);
  const fresh = BigInt(is.total);
  // A refused transaction has no fee: that difference is the status'.
  if (shown === 0n || !isWorse(fresh - shown, shown, tolerance)) return [];
  return [
    {
      code: 'fee',
      text: `The fee would be ${amountText(fresh, is.asset)} instead of ${amountText(shown, was.asset)}.`,
    },
  ];
}
