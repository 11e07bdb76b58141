/** The instruction that a program asks for. Source: agave `program-runtime/src/cpi.rs`. */
import { InstructionFailure } from '../../errors/instruction-error';
import { Pubkey } from '../../pubkey';
import { SyscallFailure } from '../../syscalls/errors';
import { translatePubkey, translateSlice, translateType } from '../../syscalls/translate';
import { MAX_ACCOUNTS_PER_INSTRUCTION, MAX_INSTRUCTION_DATA_LENGTH } from '../limits';
import type { AccountMeta, Instruction, InvokeContext } from '../types';
import { ACCOUNT_META_BYTE_SIZE } from './limits';

const ALIGN_OF_U64 = 8;

/** `StableInstruction`: accounts {address, capacity, length}, data {address, capacity, length}, program. */
const RUST_INSTRUCTION_SIZE = 80;
/** `AccountMeta`: key, signer, writable. */
const RUST_META_SIZE = 34;
/** `SolInstruction`: program's address, accounts' address and count, data's address and length. */
const C_INSTRUCTION_SIZE = 40;
/** `SolAccountMeta`: key's address, writable, signer, padding. */
const C_META_SIZE = 16;

export function translateInstructionRust(invoke: InvokeContext, address: bigint): Instruction {
  const bytes = translateType(invoke, address, RUST_INSTRUCTION_SIZE, ALIGN_OF_U64);
  const instruction = viewOf(bytes);
  const accountsLength = instruction.getBigUint64(16, true);
  const dataLength = instruction.getBigUint64(40, true);
  const metas = translateSlice(
    invoke,
    instruction.getBigUint64(0, true),
    accountsLength,
    RUST_META_SIZE,
  );
  const data = translateSlice(invoke, instruction.getBigUint64(24, true), dataLength);
  chargeTranslation(invoke, accountsLength, dataLength);

  const accounts: AccountMeta[] = [];
  for (let offset = 0; offset < metas.length; offset += RUST_META_SIZE) {
    const isSigner = readBool(metas[offset + 32]);
    const isWritable = readBool(metas[offset + 33]);
    const pubkey = Pubkey.from(metas.subarray(offset, offset + 32));
    accounts.push({ pubkey, isSigner, isWritable });
  }
  return { programId: Pubkey.from(bytes.subarray(48, 80)), accounts, data: data.slice() };
}

export function translateInstructionC(invoke: InvokeContext, address: bigint): Instruction {
  const instruction = viewOf(translateType(invoke, address, C_INSTRUCTION_SIZE, ALIGN_OF_U64));
  const programId = translatePubkey(invoke, instruction.getBigUint64(0, true));
  const accountsLength = instruction.getBigUint64(16, true);
  const dataLength = instruction.getBigUint64(32, true);
  const metas = translateSlice(
    invoke,
    instruction.getBigUint64(8, true),
    accountsLength,
    C_META_SIZE,
    ALIGN_OF_U64,
  );
  const data = translateSlice(invoke, instruction.getBigUint64(24, true), dataLength);
  chargeTranslation(invoke, accountsLength, dataLength);

  const accounts: AccountMeta[] = [];
  const view = viewOf(metas);
  for (let offset = 0; offset < metas.length; offset += C_META_SIZE) {
    const isWritable = readBool(metas[offset + 8]);
    const isSigner = readBool(metas[offset + 9]);
    const pubkey = translatePubkey(invoke, view.getBigUint64(offset, true));
    accounts.push({ pubkey, isSigner, isWritable });
  }
  return { programId, accounts, data: data.slice() };
}

/** Checks the instruction's size, then charges for reading it. */
function chargeTranslation(
  invoke: InvokeContext,
  accountsLength: bigint,
  dataLength: bigint,
): void {
  if (accountsLength > BigInt(MAX_ACCOUNTS_PER_INSTRUCTION)) {
    throw SyscallFailure.maxInstructionAccountsExceeded(
      accountsLength,
      MAX_ACCOUNTS_PER_INSTRUCTION,
    );
  }
  if (dataLength > BigInt(MAX_INSTRUCTION_DATA_LENGTH)) {
    throw SyscallFailure.maxInstructionDataLenExceeded(dataLength, MAX_INSTRUCTION_DATA_LENGTH);
  }
  const { cpiBytesPerUnit } = invoke.cost;
  invoke.meter.consume(
    Math.floor(Number(dataLength) / cpiBytesPerUnit) +
      Math.floor((Number(accountsLength) * ACCOUNT_META_BYTE_SIZE) / cpiBytesPerUnit),
  );
}

function readBool(byte: number | undefined): boolean {
  if (byte === undefined || byte > 1) throw new InstructionFailure('InvalidArgument');
  return byte === 1;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
