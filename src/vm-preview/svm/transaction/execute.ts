/**
 * A transaction's whole way: checks, fee, loading, running, and what is stored in the end.
 * Source: agave `runtime/src/bank.rs` (`verify_transaction`, `load_and_execute_transactions`),
 * `svm/src/transaction_processor.rs`; the order of the checks is theirs.
 */
import { CannotPreview, StateError } from '../../errors';
import type { Account } from '../account';
import { InstructionFailure } from '../errors/instruction-error';
import { type TransactionError, TransactionFailure } from '../errors/transaction-error';
import { VOTE_PROGRAM } from '../programs/ids';
import type { TransactionAccounts } from '../runtime/transaction-accounts';
import { RecordingState, type StateReader } from '../state';
import { SYSVAR_IDS } from '../sysvars/ids';
import { decodeSysvars, type SysvarCache } from '../sysvars/sysvar-cache';
import {
  type BudgetRequests,
  readBudgetRequests,
  type TransactionBudget,
  transactionBudget,
} from './compute-budget';
import { checkAge } from './durable-nonce';
import { calculateFee, totalFee } from './fee';
import { type FeePayer, validateFeePayer } from './fee-payer';
import { LoadedDataSize, loadAccounts } from './load-accounts';
import { resolveLookups } from './lookup-tables';
import type { ParsedTransaction } from './message';
import { requireState } from './required-state';
import { ResolvedMessage, validateAccountLocks } from './resolved-message';
import { runMessage } from './run-message';
import { checkVersion, sanitize } from './sanitize';
import { verifySignatures } from './signatures';
import type { AccountOutcome, SvmEnvironment, SvmFee, SvmOutcome } from './types';

const NO_FEE: SvmFee = { signature: 0n, priority: 0n };

/** A value, or the error for which the chain would not go on. */
type Checked<T> = { readonly ok: true; readonly value: T } | Refusal;
interface Refusal {
  readonly ok: false;
  readonly error: TransactionError;
}

function checked<T>(run: () => T): Checked<T> {
  try {
    return { ok: true, value: run() };
  } catch (thrown) {
    if (thrown instanceof TransactionFailure) return { ok: false, error: thrown.error };
    throw thrown;
  }
}

/** The account after the transaction, by its index; `undefined` where it does not exist then. */
type After = (index: number, before: Account | undefined) => Account | undefined;

const UNCHANGED: After = (_index, before) => before;

function accountOutcomes(message: ResolvedMessage, state: StateReader, after: After) {
  return message.accountKeys.map((address, index): AccountOutcome => {
    const before = address.equals(SYSVAR_IDS.instructions) ? undefined : state.get(address);
    const account = after(index, before);
    return {
      address,
      isSigner: message.isSigner(index),
      isWritable: message.isWritable(index),
      before,
      after: account === undefined || account.lamports === 0n ? undefined : account,
    };
  });
}

/** A transaction that does not land: nothing changes. */
function refused(
  error: TransactionError,
  state: RecordingState,
  message?: ResolvedMessage,
  budget?: TransactionBudget,
): SvmOutcome {
  return {
    landing: 'refused',
    error,
    fee: NO_FEE,
    computeUnits: 0,
    computeUnitLimit: budget?.computeUnitLimit ?? 0,
    logs: [],
    returnData: undefined,
    innerInstructions: [],
    instructionUnits: [],
    accounts: message === undefined ? [] : accountOutcomes(message, state, UNCHANGED),
    read: state.addresses,
    loadedAccountsDataSize: 0,
  };
}

/** What is checked before any account is looked at. */
function checkStatic(transaction: ParsedTransaction, environment: SvmEnvironment): BudgetRequests {
  checkVersion(transaction, environment.features);
  verifySignatures(transaction, environment.signatures);
  sanitize(transaction, environment.features);
  return readBudgetRequests(transaction);
}

/** No chain is without a clock and rent: a node that gives neither does not tell the truth. */
function chainSysvars(state: StateReader): SysvarCache {
  const sysvars = decodeSysvars(state);
  try {
    void [sysvars.clock, sysvars.rent];
  } catch (thrown) {
    if (!(thrown instanceof InstructionFailure)) throw thrown;
    throw new StateError('sysvar-missing', 'the state has no Clock or Rent sysvar');
  }
  return sysvars;
}

function resolve(
  transaction: ParsedTransaction,
  state: StateReader,
  sysvars: SysvarCache,
  environment: SvmEnvironment,
): ResolvedMessage {
  const { features } = environment;
  const loaded = resolveLookups(transaction.lookups, state, sysvars);
  const message = new ResolvedMessage(transaction, loaded);
  validateAccountLocks(message, features);
  if (
    features.isActive('alpenglow') &&
    message.accountKeys.some((key) => key.equals(VOTE_PROGRAM))
  ) {
    throw new CannotPreview('alpenglow-vote', 'the Vote program under Alpenglow');
  }
  return message;
}

/** Whether the transaction is in time, and who pays. */
function checkPayment(
  message: ResolvedMessage,
  state: StateReader,
  sysvars: SysvarCache,
  fee: SvmFee,
  environment: SvmEnvironment,
): FeePayer {
  const nonce = checkAge(message, state, environment);
  const relaxed = environment.features.isActive('relax_post_exec_min_balance_check');
  return validateFeePayer(message, state, sysvars.rent, totalFee(fee), nonce, relaxed);
}

/** Only the payer, and the nonce, are stored when a transaction fails. */
function afterRollback(message: ResolvedMessage, payer: FeePayer): After {
  return (index, before) => payer.rollback.get(message.keyAt(index).key) ?? before;
}

/** Writable accounts that were written to are stored; the payer always is. */
function afterSuccess(message: ResolvedMessage, accounts: TransactionAccounts): After {
  return (index, before) => {
    const stored =
      message.isWritable(index) &&
      (index === 0 || accounts.isTouched(index)) &&
      (!message.isInvoked(index) || message.isInstructionAccount(index));
    return stored ? accounts.at(index).toAccount() : before;
  };
}

/** In bytes, of the accounts that a transaction which only pays stores. */
function rollbackSize(payer: FeePayer): number {
  return [...payer.rollback.values()].reduce((sum, { data }) => sum + data.length, 0);
}

/**
 * Runs a transaction on a state, as the chain would.
 *
 * @throws MissingStateError with all that is known to be missing from the state
 * @throws StateError `sysvar-missing` when the state is no chain's
 * @throws CannotPreview when this VM cannot do what the chain does
 */
export function executeTransaction(
  transaction: ParsedTransaction,
  stateReader: StateReader,
  environment: SvmEnvironment,
): SvmOutcome {
  const { features } = environment;
  const state = new RecordingState(stateReader);
  const requests = checked(() => checkStatic(transaction, environment));
  if (!requests.ok) return refused(requests.error, state);

  requireState(transaction, stateReader, features);
  const sysvars = chainSysvars(state);
  const resolved = checked(() => resolve(transaction, state, sysvars, environment));
  if (!resolved.ok) return refused(resolved.error, state);

  const message = resolved.value;
  const budget = checked(() => transactionBudget(transaction, requests.value, features));
  if (!budget.ok) return refused(budget.error, state, message);

  const { priorityFee } = budget.value;
  const fee = calculateFee(message.message, environment.lamportsPerSignature, priorityFee);
  const payment = checked(() => checkPayment(message, state, sysvars, fee, environment));
  if (!payment.ok) return refused(payment.error, state, message, budget.value);

  const payer = payment.value;
  const size = new LoadedDataSize(budget.value.loadedAccountsDataSizeLimit);
  const loaded = checked(() => loadAccounts(message, state, sysvars.rent, payer.account, size));
  if (!loaded.ok) {
    return {
      ...refused(loaded.error, state, message, budget.value),
      landing: 'fees-only',
      fee,
      accounts: accountOutcomes(message, state, afterRollback(message, payer)),
      loadedAccountsDataSize: features.isActive('define_ltds_fee_only_semantics')
        ? size.bytes
        : rollbackSize(payer),
    };
  }

  const { processed, error } = runMessage(
    message,
    loaded.value,
    budget.value,
    state,
    sysvars,
    environment,
  );
  const after =
    error === undefined ? afterSuccess(message, processed.accounts) : afterRollback(message, payer);
  return {
    landing: 'executed',
    error,
    fee,
    computeUnits: processed.computeUnits,
    computeUnitLimit: budget.value.computeUnitLimit,
    logs: processed.logs,
    returnData: processed.returnData.data.length === 0 ? undefined : processed.returnData,
    innerInstructions: processed.innerInstructions,
    instructionUnits: processed.instructionUnits,
    accounts: accountOutcomes(message, state, after),
    read: state.addresses,
    loadedAccountsDataSize: size.bytes,
  };
}
