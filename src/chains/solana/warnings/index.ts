/** All checks, and the order in which their warnings are shown. */
import type { Severity, Warning } from '../../../vm-preview/model/preview';
import { approval } from './approval';
import { authorityHandedOver } from './authority';
import { accountFrozen, closedToOthers } from './closed';
import type { WarningCheck, WarningContext } from './context';
import { wouldFail } from './failure';
import { allOfTokenLeaves, mostOfCoinLeaves } from './funds-leave';
import { durableNonce, foreignBlockhash } from './lifetime';
import { lostDestination } from './lost-destination';
import { featuresIncomplete, highFee } from './network';
import { ownerChanged } from './owner-changed';
import { signsWithoutPaying } from './signer';
import { tokenPowers } from './token-powers';
import { unknownProgram } from './unknown-program';

const CHECKS: readonly WarningCheck[] = [
  ownerChanged,
  authorityHandedOver,
  approval,
  wouldFail,
  mostOfCoinLeaves,
  allOfTokenLeaves,
  closedToOthers,
  accountFrozen,
  lostDestination,
  durableNonce,
  foreignBlockhash,
  unknownProgram,
  signsWithoutPaying,
  tokenPowers,
  highFee,
  featuresIncomplete,
];

const RANK: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, info: 3 };

/** Most severe first; among equals in the order of the table. */
export function warningsOf(context: WarningContext): Warning[] {
  return CHECKS.flatMap((check) => check(context)).sort(
    (left, right) => RANK[left.severity] - RANK[right.severity],
  );
}
