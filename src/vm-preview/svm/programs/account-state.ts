import { InstructionFailure } from '../errors/instruction-error';
import type { BorrowedAccount } from '../runtime/types';

/**
 * Writes a state at the start of an account's data and leaves the rest as it is.
 * Source: agave `transaction-context/src/instruction_accounts.rs`, `set_state`.
 *
 * @throws InstructionFailure AccountDataTooSmall, or why the data cannot be changed
 */
export function setState(account: BorrowedAccount, state: Uint8Array): void {
  const data = account.dataMut();
  if (state.length > data.length) throw new InstructionFailure('AccountDataTooSmall');
  data.set(state);
}
