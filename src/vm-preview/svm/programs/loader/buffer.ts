/** Filling a buffer. Source: agave `programs/bpf_loader/src/lib.rs`. */
import type { BorrowedAccount, InstructionContext, InvokeContext } from '../../runtime/types';
import { setState } from '../account-state';
import { BUFFER_AUTHORITY, fail, requireAuthority } from './failure';
import { BUFFER_HEADER_BYTES, decodeLoaderState, encodeLoaderState } from './state';

/** Accounts: 0 the buffer, 1 its authority. */
export function initializeBuffer(invoke: InvokeContext, instruction: InstructionContext): void {
  instruction.checkNumberOfAccounts(2);
  const buffer = instruction.borrow(0);
  if (decodeLoaderState(buffer.data).kind !== 'Uninitialized') {
    fail(invoke, 'AccountAlreadyInitialized', 'Buffer account already initialized');
  }
  const authority = instruction.keyOfAccount(1);
  setState(buffer, encodeLoaderState({ kind: 'Buffer', authority }));
}

/** Accounts: 0 the buffer, 1 its authority. */
export function writeBuffer(
  invoke: InvokeContext,
  instruction: InstructionContext,
  offset: number,
  bytes: Uint8Array,
): void {
  instruction.checkNumberOfAccounts(2);
  const buffer = instruction.borrow(0);
  const state = decodeLoaderState(buffer.data);
  if (state.kind !== 'Buffer') fail(invoke, 'InvalidAccountData', 'Invalid Buffer account');
  requireAuthority(invoke, instruction, 1, state.authority, BUFFER_AUTHORITY);
  const data = buffer.dataMut();
  const start = BUFFER_HEADER_BYTES + offset;
  const end = start + bytes.length;
  if (data.length < end) {
    fail(invoke, 'AccountDataTooSmall', `Write overflow: ${data.length} < ${end}`);
  }
  data.set(bytes, start);
}

/**
 * The checks that deploying and upgrading share.
 *
 * @param authority - position of the program's authority, which must also be the buffer's
 * @returns bytes of the ELF in the buffer
 */
export function requireDeployableBuffer(
  invoke: InvokeContext,
  instruction: InstructionContext,
  buffer: BorrowedAccount,
  authority: number,
): number {
  if (!buffer.isWritable) fail(invoke, 'InvalidArgument', 'Buffer account not writeable');
  if (!buffer.owner.equals(instruction.programKey)) {
    fail(invoke, 'IncorrectProgramId', 'Buffer account not owned by loader');
  }
  const state = decodeLoaderState(buffer.data);
  if (state.kind !== 'Buffer') fail(invoke, 'InvalidArgument', 'Invalid Buffer account');
  if (state.authority?.equals(instruction.keyOfAccount(authority)) !== true) {
    fail(invoke, 'IncorrectAuthority', "Buffer and upgrade authority don't match");
  }
  if (!instruction.isSigner(authority)) {
    fail(invoke, 'MissingRequiredSignature', 'Upgrade authority did not sign');
  }
  const elfBytes = buffer.data.length - BUFFER_HEADER_BYTES;
  if (elfBytes <= 0) fail(invoke, 'InvalidAccountData', 'Buffer account too small');
  return elfBytes;
}
