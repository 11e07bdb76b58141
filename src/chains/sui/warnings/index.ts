/** All checks, and the order in which their warnings are shown. */
import type { Warning } from '../../../vm-preview/model/preview';
import { mostSevereFirst } from '../../warnings';
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

export const warningsOf = (context: WarningContext): Warning[] =>
  mostSevereFirst(CHECKS.flatMap((check) => check(context)));
