/** Departures of litesvm that several cells meet. */
import type { PlainAccount, RunResult } from '../../support/litesvm-world';
import type { Departure } from './cell';

/** Who paid, and how many lamports. */
export interface Payment {
  readonly payer: { toBase58(): string };
  readonly fee: bigint;
}

/** An account that has paid; without lamports it is no more. */
export function lessFee(account: PlainAccount, fee: bigint): PlainAccount | null {
  const left = BigInt(account.lamports) - fee;
  return left === 0n ? null : { ...account, lamports: String(left) };
}

/** The payer is the fee poorer than litesvm has it, and nothing else differs. */
function feeCharged(ours: RunResult, theirs: RunResult, { payer, fee }: Payment): string[] {
  const problems: string[] = [];
  for (const [address, account] of Object.entries(theirs.post)) {
    const isPayer = address === payer.toBase58();
    const expected = isPayer && account !== null ? lessFee(account, fee) : account;
    const found = ours.post[address] ?? null;
    if (JSON.stringify(found) !== JSON.stringify(expected)) {
      problems.push(
        `${address}: agave has ${JSON.stringify(expected)}, ours is ${JSON.stringify(found)}`,
      );
    }
  }
  return problems;
}

/** A transaction that cannot be loaded still lands and pays its fee. */
export function feesOnly(reason: string): Departure<Payment> {
  return {
    reason,
    source: 'svm/src/account_loader.rs (load_transaction: TransactionLoadResult::FeesOnly)',
    aspects: ['post'],
    check: feeCharged,
  };
}

/** As `feesOnly`, and litesvm also has another error. */
export const missingProgram: Departure<Payment> = {
  reason:
    'litesvm calls a program that does not exist InvalidProgramForExecution, and charges no fee',
  source: 'svm/src/account_loader.rs (load_transaction_accounts: ProgramAccountNotFound)',
  aspects: ['error', 'post'],
  check: feeCharged,
};

/** The native loader has no account, and litesvm knows it all the same. */
export const noNativeLoader: Departure<Payment> = {
  reason:
    'litesvm lets an instruction name the native loader, which has no account, and fails it later',
  source: 'svm/src/account_loader.rs (load_transaction_accounts: ProgramAccountNotFound)',
  aspects: ['error', 'inner'],
  check: () => [],
};

export const tooManyInstructions: Departure<Payment> = {
  reason: 'litesvm runs transactions of more than 64 instructions',
  source:
    'runtime-transaction/src/runtime_transaction/sdk_transactions.rs (try_create: SanitizeFailure)',
  aspects: ['error', 'units', 'logs', 'inner'],
  check: ({ units, logs }) =>
    units === 0 && logs.length === 0 ? [] : ['something ran of a transaction that is refused'],
};

export const uncountedProgramData: Departure<Payment> = {
  reason: 'litesvm does not count the code of a loader v3 program among the loaded bytes',
  source: 'svm/src/account_loader.rs (load_transaction_accounts: collect_loaded_account)',
  aspects: ['error', 'units', 'logs', 'returnData', 'inner', 'post'],
  // It runs there; the fee is the same, and nothing else may have changed here.
  check: ({ units, logs, returnData, post }, theirs) => {
    const same = JSON.stringify(post) === JSON.stringify(theirs.post);
    const ran = units > 0 || logs.length > 0 || returnData !== undefined;
    return !ran && same ? [] : ['more than the fee was taken'];
  },
};

/** Only the order of two refusals differs: nothing runs, and nothing is paid. */
export const budgetReadFirst: Departure<Payment> = {
  reason: 'litesvm reads Compute Budget instructions after it has looked accounts and blockhash up',
  source:
    'runtime-transaction/src/runtime_transaction/sdk_transactions.rs (try_create); runtime/src/bank/check_transactions.rs',
  aspects: ['error', 'post'],
  check: ({ units, logs }, theirs) =>
    units === 0 && logs.length === 0 && theirs.units === 0 && theirs.error !== undefined
      ? []
      : ['something ran of a transaction that is refused'],
};

/** Ends in "Program is not deployed" where litesvm does not start. */
export const notMarkedExecutable: Departure<Payment> = {
  reason: 'litesvm asks that a program is marked executable; on the chain its owner decides',
  source: 'svm/src/account_loader.rs (load_transaction_accounts: PROGRAM_OWNERS)',
  aspects: ['error', 'units', 'logs', 'returnData', 'inner', 'post'],
  check: feeCharged,
};

/** Not taken by the leader of a block, though a block that has it is valid. */
export const oddNonceSize: Departure<Payment> = {
  reason:
    'litesvm takes nonce accounts of any size for durable transactions, leaders of 80 bytes only',
  source:
    'runtime/src/bank/check_transactions.rs (load_message_nonce_data: strict_nonce_size_check)',
  aspects: ['error', 'units', 'logs', 'returnData', 'inner', 'post'],
  check: ({ units, logs }) =>
    units === 0 && logs.length === 0 ? [] : ['something ran of a transaction that is refused'],
};
