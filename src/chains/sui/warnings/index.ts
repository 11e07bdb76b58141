/** All checks, and the order in which their warnings are shown. */
import type { Severity, Warning } from '../../../vm-preview/model/preview';
import { accountHandedOver, capabilityLeaves } from './authority';
import { mayWithdrawMore } from './balances';
import { codePublished, unknownPackage } from './code';
import type { WarningCheck, WarningContext } from './context';
import { lostDestination, mostLeaves, objectLeaves } from './funds';
import { highFee, highPrice, sponsored, wouldFail } from './terms';

const CHECKS: readonly WarningCheck[] = [
  accountHandedOver,
  capabilityLeaves,
  wouldFail,
  mostLeaves,
  objectLeaves,
  mayWithdrawMore,
  lostDestination,
  unknownPackage,
  codePublished,
  sponsored,
  highFee,
  highPrice,
];

const RANK: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, info: 3 };

/** Most severe first; among equals in the order of the table. */
export function warningsOf(context: WarningContext): Warning[] {
  return CHECKS.flatMap((check) => check(context)).sort(
    (left, right) => RANK[left.severity] - RANK[right.severity],
  );
}
