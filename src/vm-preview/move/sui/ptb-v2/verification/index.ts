/** All that a typed transaction is held to before it is run (verify/mod.rs). */
import type { Linkage } from '../../linkage';
import type { ProtocolConfig } from '../../protocol';
import { returnUnused } from '../conversions';
import { isLaunched } from '../launch';
import type { TypedTransaction } from '../typing/ast';
import { moveLastCopies, verifyDropSafety } from './drop-safety';
import { EntryTaint } from './entry-taint';
import { verifyInputArguments, verifyPureInputs } from './input-arguments';
import { verifyMemorySafety } from './memory-safety';
import { verifyMoveFunctions } from './move-functions';
import { verifyPrivateEntries } from './private-entries';

export interface VerificationRules {
  readonly protocol: ProtocolConfig;
  readonly linkage: Linkage;
  /** False where gas is not paid from a coin. */
  readonly hasGasCoin: boolean;
  /** Whether any function and any value will do: see `SuiEnvironment`. */
  readonly inspects: boolean;
}

/** @throws ExecutionError with the command's index, where one is at fault */
export function verifyTransaction(transaction: TypedTransaction, rules: VerificationRules): void {
  const { protocol, linkage, hasGasCoin, inspects } = rules;
  if (!inspects) verifyPureInputs(transaction);
  verifyInputArguments(transaction, protocol.feature('enable_accumulators'));
  const taint = isLaunched(protocol) || inspects ? undefined : new EntryTaint();
  verifyMoveFunctions(transaction, { protocol, inspects, taint });
  verifyMemorySafety(transaction, hasGasCoin);
  moveLastCopies(transaction);
  returnUnused(transaction, linkage);
  if (inspects) return;
  verifyDropSafety(transaction);
  if (isLaunched(protocol)) verifyPrivateEntries(transaction, protocol);
}
