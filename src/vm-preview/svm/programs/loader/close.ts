/** Closing a buffer or a program. Source: agave `programs/bpf_loader/src/lib.rs`. */
import type { Pubkey } from '../../pubkey';
import type { InstructionContext, InvokeContext } from '../../runtime/types';
import { setState } from '../account-state';
import { CLOSE_AUTHORITY, fail, requireAuthority } from './failure';
import { decodeLoaderState, encodeLoaderState, UNINITIALIZED_BYTES } from './state';

function closeWithAuthority(
  invoke: InvokeContext,
  instruction: InstructionContext,
  authority: Pubkey | undefined,
): void {
  requireAuthority(invoke, instruction, 2, authority, CLOSE_AUTHORITY);
  const account = instruction.borrow(0);
  const recipient = instruction.borrow(1);
  recipient.checkedAddLamports(account.lamports);
  account.setLamports(0n);
  setState(account, encodeLoaderState({ kind: 'Uninitialized' }));
  account.release();
  recipient.release();
}

/** Account 3 is the program, which cannot be called any more. */
function closeProgram(
  invoke: InvokeContext,
  instruction: InstructionContext,
  slot: bigint,
  authority: Pubkey | undefined,
): void {
  instruction.checkNumberOfAccounts(4);
  const programData = instruction.keyOfAccount(0);
  const program = instruction.borrow(3);
  if (!program.isWritable) fail(invoke, 'InvalidArgument', 'Program account is not writable');
  if (!program.owner.equals(instruction.programKey)) {
    fail(invoke, 'IncorrectProgramId', 'Program account not owned by loader');
  }
  if (invoke.sysvars.clock.slot === slot) {
    fail(invoke, 'InvalidArgument', 'Program was deployed in this block already');
  }
  const state = decodeLoaderState(program.data);
  if (state.kind !== 'Program') fail(invoke, 'InvalidArgument', 'Invalid Program account');
  if (!state.programData.equals(programData)) {
    const text = 'ProgramData account does not match ProgramData account';
    fail(invoke, 'InvalidArgument', text);
  }
  program.release();
  closeWithAuthority(invoke, instruction, authority);
  invoke.hideProgram(program.key);
  invoke.log(`Closed Program ${program.key}`);
}

/** Accounts: 0 what is closed, 1 who gets its lamports, 2 its authority, 3 the program. */
export function close(invoke: InvokeContext, instruction: InstructionContext): void {
  instruction.checkNumberOfAccounts(2);
  const [first, second] = instruction.accounts;
  if (first?.indexInTransaction === second?.indexInTransaction) {
    fail(invoke, 'InvalidArgument', 'Recipient is the same as the account being closed');
  }
  const account = instruction.borrow(0);
  const state = decodeLoaderState(account.data);
  account.setDataLength(UNINITIALIZED_BYTES);
  switch (state.kind) {
    case 'Uninitialized':
      instruction.borrow(1).checkedAddLamports(account.lamports);
      account.setLamports(0n);
      invoke.log(`Closed Uninitialized ${account.key}`);
      return;
    case 'Buffer':
      instruction.checkNumberOfAccounts(3);
      account.release();
      closeWithAuthority(invoke, instruction, state.authority);
      invoke.log(`Closed Buffer ${account.key}`);
      return;
    case 'ProgramData':
      account.release();
      closeProgram(invoke, instruction, state.slot, state.authority);
      return;
    case 'Program':
      fail(invoke, 'InvalidArgument', 'Account does not support closing');
  }
}
