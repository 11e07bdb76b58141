/** All checks, and the order in which their warnings are shown. */
import type { Severity, Warning } from '../../../vm-preview/model/preview';
import { authorityChanged, storeHandedOver, votingPowerLeaves } from './authority';
import { codePublished, randomOutcome, scriptPayload, unknownModule } from './code';
import type { WarningCheck, WarningContext } from './context';
import { accountFrozen, lostDestination, mostLeaves, objectLeaves } from './funds';
import {
  expiresLate,
  foreignPayer,
  highFee,
  multisigCall,
  severalSigners,
  wouldFail,
} from './terms';

const CHECKS: readonly WarningCheck[] = [
  authorityChanged,
  storeHandedOver,
  codePublished,
  wouldFail,
  scriptPayload,
  mostLeaves,
  objectLeaves,
  accountFrozen,
  lostDestination,
  randomOutcome,
  unknownModule,
  foreignPayer,
  severalSigners,
  expiresLate,
  votingPowerLeaves,
  highFee,
  multisigCall,
];

const RANK: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, info: 3 };

/** Most severe first; among equals in the order of the table. */
export function warningsOf(context: WarningContext): Warning[] {
  return CHECKS.flatMap((check) => check(context)).sort(
    (left, right) => RANK[left.severity] - RANK[right.severity],
  );
}
