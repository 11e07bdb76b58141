/** All checks, and the order in which their warnings are shown. */
import type { Warning } from '../../../vm-preview/model/preview';
import { mostSevereFirst } from '../../warnings';
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

export const warningsOf = (context: WarningContext): Warning[] =>
  mostSevereFirst(CHECKS.flatMap((check) => check(context)));
