/** Deploying and upgrading. Source: agave `programs/bpf_loader/src/lib.rs`. */
import { findProgramAddress } from '../../address';
import { InstructionFailure } from '../../errors/instruction-error';
import type { Pubkey } from '../../pubkey';
import type { BorrowedAccount, InstructionContext, InvokeContext } from '../../runtime/types';
import { type Clock, type Rent, rentExemptMinimum } from '../../sysvars/sysvar-cache';
import { setState } from '../account-state';
import { BincodeWriter } from '../bincode';
import { SYSTEM_PROGRAM } from '../ids';
import { MAX_PERMITTED_DATA_LENGTH } from '../system/account';
import { clockFromAccount, rentFromAccount } from '../sysvar-account';
import { requireDeployableBuffer } from './buffer';
import { fail, requireAuthority, UPGRADE_AUTHORITY } from './failure';
import {
  BUFFER_HEADER_BYTES,
  decodeLoaderState,
  encodeLoaderState,
  PROGRAM_BYTES,
  PROGRAM_DATA_HEADER_BYTES,
} from './state';
import { verifyElf } from './verify';

/** Lamports that `length` bytes of program data need, one at least. */
export function requiredBalance(rent: Rent, length: number): bigint {
  const minimum = rentExemptMinimum(rent, length);
  return minimum > 1n ? minimum : 1n;
}

function requireNewProgram(invoke: InvokeContext, program: BorrowedAccount, rent: Rent): void {
  if (decodeLoaderState(program.data).kind !== 'Uninitialized') {
    fail(invoke, 'AccountAlreadyInitialized', 'Program account already initialized');
  }
  if (program.data.length < PROGRAM_BYTES) {
    fail(invoke, 'AccountDataTooSmall', 'Program account too small');
  }
  if (program.lamports < rentExemptMinimum(rent, program.data.length)) {
    fail(invoke, 'ExecutableAccountNotRentExempt', 'Program account not rent-exempt');
  }
}

/** The buffer is passed along so that its drained lamports count in the call's sums. */
function createProgramData(
  invoke: InvokeContext,
  instruction: InstructionContext,
  length: number,
  lamports: bigint,
): void {
  const payer = instruction.keyOfAccount(0);
  const programData = instruction.keyOfAccount(1);
  const buffer = instruction.keyOfAccount(3);
  const data = new BincodeWriter()
    .u32(0)
    .u64(lamports)
    .u64(BigInt(length))
    .pubkey(instruction.programKey)
    .finish();
  const accounts = [
    { pubkey: payer, isSigner: true, isWritable: true },
    { pubkey: programData, isSigner: true, isWritable: true },
    { pubkey: buffer, isSigner: false, isWritable: true },
  ];
  invoke.nativeInvoke({ programId: SYSTEM_PROGRAM, accounts, data }, [programData]);
}

function writeProgramData(
  programData: BorrowedAccount,
  elf: Uint8Array,
  slot: bigint,
  authority: Pubkey,
): void {
  setState(programData, encodeLoaderState({ kind: 'ProgramData', slot, authority }));
  const data = programData.dataMut();
  if (data.length < PROGRAM_DATA_HEADER_BYTES + elf.length) {
    throw new InstructionFailure('AccountDataTooSmall');
  }
  data.set(elf, PROGRAM_DATA_HEADER_BYTES);
}

/**
 * Accounts: 0 payer, 1 program data (to be made), 2 program, 3 buffer, 4 Rent, 5 Clock,
 * 6 System program, 7 authority.
 */
export function deploy(
  invoke: InvokeContext,
  instruction: InstructionContext,
  maxDataLength: bigint,
): void {
  instruction.checkNumberOfAccounts(4);
  const rent = rentFromAccount(invoke, instruction, 4);
  const clock = clockFromAccount(invoke, instruction, 5);
  instruction.checkNumberOfAccounts(8);
  const authority = instruction.keyOfAccount(7);
  const programDataKey = instruction.keyOfAccount(1);

  const newProgram = instruction.borrow(2);
  requireNewProgram(invoke, newProgram, rent);
  newProgram.release();
  const newBuffer = instruction.borrow(3);
  const elfBytes = requireDeployableBuffer(invoke, instruction, newBuffer, 7);
  newBuffer.release();
  if (maxDataLength < BigInt(elfBytes)) {
    fail(invoke, 'AccountDataTooSmall', 'Max data length is too small to hold Buffer data');
  }
  if (BigInt(PROGRAM_DATA_HEADER_BYTES) + maxDataLength > MAX_PERMITTED_DATA_LENGTH) {
    fail(invoke, 'InvalidArgument', 'Max data length is too large');
  }
  const programDataLength = PROGRAM_DATA_HEADER_BYTES + Number(maxDataLength);
  const programId = instruction.keyOfAccount(2);
  const derived = findProgramAddress([programId.bytes], instruction.programKey);
  if (derived?.address.equals(programDataKey) !== true) {
    fail(invoke, 'InvalidArgument', 'ProgramData address is not derived');
  }

  // The payer gets the buffer's lamports before it pays.
  const drained = instruction.borrow(3);
  const payer = instruction.borrow(0);
  payer.checkedAddLamports(drained.lamports);
  drained.setLamports(0n);
  drained.release();
  payer.release();
  const lamports = requiredBalance(rent, programDataLength);
  createProgramData(invoke, instruction, programDataLength, lamports);

  const verified = instruction.borrow(3);
  const elf = verified.data.slice(BUFFER_HEADER_BYTES);
  verifyElf(invoke, elf, 'deploy');
  verified.release();
  invoke.hideProgram(programId);

  const programData = instruction.borrow(1);
  writeProgramData(programData, elf, clock.slot, authority);
  const emptied = instruction.borrow(3);
  emptied.setDataLength(BUFFER_HEADER_BYTES);
  emptied.release();
  programData.release();

  const program = instruction.borrow(2);
  setState(program, encodeLoaderState({ kind: 'Program', programData: programDataKey }));
  program.setExecutable(true);
  invoke.log(`Deployed program ${programId}`);
}

function requireProgramOf(
  invoke: InvokeContext,
  instruction: InstructionContext,
  program: BorrowedAccount,
  programData: Pubkey,
): void {
  if (!program.isWritable) fail(invoke, 'InvalidArgument', 'Program account not writeable');
  if (!program.owner.equals(instruction.programKey)) {
    fail(invoke, 'IncorrectProgramId', 'Program account not owned by loader');
  }
  const state = decodeLoaderState(program.data);
  if (state.kind !== 'Program') fail(invoke, 'InvalidAccountData', 'Invalid Program account');
  if (!state.programData.equals(programData)) {
    fail(invoke, 'InvalidArgument', 'Program and ProgramData account mismatch');
  }
}

function requireUpgradeable(
  invoke: InvokeContext,
  instruction: InstructionContext,
  programData: BorrowedAccount,
  clock: Clock,
): void {
  const state = decodeLoaderState(programData.data);
  if (state.kind !== 'ProgramData') {
    fail(invoke, 'InvalidAccountData', 'Invalid ProgramData account');
  }
  if (clock.slot === state.slot) {
    fail(invoke, 'InvalidArgument', 'Program was deployed in this block already');
  }
  requireAuthority(invoke, instruction, 6, state.authority, UPGRADE_AUTHORITY);
}

/**
 * Accounts: 0 program data, 1 program, 2 buffer, 3 spill (gets what is left over), 4 Rent, 5 Clock,
 * 6 authority.
 */
export function upgrade(invoke: InvokeContext, instruction: InstructionContext): void {
  instruction.checkNumberOfAccounts(3);
  const programDataKey = instruction.keyOfAccount(0);
  const rent = rentFromAccount(invoke, instruction, 4);
  const clock = clockFromAccount(invoke, instruction, 5);
  instruction.checkNumberOfAccounts(7);
  const authority = instruction.keyOfAccount(6);
  const programId = instruction.keyOfAccount(1);

  const program = instruction.borrow(1);
  requireProgramOf(invoke, instruction, program, programDataKey);
  program.release();
  const buffer = instruction.borrow(2);
  const elfBytes = requireDeployableBuffer(invoke, instruction, buffer, 6);
  const bufferLamports = buffer.lamports;
  buffer.release();
  const oldProgramData = instruction.borrow(0);
  const balanceRequired = requiredBalance(rent, oldProgramData.data.length);
  if (oldProgramData.data.length < PROGRAM_DATA_HEADER_BYTES + elfBytes) {
    fail(invoke, 'AccountDataTooSmall', 'ProgramData account not large enough');
  }
  if (oldProgramData.lamports + bufferLamports < balanceRequired) {
    fail(invoke, 'InsufficientFunds', 'Buffer account balance too low to fund upgrade');
  }
  requireUpgradeable(invoke, instruction, oldProgramData, clock);
  oldProgramData.release();

  const verified = instruction.borrow(2);
  const elf = verified.data.slice(BUFFER_HEADER_BYTES);
  verifyElf(invoke, elf, 'deploy');
  verified.release();
  invoke.hideProgram(programId);

  const programData = instruction.borrow(0);
  writeProgramData(programData, elf, clock.slot, authority);
  programData.dataMut().fill(0, PROGRAM_DATA_HEADER_BYTES + elfBytes);

  const spent = instruction.borrow(2);
  const spill = instruction.borrow(3);
  spill.checkedAddLamports(programData.lamports + bufferLamports - balanceRequired);
  spent.setLamports(0n);
  programData.setLamports(balanceRequired);
  spent.setDataLength(BUFFER_HEADER_BYTES);
  invoke.log(`Upgraded program ${programId}`);
}
