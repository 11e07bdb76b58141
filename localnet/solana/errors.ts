/** litesvm's errors, which are numbers and classes, in the names of the RPC. */
import type { FailedTransactionMetadata } from 'litesvm';
import {
  InstructionErrorCustom,
  TransactionErrorDuplicateInstruction,
  TransactionErrorInstructionError,
  TransactionErrorInsufficientFundsForRent,
  TransactionErrorProgramExecutionTemporarilyRestricted,
} from 'litesvm/dist/internal';
import type {
  InstructionError,
  PlainInstructionError,
} from '../../src/vm-preview/svm/errors/instruction-error';
import type {
  PlainTransactionError,
  TransactionError,
} from '../../src/vm-preview/svm/errors/transaction-error';

/** By litesvm's number. */
const INSTRUCTION_ERRORS: readonly PlainInstructionError[] = [
  'GenericError',
  'InvalidArgument',
  'InvalidInstructionData',
  'InvalidAccountData',
  'AccountDataTooSmall',
  'InsufficientFunds',
  'IncorrectProgramId',
  'MissingRequiredSignature',
  'AccountAlreadyInitialized',
  'UninitializedAccount',
  'UnbalancedInstruction',
  'ModifiedProgramId',
  'ExternalAccountLamportSpend',
  'ExternalAccountDataModified',
  'ReadonlyLamportChange',
  'ReadonlyDataModified',
  'DuplicateAccountIndex',
  'ExecutableModified',
  'RentEpochModified',
  'NotEnoughAccountKeys',
  'AccountDataSizeChanged',
  'AccountNotExecutable',
  'AccountBorrowFailed',
  'AccountBorrowOutstanding',
  'DuplicateAccountOutOfSync',
  'InvalidError',
  'ExecutableDataModified',
  'ExecutableLamportChange',
  'ExecutableAccountNotRentExempt',
  'UnsupportedProgramId',
  'CallDepth',
  'MissingAccount',
  'ReentrancyNotAllowed',
  'MaxSeedLengthExceeded',
  'InvalidSeeds',
  'InvalidRealloc',
  'ComputationalBudgetExceeded',
  'PrivilegeEscalation',
  'ProgramEnvironmentSetupFailure',
  'ProgramFailedToComplete',
  'ProgramFailedToCompile',
  'Immutable',
  'IncorrectAuthority',
  'AccountNotRentExempt',
  'InvalidAccountOwner',
  'ArithmeticOverflow',
  'UnsupportedSysvar',
  'IllegalOwner',
  'MaxAccountsDataAllocationsExceeded',
  'MaxAccountsExceeded',
  'MaxInstructionTraceLengthExceeded',
  'BuiltinProgramsMustConsumeComputeUnits',
  'BorshIoError',
];

/** By litesvm's number. */
const TRANSACTION_ERRORS: readonly PlainTransactionError[] = [
  'AccountInUse',
  'AccountLoadedTwice',
  'AccountNotFound',
  'ProgramAccountNotFound',
  'InsufficientFundsForFee',
  'InvalidAccountForFee',
  'AlreadyProcessed',
  'BlockhashNotFound',
  'CallChainTooDeep',
  'MissingSignatureForFee',
  'InvalidAccountIndex',
  'SignatureFailure',
  'InvalidProgramForExecution',
  'SanitizeFailure',
  'ClusterMaintenance',
  'AccountBorrowOutstanding',
  'WouldExceedMaxBlockCostLimit',
  'UnsupportedVersion',
  'InvalidWritableAccount',
  'WouldExceedMaxAccountCostLimit',
  'WouldExceedAccountDataBlockLimit',
  'TooManyAccountLocks',
  'AddressLookupTableNotFound',
  'InvalidAddressLookupTableOwner',
  'InvalidAddressLookupTableData',
  'InvalidAddressLookupTableIndex',
  'InvalidRentPayingAccount',
  'WouldExceedMaxVoteCostLimit',
  'WouldExceedAccountDataTotalLimit',
  'MaxLoadedAccountsDataSizeExceeded',
  'ResanitizationNeeded',
  'InvalidLoadedAccountsDataSizeLimit',
  'UnbalancedTransaction',
  'ProgramCacheHitMaxLimit',
  'CommitCancelled',
];

export function transactionError(failed: FailedTransactionMetadata): TransactionError {
  const error: unknown = failed.err();
  if (error instanceof TransactionErrorInstructionError) {
    return { InstructionError: [error.index, instructionError(error.err())] };
  }
  if (error instanceof TransactionErrorDuplicateInstruction) {
    return { DuplicateInstruction: error.index };
  }
  if (error instanceof TransactionErrorInsufficientFundsForRent) {
    return { InsufficientFundsForRent: { account_index: error.accountIndex } };
  }
  if (error instanceof TransactionErrorProgramExecutionTemporarilyRestricted) {
    return { ProgramExecutionTemporarilyRestricted: { account_index: error.accountIndex } };
  }
  return named(TRANSACTION_ERRORS, error);
}

function instructionError(error: unknown): InstructionError {
  if (error instanceof InstructionErrorCustom) return { Custom: error.code };
  return typeof error === 'number' ? named(INSTRUCTION_ERRORS, error) : 'BorshIoError';
}

function named<T>(names: readonly T[], index: unknown): T {
  const name = typeof index === 'number' ? names[index] : undefined;
  if (name === undefined) throw new Error(`litesvm gave an unknown error: ${String(index)}`);
  return name;
}

/** What a transaction that failed with this error leaves behind. */
export type Landing = 'executed' | 'fees-only' | 'refused';

/**
 * Source: agave `svm/src/transaction_processor.rs`, `svm/src/account_loader.rs`: failing to load a
 * program costs the fee, failing before that costs nothing. The Compute Budget program itself never
 * fails; its instructions are read before anything is loaded.
 *
 * @param ran - whether any instruction was begun
 * @param programAt - the program, in base58, of the instruction at an index
 */
export function landing(
  error: TransactionError,
  ran: boolean,
  programAt: (index: number) => string | undefined,
): Landing {
  if (typeof error === 'string') return FEES_ONLY.has(error) ? 'fees-only' : 'refused';
  if ('InstructionError' in error) {
    return programAt(error.InstructionError[0]) === COMPUTE_BUDGET ? 'refused' : 'executed';
  }
  // The fee payer's own rent is checked before anything runs.
  return 'InsufficientFundsForRent' in error && ran ? 'executed' : 'refused';
}

const COMPUTE_BUDGET = 'ComputeBudget111111111111111111111111111111';

const FEES_ONLY: ReadonlySet<TransactionError> = new Set<TransactionError>([
  'ProgramAccountNotFound',
  'InvalidProgramForExecution',
  'MaxLoadedAccountsDataSizeExceeded',
]);
