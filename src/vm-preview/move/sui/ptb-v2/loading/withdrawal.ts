/** Inputs that take from an address balance (loading/translate.rs, `CallArg::FundsWithdrawal`). */
import { CannotPreview } from '../../../../errors';
import type { FundsWithdrawal } from '../../data';
import type { ValueType } from '../../execution/value';
import type { LoadParts } from './load';

/** A value that a command can redeem, `0x2::funds_accumulator::Withdrawal<0x2::balance::Balance<T>>`. */
export interface LoadedWithdrawal {
  readonly kind: 'withdrawal';
  readonly type: ValueType;
  /** Whose balance it is, 32 bytes. */
  readonly owner: Uint8Array;
  /** At most so many of the smallest unit. */
  readonly amount: bigint;
}

export function loadWithdrawal(_: LoadParts, __: FundsWithdrawal): LoadedWithdrawal {
  throw new CannotPreview('sui-funds-withdrawal', 'a withdrawal from an address balance');
}
