/** Transactions of multisig accounts, whose payload may fail and is done with all the same (aptos_vm.rs). */
import { BcsError, BcsWriter } from '../../core/bcs';
import { type Address, asBytes } from '../../core/values';
import type { AptosFeatures } from '../natives/context';
import { decode, type EntryFunction, MULTISIG_TRANSACTION_PAYLOAD } from '../transaction';
import type { Meter } from './metering';
import { blob, MULTISIG, providedPayload } from './prologue';
import type { TransactionData } from './request';
import type { Session } from './session';
import { type Failure, VmError } from './status';

export interface MultisigPayload {
  /** As the account keeps it. */
  readonly bytes: Uint8Array;
  readonly call: EntryFunction;
}

/**
 * What is to be run next: given with the transaction, or kept on the chain.
 *
 * @throws VmError FAILED_TO_DESERIALIZE_ARGUMENT, MoveError
 */
export function nextPayload(
  session: Session,
  { executable }: TransactionData,
  multisigAddress: Address,
  features: AptosFeatures,
  meter: Meter,
): MultisigPayload {
  const provided = providedPayload(executable, features);
  const args = [multisigAddress.bytes, blob(provided)];
  const [result] = session.call(MULTISIG, 'get_next_transaction_payload', args, meter);
  const bytes = asBytes(result).slice();
  try {
    return { bytes, call: decode(MULTISIG_TRANSACTION_PAYLOAD, bytes) };
  } catch (error) {
    if (error instanceof BcsError) throw new VmError('FAILED_TO_DESERIALIZE_ARGUMENT');
    throw error;
  }
}

/** Tells the account that its transaction has run, and how it failed where it did. */
export function cleanUp(
  session: Session,
  { sender }: TransactionData,
  multisigAddress: Address,
  payload: MultisigPayload,
  failure: Failure | undefined,
  meter: Meter,
): void {
  const args = [sender.bytes, multisigAddress.bytes, blob(payload.bytes)];
  if (failure === undefined)
    session.call(MULTISIG, 'successful_transaction_execution_cleanup', args, meter);
  else
    session.call(
      MULTISIG,
      'failed_transaction_execution_cleanup',
      [...args, executionError(failure)],
      meter,
    );
}

/** BCS of 0x1::multisig_account::ExecutionError: location, type, code (multisig.rs). */
function executionError(failure: Failure): Uint8Array {
  const write = (location: string, type: string, code: bigint): Uint8Array =>
    new BcsWriter().string(location).string(type).u64(code).finish();
  switch (failure.kind) {
    case 'abort':
      return write(locationText(failure.module), 'MoveAbort', failure.code);
    case 'executionFailure':
      return write(
        locationText(failure.location.module),
        'MoveExecutionFailure',
        BigInt(failure.number),
      );
    case 'error':
      return write('', 'VMError', BigInt(failure.number ?? UNKNOWN_VERIFICATION_ERROR));
  }
}

const UNKNOWN_VERIFICATION_ERROR = 1000;

/** As Rust prints an `AbortLocation` for debugging: the address in full, with `0x` before the name. */
function locationText(module: string | undefined): string {
  if (module === undefined) return 'Script';
  const [address = '', name = ''] = module.split('::');
  return `${address.slice(2).padStart(64, '0')}::${name}`;
}
