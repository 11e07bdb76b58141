/**
 * Running a loaded transaction's instructions, and the checks that follow them.
 * Source: agave `svm/src/transaction_processor.rs` (`execute_loaded_transaction`).
 */
import { CannotPreview } from '../../errors';
import { RuntimeHostBudget } from '../../host-budget';
import { type TransactionError, TransactionFailure } from '../errors/transaction-error';
import { INCINERATOR } from '../programs/ids';
import type { Pubkey } from '../pubkey';
import type { ExecutionBudget } from '../runtime/execution-budget';
import { type ProcessedMessage, processMessage } from '../runtime/process-message';
import type { KeyedAccount, TransactionAccounts } from '../runtime/transaction-accounts';
import type { StateReader } from '../state';
import type { Rent, SysvarCache } from '../sysvars/sysvar-cache';
import type { TransactionBudget } from './compute-budget';
import { type BalanceState, checkRentTransition } from './rent-state';
import type { ResolvedMessage } from './resolved-message';
import type { SvmEnvironment } from './types';

export interface MessageResult {
  readonly processed: ProcessedMessage;
  /** `undefined` when the transaction succeeded. */
  readonly error: TransactionError | undefined;
}

function executionBudget(budget: TransactionBudget, environment: SvmEnvironment): ExecutionBudget {
  return {
    computeUnitLimit: budget.computeUnitLimit,
    heapSize: budget.heapSize,
    maxInstructionStackDepth: environment.features.isActive('raise_cpi_nesting_limit_to_8') ? 9 : 5,
    maxInstructionTraceLength: 64,
    sha256MaxSlices: 20_000,
    maxCallDepth: 64,
    stackFrameSize: 4096,
  };
}

/** What programs may ask of the chain besides accounts. */
class ChainEnvironment {
  readonly blockhash: Uint8Array;
  readonly lamportsPerSignature: SvmEnvironment['lamportsPerSignature'];

  constructor(private readonly environment: SvmEnvironment) {
    this.blockhash = environment.blockhashes.last;
    this.lamportsPerSignature = environment.lamportsPerSignature;
  }

  get epochTotalStake(): bigint {
    return this.#stakes().total;
  }

  epochVoteAccountStake(voteAccount: Pubkey): bigint {
    return this.#stakes().of(voteAccount);
  }

  #stakes(): NonNullable<SvmEnvironment['epochStakes']> {
    const { epochStakes } = this.environment;
    if (epochStakes === undefined) {
      throw new CannotPreview('epoch-stakes', "a program asks for the epoch's stakes");
    }
    return epochStakes;
  }
}

function balanceState(account: {
  readonly lamports: bigint;
  readonly data: Uint8Array;
  readonly owner: Pubkey;
}): BalanceState {
  return { lamports: account.lamports, dataLength: account.data.length, owner: account.owner };
}

function checkRent(
  message: ResolvedMessage,
  before: readonly KeyedAccount[],
  after: TransactionAccounts,
  rent: Rent,
  relaxed: boolean,
): void {
  for (const [index, { address, account }] of before.entries()) {
    if (!message.isWritable(index) || address.equals(INCINERATOR)) continue;
    checkRentTransition(index, balanceState(account), balanceState(after.at(index)), rent, relaxed);
  }
}

function lamportsOf(accounts: Iterable<{ readonly lamports: bigint }>): bigint {
  let sum = 0n;
  for (const { lamports } of accounts) sum += lamports;
  return sum;
}

function checkBalance(before: readonly KeyedAccount[], after: TransactionAccounts): void {
  const sumBefore = lamportsOf(before.map(({ account }) => account));
  const sumAfter = lamportsOf(before.map((_, index) => after.at(index)));
  if (sumBefore !== sumAfter) throw new TransactionFailure('UnbalancedTransaction');
}

/**
 * @param accounts - as they were loaded, with the fee paid
 * @param state - as it was before the transaction
 * @throws MissingStateError, CannotPreview
 */
export function runMessage(
  message: ResolvedMessage,
  accounts: readonly KeyedAccount[],
  budget: TransactionBudget,
  state: StateReader,
  sysvars: SysvarCache,
  environment: SvmEnvironment,
): MessageResult {
  const { features } = environment;
  const processed = processMessage({
    accounts,
    instructions: message.instructions.map((instruction) => ({
      programIndexInTransaction: instruction.programIndex,
      accounts: instruction.accounts.map((index) => ({
        indexInTransaction: index,
        isSigner: message.isSigner(index),
        isWritable: message.isWritable(index),
      })),
      data: instruction.data,
    })),
    state,
    features,
    budget: executionBudget(budget, environment),
    sysvars,
    environment: new ChainEnvironment(environment),
    hostBudget: new RuntimeHostBudget(environment.hostBudget),
    programs: environment.programs,
  });
  const { failure } = processed;
  if (failure !== undefined) {
    return { processed, error: { InstructionError: [failure.instructionIndex, failure.error] } };
  }
  try {
    const relaxed = features.isActive('relax_post_exec_min_balance_check');
    checkRent(message, accounts, processed.accounts, sysvars.rent, relaxed);
    checkBalance(accounts, processed.accounts);
  } catch (thrown) {
    if (thrown instanceof TransactionFailure) return { processed, error: thrown.error };
    throw thrown;
  }
  return { processed, error: undefined };
}
