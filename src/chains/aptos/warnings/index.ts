/** All checks, and the order in which their warnings are shown. */
import type { Warning } from '../../../vm-preview/model/preview';
import { mostSevereFirst } from '../../warnings';
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

export const warningsOf = (context: WarningContext): Warning[] =>
  mostSevereFirst(CHECKS.flatMap((check) => check(context)));
