/**
 * A program's input: its accounts, the instruction's data and its own address.
 * Source: agave `program-runtime/src/serialization.rs`.
 */
import { InstructionFailure } from '../errors/instruction-error';
import type { RuntimeBorrowedAccount } from './borrowed-account';
import { InputWriter } from './input-writer';
import type { RuntimeInstructionContext } from './instruction-context';
import { MAX_ACCOUNT_DATA_GROWTH_PER_INSTRUCTION, MAX_ACCOUNTS_PER_INSTRUCTION } from './limits';
import type { InputLayout, SerializedAccount, SerializedInput } from './program-input';

/** Marks an account that is no duplicate of an earlier one. */
const NOT_DUPLICATE = 255;
/** What programs take the alignment of a u128 to be, in bytes. */
const BPF_ALIGN_OF_U128 = 8;
/** Nobody pays rent any more: every account's rent epoch is this. */
const RENT_EPOCH = 0xffff_ffff_ffff_ffffn;

const PUBKEY = 32;
/** Marker, signer, writable, key, lamports, data length. */
const ABI_V0_HEAD = 3 + PUBKEY + 8 + 8;
/** Owner, executable, rent epoch. */
const ABI_V0_TAIL = PUBKEY + 1 + 8;
/** Marker, signer, writable, executable, four zeros, key, owner, lamports, data length. */
const ABI_V1_HEAD = 8 + PUBKEY + PUBKEY + 8 + 8;
/** Rent epoch. */
const ABI_V1_TAIL = 8;

/** Zeros that follow `length` bytes so that what comes next is aligned. */
function paddingAfter(length: number): number {
  return (BPF_ALIGN_OF_U128 - (length % BPF_ALIGN_OF_U128)) % BPF_ALIGN_OF_U128;
}

/** @throws InstructionFailure MaxAccountsExceeded */
export function serializeInput(
  instruction: RuntimeInstructionContext,
  layout: InputLayout,
): SerializedInput {
  if (instruction.accounts.length > MAX_ACCOUNTS_PER_INSTRUCTION) {
    throw new InstructionFailure('MaxAccountsExceeded');
  }
  const hasPointers = layout.hasAccountPointers && !layout.isLoaderV1;
  const size = 8 + accountsSize(instruction, layout) + 8 + instruction.data.length + PUBKEY;
  const pointersPadding = hasPointers ? paddingAfter(size) : 0;
  const pointersSize = hasPointers ? pointersPadding + 8 * instruction.accounts.length : 0;

  const writer = new InputWriter(size + pointersSize);
  const accounts: SerializedAccount[] = [];
  writer.u64(instruction.accounts.length);
  for (let position = 0; position < instruction.accounts.length; position++) {
    const first = instruction.duplicateOf(position);
    const original = first === undefined ? undefined : accounts[first];
    if (first !== undefined && original !== undefined) {
      writer.u8(first);
      if (!layout.isLoaderV1) writer.zeros(7);
      accounts.push(original);
      continue;
    }
    const account = instruction.borrow(position);
    accounts.push(
      layout.isLoaderV1 ? writeAbiV0(writer, account, layout) : writeAbiV1(writer, account, layout),
    );
    account.release();
  }
  writer.u64(instruction.data.length);
  const instructionDataAddress = writer.bytes(instruction.data);
  writer.bytes(instruction.programKey.bytes);
  if (hasPointers) {
    writer.zeros(pointersPadding);
    for (const account of accounts) writer.u64(account.address);
  }
  writer.closeRegion({ writable: true, accountIndex: undefined });
  return {
    regions: writer.regions,
    accounts,
    instructionDataAddress: BigInt(instructionDataAddress),
  };
}

function accountsSize(instruction: RuntimeInstructionContext, layout: InputLayout): number {
  let size = 0;
  for (let position = 0; position < instruction.accounts.length; position++) {
    if (instruction.duplicateOf(position) !== undefined) {
      size += layout.isLoaderV1 ? 1 : 8;
      continue;
    }
    const account = instruction.borrow(position);
    const length = account.data.length;
    account.release();
    if (layout.isLoaderV1) {
      size += ABI_V0_HEAD + (layout.isSpaceAdjusted ? 0 : length) + ABI_V0_TAIL;
    } else {
      size += ABI_V1_HEAD + paddingAfter(length) + ABI_V1_TAIL;
      if (!layout.isSpaceAdjusted) size += length + MAX_ACCOUNT_DATA_GROWTH_PER_INSTRUCTION;
    }
  }
  return size;
}

function writeAbiV0(
  writer: InputWriter,
  account: RuntimeBorrowedAccount,
  layout: InputLayout,
): SerializedAccount {
  const address = writer.u8(NOT_DUPLICATE);
  writer.u8(account.isSigner ? 1 : 0);
  writer.u8(account.isWritable ? 1 : 0);
  const keyAddress = writer.bytes(account.key.bytes);
  const lamportsAddress = writer.u64(account.lamports);
  writer.u64(account.data.length);
  const data = writeData(writer, account, layout);
  const ownerAddress = writer.bytes(account.owner.bytes);
  writer.u8(account.executable ? 1 : 0);
  writer.u64(RENT_EPOCH);
  return {
    address,
    keyAddress,
    ownerAddress,
    lamportsAddress,
    dataAddress: data.dataAddress,
    originalDataLength: data.originalDataLength,
    reservedLength: data.reservedLength,
    headRegion: data.headRegion,
    dataRegion: data.dataRegion,
  };
}

function writeAbiV1(
  writer: InputWriter,
  account: RuntimeBorrowedAccount,
  layout: InputLayout,
): SerializedAccount {
  const address = writer.u8(NOT_DUPLICATE);
  writer.u8(account.isSigner ? 1 : 0);
  writer.u8(account.isWritable ? 1 : 0);
  writer.u8(account.executable ? 1 : 0);
  writer.zeros(4);
  const keyAddress = writer.bytes(account.key.bytes);
  const ownerAddress = writer.bytes(account.owner.bytes);
  const lamportsAddress = writer.u64(account.lamports);
  writer.u64(account.data.length);
  const data = writeData(writer, account, layout);
  writer.u64(RENT_EPOCH);
  return {
    address,
    keyAddress,
    ownerAddress,
    lamportsAddress,
    dataAddress: data.dataAddress,
    originalDataLength: data.originalDataLength,
    reservedLength: data.reservedLength,
    headRegion: data.headRegion,
    dataRegion: data.dataRegion,
  };
}

type SerializedData = Pick<
  SerializedAccount,
  'dataAddress' | 'originalDataLength' | 'reservedLength' | 'headRegion' | 'dataRegion'
>;

/** `write_account` */
function writeData(
  writer: InputWriter,
  account: RuntimeBorrowedAccount,
  layout: InputLayout,
): SerializedData {
  const length = account.data.length;
  const growth = layout.isLoaderV1 ? 0 : MAX_ACCOUNT_DATA_GROWTH_PER_INSTRUCTION;
  const padding = layout.isLoaderV1 ? 0 : paddingAfter(length);
  if (!layout.isSpaceAdjusted) {
    const dataAddress = writer.bytes(account.data);
    writer.zeros(growth + padding);
    return {
      dataAddress,
      originalDataLength: length,
      reservedLength: length + growth,
      headRegion: 0,
      dataRegion: undefined,
    };
  }
  const headRegion = writer.regions.length;
  writer.closeRegion({ writable: true, accountIndex: undefined });
  const dataAddress = writer.address;
  const reservedLength = length + growth;
  if (reservedLength > 0) mapData(writer, account, layout, reservedLength);
  // Not part of the account's region, so that what follows is aligned.
  writer.zeros(padding);
  return {
    dataAddress,
    originalDataLength: length,
    reservedLength,
    headRegion,
    dataRegion: reservedLength > 0 ? headRegion + 1 : undefined,
  };
}

/**
 * `modify_memory_region_of_account`, and `create_memory_region_of_account` under direct mapping: there,
 * data that was never written becomes writable at the first store.
 */
function mapData(
  writer: InputWriter,
  account: RuntimeBorrowedAccount,
  { isDirectMapping }: InputLayout,
  reservedLength: number,
): void {
  writer.mapRegion(
    {
      bytes: account.data,
      // Mapped directly, an account that is read-only here cannot grow while this instruction runs.
      capacity: isDirectMapping && !account.isWritable ? account.data.length : reservedLength,
      writable: account.canDataBeChanged && !(isDirectMapping && account.isShared),
      accountIndex: account.indexInTransaction,
    },
    reservedLength,
  );
}
