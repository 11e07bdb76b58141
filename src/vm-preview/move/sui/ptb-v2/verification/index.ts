/** All that a typed transaction is held to before it is run (verify/mod.rs). */
import type { Linkage } from '../../linkage';
import type { ProtocolConfig } from '../../protocol';
import { returnUnused } from '../conversions';
import { isLaunched } from '../launch';
import type { TypedTransaction } from '../typing/ast';
import { moveLastCopies, verifyDropSafety } from './drop-safety';
import { EntryTaint } from './entry-taint';
import { verifyInputArguments } from './input-arguments';
import { verifyMemorySafety } from './memory-safety';
import { verifyMoveFunctions } from './move-functions';
import { verifyPrivateEntries } from './private-entries';

/** @throws ExecutionError with the command's index, where one is at fault */
export function verifyTransaction(
  transaction: TypedTransaction,
  protocol: ProtocolConfig,
  linkage: Linkage,
  hasGasCoin: boolean,
): void {
  verifyInputArguments(transaction, protocol.feature('enable_accumulators'));
  const taint = isLaunched(protocol) ? undefined : new EntryTaint();
  verifyMoveFunctions(transaction, protocol, taint);
  verifyMemorySafety(transaction, hasGasCoin);
  moveLastCopies(transaction);
  returnUnused(transaction, linkage);
  verifyDropSafety(transaction);
  if (isLaunched(protocol)) verifyPrivateEntries(transaction, protocol);
}
