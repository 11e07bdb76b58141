/**
 * How a run ended, as the chain says it, and whether it is kept.
 * Source: aptos-core `move-core-types/src/vm_status.rs`, `types/src/transaction/mod.rs`.
 */
import { LookaheadError } from '../../../errors';
import { FormatError } from '../../core/format';
import { type CodeLocation, MOVE_STATUS, MoveError } from '../../core/runtime';
import { VerificationError } from '../../core/verifier/errors';

/** Status codes that the pipeline gives itself; below 1000 the chain does not take the transaction. */
export const VM_STATUS = {
  INVALID_AUTH_KEY: 2,
  SEQUENCE_NUMBER_TOO_OLD: 3,
  SEQUENCE_NUMBER_TOO_NEW: 4,
  INSUFFICIENT_BALANCE_FOR_TRANSACTION_FEE: 5,
  TRANSACTION_EXPIRED: 6,
  SENDING_ACCOUNT_DOES_NOT_EXIST: 7,
  EXCEEDED_MAX_TRANSACTION_SIZE: 10,
  MAX_GAS_UNITS_EXCEEDS_MAX_GAS_UNITS_BOUND: 13,
  MAX_GAS_UNITS_BELOW_MIN_TRANSACTION_GAS_UNITS: 14,
  GAS_UNIT_PRICE_BELOW_MIN_BOUND: 15,
  GAS_UNIT_PRICE_ABOVE_MAX_BOUND: 16,
  BAD_CHAIN_ID: 23,
  SEQUENCE_NUMBER_TOO_BIG: 24,
  FEATURE_UNDER_GATING: 26,
  SECONDARY_KEYS_ADDRESSES_COUNT_MISMATCH: 27,
  SIGNERS_CONTAIN_DUPLICATES: 28,
  ACCOUNT_NOT_MULTISIG: 31,
  NOT_MULTISIG_OWNER: 32,
  MULTISIG_TRANSACTION_NOT_FOUND: 33,
  MULTISIG_TRANSACTION_INSUFFICIENT_APPROVALS: 34,
  MULTISIG_TRANSACTION_PAYLOAD_DOES_NOT_MATCH_HASH: 35,
  GAS_PAYER_ACCOUNT_MISSING: 36,
  INSUFFICIENT_BALANCE_FOR_REQUIRED_DEPOSIT: 37,
  MULTISIG_TRANSACTION_PAYLOAD_DOES_NOT_MATCH: 40,
  ACCOUNT_AUTHENTICATION_GAS_LIMIT_EXCEEDED: 41,
  NONCE_ALREADY_USED: 42,
  EMPTY_PAYLOAD_PROVIDED: 43,
  ENCRYPTED_TXN_GAS_UNIT_PRICE_BELOW_MIN_BOUND: 54,
  TRANSACTION_EXPIRATION_TOO_FAR_IN_FUTURE: 44,
  INVALID_MAIN_FUNCTION_SIGNATURE: 1011,
  MODULE_ADDRESS_DOES_NOT_MATCH_SENDER: 1067,
  CONSTRAINT_NOT_SATISFIED: 1075,
  NUMBER_OF_TYPE_ARGUMENTS_MISMATCH: 1076,
  INVALID_OPERATION_IN_SCRIPT: 1094,
  DUPLICATE_MODULE_NAME: 1095,
  BACKWARD_INCOMPATIBLE_MODULE_UPDATE: 1096,
  NUMBER_OF_ARGUMENTS_MISMATCH: 1098,
  FAILED_TO_DESERIALIZE_ARGUMENT: 1100,
  NUMBER_OF_SIGNER_ARGUMENTS_MISMATCH: 1101,
  EXECUTE_ENTRY_FUNCTION_CALLED_ON_NON_ENTRY_FUNCTION: 1103,
  UNSTABLE_BYTECODE_REJECTED: 1125,
  PROGRAM_TOO_COMPLEX: 1126,
  USER_DEFINED_NATIVE_NOT_ALLOWED: 1127,
  INVALID_INIT_MODULE: 1134,
  FRIEND_NOT_FOUND_IN_MODULE_BUNDLE: 1135,
  UNKNOWN_INVARIANT_VIOLATION_ERROR: 2000,
  VERIFICATION_ERROR: 2006,
  UNEXPECTED_ERROR_FROM_KNOWN_MOVE_FUNCTION: 2015,
  TYPE_RESOLUTION_FAILURE: 2021,
  CODE_DESERIALIZATION_ERROR: 3024,
} as const;

export type VmStatusName = keyof typeof VM_STATUS;

/** An end that is no fault of Move code that ran: a `VMStatus::Error`. */
export class VmError extends LookaheadError {
  override readonly name = 'VmError';

  /** @param text - the chain's words, where it has any */
  constructor(
    readonly status: VmStatusName,
    readonly text?: string,
  ) {
    const code = `aptos-${status.toLowerCase().replaceAll('_', '-')}`;
    super('rejected', code, text === undefined ? status : `${status}: ${text}`, { status });
  }
}

/** `VMStatus`, but for success. */
export type Failure =
  | {
      readonly kind: 'abort';
      /** `0x1::coin`; undefined for a script. */
      readonly module: string | undefined;
      readonly code: bigint;
      readonly message: string | undefined;
    }
  | {
      readonly kind: 'executionFailure';
      readonly location: CodeLocation;
      readonly status: string;
      readonly number: number;
    }
  | {
      readonly kind: 'error';
      readonly status: string;
      /** Undefined for one of the verifier's, all of which are from 1000 to 1999. */
      readonly number: number | undefined;
      readonly text: string | undefined;
    };

const EXECUTION = 4000;
const VALIDATION_MAX = 999;
const INVARIANT_MIN = 2000;
const INVARIANT_MAX = 2999;

/** As `VMError::into_vm_status`. @throws the error itself when it is not the chain's */
export function failureOf(error: unknown): Failure {
  if (error instanceof VmError) return failed(error.status, VM_STATUS[error.status], error.text);
  if (error instanceof VerificationError) return failed(error.status, undefined, error.reason);
  if (error instanceof FormatError)
    return failed('CODE_DESERIALIZATION_ERROR', VM_STATUS.CODE_DESERIALIZATION_ERROR, error.what);
  if (!(error instanceof MoveError)) throw error;
  const { status, subStatus, location, reason } = error;
  const number = MOVE_STATUS[status];
  if (status === 'ABORTED' && subStatus !== undefined && location !== undefined)
    return { kind: 'abort', module: location.module, code: subStatus, message: reason };
  if (number >= EXECUTION && location !== undefined)
    return { kind: 'executionFailure', location, status, number };
  return failed(status, number, reason);
}

function failed(status: string, number: number | undefined, text: string | undefined): Failure {
  return { kind: 'error', status, number, text };
}

export interface KeepRules {
  /** CHARGE_INVARIANT_VIOLATION. */
  readonly chargesInvariantViolations: boolean;
}

/** Whether the transaction lands on the chain with this failure (`keep_or_discard`). */
export function isKept(failure: Failure, rules: KeepRules): boolean {
  if (failure.kind !== 'error') return true;
  const { number } = failure;
  if (number === undefined) return true;
  if (number <= VALIDATION_MAX) return false;
  if (number < INVARIANT_MIN || number > INVARIANT_MAX) return true;
  return rules.chargesInvariantViolations;
}
