/**
 * Whether a transaction may leave an account with the balance it has.
 * Source: agave `svm/src/{rent_calculator,transaction_account_state_info}.rs`; SIMD-0392.
 */
import { TransactionFailure } from '../errors/transaction-error';
import type { Pubkey } from '../pubkey';
import { type Rent, rentExemptMinimum } from '../sysvars/sysvar-cache';

/** What the check looks at of an account. */
export interface BalanceState {
  readonly lamports: bigint;
  readonly dataLength: number;
  readonly owner: Pubkey;
}

type RentState = 'uninitialized' | 'rent-paying' | 'rent-exempt';

function rentState(account: BalanceState, rent: Rent): RentState {
  if (account.lamports === 0n) return 'uninitialized';
  return account.lamports >= rentExemptMinimum(rent, account.dataLength)
    ? 'rent-exempt'
    : 'rent-paying';
}

/** With SIMD-0392 an account that exists counts as exempt: rent-paying ones no longer come to be. */
function stateBefore(account: BalanceState, rent: Rent, relaxed: boolean): RentState {
  const state = rentState(account, rent);
  return relaxed && state === 'rent-paying' ? 'rent-exempt' : state;
}

/** With SIMD-0392 an account that keeps size and owner need not have more than it had. */
function stateAfter(
  before: BalanceState,
  after: BalanceState,
  rent: Rent,
  relaxed: boolean,
): RentState {
  const state = rentState(after, rent);
  const keepsBalance =
    relaxed &&
    after.dataLength <= before.dataLength &&
    after.owner.equals(before.owner) &&
    stateBefore(before, rent, relaxed) === 'rent-exempt' &&
    after.lamports >= before.lamports;
  return state === 'rent-paying' && keepsBalance ? 'rent-exempt' : state;
}

function transitionAllowed(
  before: BalanceState,
  after: BalanceState,
  rent: Rent,
  relaxed: boolean,
): boolean {
  if (stateAfter(before, after, rent, relaxed) !== 'rent-paying') return true;
  // Rent-paying accounts may stay so, unless resized or credited.
  return (
    stateBefore(before, rent, relaxed) === 'rent-paying' &&
    before.dataLength === after.dataLength &&
    after.lamports <= before.lamports
  );
}

/**
 * @param relaxed - whether relax_post_exec_min_balance_check is active
 * @throws TransactionFailure InsufficientFundsForRent
 */
export function checkRentTransition(
  accountIndex: number,
  before: BalanceState,
  after: BalanceState,
  rent: Rent,
  relaxed: boolean,
): void {
  if (transitionAllowed(before, after, rent, relaxed)) return;
  throw new TransactionFailure({ InsufficientFundsForRent: { account_index: accountIndex } });
}
