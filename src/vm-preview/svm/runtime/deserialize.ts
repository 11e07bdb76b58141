/**
 * What a program left in its input becomes its accounts' new state.
 * Source: agave `program-runtime/src/serialization.rs` (`deserialize_parameters`).
 */
import { InstructionFailure } from '../errors/instruction-error';
import { Pubkey } from '../pubkey';
import type { RuntimeBorrowedAccount } from './borrowed-account';
import type { RuntimeInstructionContext } from './instruction-context';
import { MAX_ACCOUNT_DATA_GROWTH_PER_INSTRUCTION, MAX_ACCOUNT_DATA_LENGTH } from './limits';
import type { SerializedAccount } from './program-input';
import type { ProgramMemory } from './program-memory';
import { sameBytes } from './same-bytes';

/** @throws InstructionFailure in agave's order: lamports, length, data, owner */
export function deserializeInput(
  instruction: RuntimeInstructionContext,
  memory: ProgramMemory,
): void {
  memory.syncAccounts();
  for (let position = 0; position < instruction.accounts.length; position++) {
    if (instruction.duplicateOf(position) !== undefined) continue;
    const account = instruction.borrow(position);
    const serialized = memory.account(position);
    if (memory.layout.isLoaderV1) readAbiV0(account, serialized, memory);
    else readAbiV1(account, serialized, memory);
    account.release();
  }
}

function readAbiV0(
  account: RuntimeBorrowedAccount,
  serialized: SerializedAccount,
  memory: ProgramMemory,
): void {
  readLamports(account, serialized, memory);
  readData(account, serialized, memory, serialized.originalDataLength);
}

function readAbiV1(
  account: RuntimeBorrowedAccount,
  serialized: SerializedAccount,
  memory: ProgramMemory,
): void {
  readLamports(account, serialized, memory);
  const length = memory.headU64(serialized, serialized.dataAddress - 8);
  const maximum = serialized.originalDataLength + MAX_ACCOUNT_DATA_GROWTH_PER_INSTRUCTION;
  if (length > BigInt(Math.min(maximum, MAX_ACCOUNT_DATA_LENGTH))) {
    throw new InstructionFailure('InvalidRealloc');
  }
  readData(account, serialized, memory, Number(length));
  // Last, so that a program may change lamports and data of an account that it gives away.
  const owner = memory.head(serialized, serialized.ownerAddress, 32);
  if (!sameBytes(owner, account.owner.bytes)) account.setOwner(Pubkey.from(owner));
}

function readLamports(
  account: RuntimeBorrowedAccount,
  serialized: SerializedAccount,
  memory: ProgramMemory,
): void {
  const lamports = memory.headU64(serialized, serialized.lamportsAddress);
  if (account.lamports !== lamports) account.setLamports(lamports);
}

function readData(
  account: RuntimeBorrowedAccount,
  serialized: SerializedAccount,
  memory: ProgramMemory,
  length: number,
): void {
  const { isSpaceAdjusted, isDirectMapping } = memory.layout;
  if (!isSpaceAdjusted) {
    setDataOrCheckUnchanged(account, memory.serializedData(serialized, length));
  } else if (!isDirectMapping && account.canDataBeChanged) {
    account.setDataFromSlice(memory.serializedData(serialized, length));
  } else if (account.data.length !== length) {
    account.setDataLength(length);
  }
}

/** Writes the data where that is allowed; where it is not, the data must be what it was. */
export function setDataOrCheckUnchanged(account: RuntimeBorrowedAccount, data: Uint8Array): void {
  const error = account.resizeError(data.length);
  if (error === undefined) account.setDataFromSlice(data);
  else if (!sameBytes(account.data, data)) throw new InstructionFailure(error);
}
