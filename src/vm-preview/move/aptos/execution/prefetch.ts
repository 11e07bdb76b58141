import { moduleId } from '../../core/loader';
import { MissingStateError, type StateKey } from '../state';
import { moduleKey } from '../storage';
import { accountKey } from './prologue';
import type { TransactionData } from './request';
import type { TransactionRun } from './run';
import { frameworkModule } from './session';

/**
 * Looks for what the transaction is certain to need, so that one error names all of it that is missing:
 * each further one costs the user a round trip.
 *
 * @throws MissingStateError
 */
export function requirePresent(run: TransactionRun, data: TransactionData): void {
  const { executable, senders, request } = data;
  const signers = request.feePayer === undefined ? senders : [...senders, request.feePayer];
  const missing: StateKey[] = [...run.state.missing(signers.map(accountKey))];
  const entries = [
    frameworkModule('transaction_validation'),
    ...(executable.kind === 'entryFunction'
      ? [moduleId(executable.call.address, executable.call.module)]
      : []),
  ];
  missing.push(...run.readClosure(entries).map(moduleKey));
  if (missing.length > 0) throw new MissingStateError(missing);
}
