/** Making room for a larger program. Source: agave `programs/bpf_loader/src/lib.rs`, `common_extend_program`. */
import { InstructionFailure } from '../../errors/instruction-error';
import type { Pubkey } from '../../pubkey';
import type { BorrowedAccount, InstructionContext, InvokeContext } from '../../runtime/types';
import { setState } from '../account-state';
import { BincodeWriter } from '../bincode';
import { SYSTEM_PROGRAM } from '../ids';
import { MAX_PERMITTED_DATA_LENGTH } from '../system/account';
import { requiredBalance } from './deploy';
import { fail } from './failure';
import { decodeLoaderState, encodeLoaderState, PROGRAM_DATA_HEADER_BYTES } from './state';
import { verifyElf } from './verify';

/** SIMD-0431, in bytes. */
const MINIMUM_EXTEND_PROGRAM_BYTES = 10_240;
const MAX_LENGTH = Number(MAX_PERMITTED_DATA_LENGTH);

function requireProgramOf(
  invoke: InvokeContext,
  instruction: InstructionContext,
  program: BorrowedAccount,
  programData: Pubkey,
): void {
  if (!program.isWritable) fail(invoke, 'InvalidArgument', 'Program account is not writable');
  if (!program.owner.equals(instruction.programKey)) {
    fail(invoke, 'InvalidAccountOwner', 'Program account not owned by loader');
  }
  const state = decodeLoaderState(program.data);
  if (state.kind !== 'Program') fail(invoke, 'InvalidAccountData', 'Invalid Program account');
  if (!state.programData.equals(programData)) {
    fail(invoke, 'InvalidArgument', 'Program account does not match ProgramData account');
  }
}

function requireExtension(invoke: InvokeContext, oldLength: number, additionalBytes: number): void {
  const newLength = oldLength + additionalBytes;
  if (newLength > MAX_LENGTH) {
    const text = `Extended ProgramData length of ${newLength} bytes exceeds max account data length of ${MAX_LENGTH} bytes`;
    fail(invoke, 'InvalidRealloc', text);
  }
  if (!invoke.features.isActive('loader_v3_minimum_extend_program_size')) return;
  const headroom = Math.max(MAX_LENGTH - oldLength, 0);
  if (additionalBytes < MINIMUM_EXTEND_PROGRAM_BYTES && additionalBytes !== headroom) {
    const text = `ExtendProgram requires a minimum of ${MINIMUM_EXTEND_PROGRAM_BYTES} additional bytes or to extend to maximum size, but only ${additionalBytes} were requested`;
    fail(invoke, 'InvalidArgument', text);
  }
}

/** @returns the upgrade authority, which stays as it is and need not sign */
function requireExtendable(
  invoke: InvokeContext,
  programData: BorrowedAccount,
  slot: bigint,
): Pubkey {
  const state = decodeLoaderState(programData.data);
  if (state.kind !== 'ProgramData') {
    fail(invoke, 'InvalidAccountData', 'ProgramData state is invalid');
  }
  if (slot === state.slot) {
    fail(invoke, 'InvalidArgument', 'Program was extended in this block already');
  }
  if (state.authority === undefined) {
    fail(invoke, 'Immutable', 'Cannot extend ProgramData accounts that are not upgradeable');
  }
  return state.authority;
}

function payRent(
  invoke: InvokeContext,
  payer: Pubkey,
  programData: Pubkey,
  lamports: bigint,
): void {
  const accounts = [
    { pubkey: payer, isSigner: true, isWritable: true },
    { pubkey: programData, isSigner: false, isWritable: true },
  ];
  const data = new BincodeWriter().u32(2).u64(lamports).finish();
  invoke.nativeInvoke({ programId: SYSTEM_PROGRAM, accounts, data }, []);
}

/** Accounts: 0 program data, 1 program, 2 System program (unused), 3 payer (when rent is due). */
export function extendProgram(
  invoke: InvokeContext,
  instruction: InstructionContext,
  additionalBytes: number,
): void {
  if (additionalBytes === 0) {
    fail(invoke, 'InvalidInstructionData', 'Additional bytes must be greater than 0');
  }
  const before = instruction.borrow(0);
  const programDataKey = before.key;
  if (!before.owner.equals(instruction.programKey)) {
    fail(invoke, 'InvalidAccountOwner', 'ProgramData owner is invalid');
  }
  if (!before.isWritable) fail(invoke, 'InvalidArgument', 'ProgramData is not writable');
  const program = instruction.borrow(1);
  requireProgramOf(invoke, instruction, program, programDataKey);
  const programId = program.key;
  program.release();
  const oldLength = before.data.length;
  requireExtension(invoke, oldLength, additionalBytes);
  const newLength = oldLength + additionalBytes;
  const { slot } = invoke.sysvars.clock;
  const authority = requireExtendable(invoke, before, slot);
  const payment = requiredBalance(invoke.sysvars.rent, newLength) - before.lamports;
  before.release();
  if (payment > 0n) payRent(invoke, instruction.keyOfAccount(3), programDataKey, payment);

  const programData = instruction.borrow(0);
  programData.setDataLength(newLength);
  if (programData.data.length < PROGRAM_DATA_HEADER_BYTES) {
    throw new InstructionFailure('AccountDataTooSmall');
  }
  verifyElf(invoke, programData.data.slice(PROGRAM_DATA_HEADER_BYTES), 'extend');
  invoke.hideProgram(programId);
  setState(programData, encodeLoaderState({ kind: 'ProgramData', slot, authority }));
  invoke.log(`Extended ProgramData account by ${additionalBytes} bytes`);
}
