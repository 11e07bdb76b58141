/** Inputs that take from an address balance (loading/translate.rs, `CallArg::FundsWithdrawal`). */
import { CannotPreview } from '../../../../errors';
import type { StructTag } from '../../../core/types';
import { Address } from '../../../core/values';
import { balanceOf, type FundsWithdrawal } from '../../data';
import { type ValueType, valueType } from '../../execution/value';
import type { LoadParts } from './load';
import { DROP } from './ptb-type';
import type { TypeLoader } from './types';

/** A value that a command can redeem, `0x2::funds_accumulator::Withdrawal<0x2::balance::Balance<T>>`. */
export interface LoadedWithdrawal {
  readonly kind: 'withdrawal';
  readonly type: ValueType;
  /** Of what is withdrawn. */
  readonly currency: ValueType;
  /** Whose balance it is, 32 bytes. */
  readonly owner: Uint8Array;
  /** At most so many of the smallest unit. */
  readonly amount: bigint;
}

/** @throws ExecutionError TypeArgumentError; MissingObjectsError, CannotPreview */
export function loadWithdrawal(
  { transaction }: LoadParts,
  types: TypeLoader,
  { currency: tag, from, maxAmount }: FundsWithdrawal,
): LoadedWithdrawal {
  // Checked before; what is left is the sender's own.
  if (from.kind !== 'sender')
    throw new CannotPreview('sui-allowance', 'a withdrawal that another account allows');
  const currency = types.input(tag, 0);
  // The balance is kept by the types' defining names alone.
  if (currency.key !== valueType(tag, 0).key)
    throw new CannotPreview('sui-funds-withdrawal', 'a withdrawal by another name of a currency');
  return {
    kind: 'withdrawal',
    type: valueType(withdrawalOf(currency), DROP),
    currency,
    owner: transaction.sender.bytes,
    amount: maxAmount,
  };
}

const withdrawalOf = ({ tag }: ValueType): StructTag => ({
  kind: 'struct',
  address: Address.parse('0x2').bytes,
  module: 'funds_accumulator',
  name: 'Withdrawal',
  typeArguments: [balanceOf(tag)],
});
