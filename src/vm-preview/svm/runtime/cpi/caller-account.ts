/** An account as the caller holds it, found through its account infos. Source: agave `cpi.rs`. */
import { InstructionFailure } from '../../errors/instruction-error';
import { MM_INPUT_START } from '../../sbpf/types';
import { SyscallFailure } from '../../syscalls/errors';
import { saturatingAdd, translateType } from '../../syscalls/translate';
import type { CallingContext } from '../calling-context';
import type { SerializedAccount } from '../program-input';

const ALIGN_OF_U64 = 8;
const PUBKEY_SIZE = 32;

/** From an `Rc`'s pointer to the value in its `RefCell`: past strong count, weak count and borrow flag. */
const RC_REFCELL_VALUE = 24n;

/** `CallerAccount`. Addresses are the caller's; what they point at is read and written in place. */
export interface CallerAccount {
  readonly serialized: SerializedAccount;
  readonly lamportsAddress: bigint;
  readonly ownerAddress: bigint;
  readonly dataAddress: bigint;
  /** Of the length in the account info. */
  readonly lengthAddress: bigint;
  /** Bytes of the data that this side holds; unused under direct mapping. */
  dataLength: number;
}

/** How one language's account infos are read. */
export interface AccountInfoReader {
  /** In bytes. */
  readonly size: number;
  /** Offset of the pointer to the key. */
  readonly keyOffset: number;
  /** @param info - a copy of the account info's bytes */
  read(
    context: CallingContext,
    address: bigint,
    info: DataView,
    serialized: SerializedAccount,
  ): CallerAccount;
}

/** `solana_account_info::AccountInfo`: key, lamports, data and owner are pointers. */
export const RUST_ACCOUNT_INFO: AccountInfoReader = {
  size: 48,
  keyOffset: 0,
  read(context, _address, info, serialized) {
    const isRestricted = hasAddressRestrictions(context);
    const ownerAddress = info.getBigUint64(24, true);
    if (isRestricted) {
      checkPointer(context, info.getBigUint64(0, true), serialized.keyAddress, 'key');
      checkPointer(context, ownerAddress, serialized.ownerAddress, 'owner');
    }
    const lamportsPointer = BigInt.asUintN(64, info.getBigUint64(8, true) + RC_REFCELL_VALUE);
    const lamportsAddress = readU64(context, lamportsPointer);
    if (isRestricted) {
      checkOutsideInput(lamportsPointer);
      checkPointer(context, lamportsAddress, serialized.lamportsAddress, 'lamports');
    }
    translateForWriting(context, lamportsAddress, 8, ALIGN_OF_U64);
    translateForWriting(context, ownerAddress, PUBKEY_SIZE, 1);

    const dataPointer = BigInt.asUintN(64, info.getBigUint64(16, true) + RC_REFCELL_VALUE);
    if (isRestricted) checkOutsideInput(dataPointer);
    const slice = viewOf(translateType(context, dataPointer, 16, ALIGN_OF_U64));
    const dataAddress = slice.getBigUint64(0, true);
    const sliceLength = slice.getBigUint64(8, true);
    if (isRestricted) checkPointer(context, dataAddress, serialized.dataAddress, 'data');
    else chargeData(context, sliceLength);
    const lengthAddress = saturatingAdd(dataPointer, 8n);
    if (isRestricted) checkOutsideInput(lengthAddress);
    return withData(context, serialized, sliceLength, {
      lamportsAddress,
      ownerAddress,
      dataAddress,
      lengthAddress,
    });
  },
};

/** `SolAccountInfo`: key, lamports, data length, data, owner, rent epoch, three flags. */
export const C_ACCOUNT_INFO: AccountInfoReader = {
  size: 56,
  keyOffset: 0,
  read(context, address, info, serialized) {
    const isRestricted = hasAddressRestrictions(context);
    const lamportsAddress = info.getBigUint64(8, true);
    const length = info.getBigUint64(16, true);
    const dataAddress = info.getBigUint64(24, true);
    const ownerAddress = info.getBigUint64(32, true);
    if (isRestricted) {
      checkPointer(context, info.getBigUint64(0, true), serialized.keyAddress, 'key');
      checkPointer(context, ownerAddress, serialized.ownerAddress, 'owner');
      checkPointer(context, lamportsAddress, serialized.lamportsAddress, 'lamports');
      checkPointer(context, dataAddress, serialized.dataAddress, 'data');
    }
    translateForWriting(context, lamportsAddress, 8, ALIGN_OF_U64);
    translateForWriting(context, ownerAddress, PUBKEY_SIZE, 1);
    if (!isRestricted) chargeData(context, length);
    const lengthAddress = saturatingAdd(address, 16n);
    if (isRestricted) checkOutsideInput(lengthAddress);
    return withData(context, serialized, length, {
      lamportsAddress,
      ownerAddress,
      dataAddress,
      lengthAddress,
    });
  },
};

/** Checks that the length can be written, then that the data is all there. */
function withData(
  context: CallingContext,
  serialized: SerializedAccount,
  length: bigint,
  addresses: Omit<CallerAccount, 'serialized' | 'dataLength'>,
): CallerAccount {
  const current = viewOf(translateForWriting(context, addresses.lengthAddress, 8, 1));
  const held = hasAddressRestrictions(context) ? current.getBigUint64(0, true) : length;
  const account = { ...addresses, serialized, dataLength: 0 };
  callerData(context, account, held);
  account.dataLength = Number(held);
  return account;
}

/**
 * The account's data in the caller's memory, `get_serialized_data`. Empty under direct mapping, where
 * the account itself is the data.
 *
 * @throws InstructionFailure InvalidRealloc when there is no room for `length` bytes
 */
export function callerData(
  context: CallingContext,
  account: CallerAccount,
  length: bigint,
): Uint8Array {
  const { layout } = context.programMemory;
  if (hasAddressRestrictions(context) && length > BigInt(account.serialized.reservedLength)) {
    throw new InstructionFailure('InvalidRealloc');
  }
  if (layout.isDirectMapping || length === 0n) return new Uint8Array(0);
  // The regions' rights are those of the program; the runtime itself may write.
  if (layout.isSpaceAdjusted) {
    return context.programMemory.serializedData(account.serialized, Number(length));
  }
  return translateForWriting(context, account.dataAddress, length, 1);
}

export function hasAddressRestrictions(context: CallingContext): boolean {
  return context.features.isActive('syscall_parameter_address_restrictions');
}

/** A live view that may be written. */
export function translateForWriting(
  context: CallingContext,
  address: bigint,
  length: number | bigint,
  align: number,
): Uint8Array {
  const bytes = context.memory.map('store', address, BigInt(length));
  if (context.checkAligned && align > 1 && address % BigInt(align) !== 0n) {
    throw SyscallFailure.of('UnalignedPointer');
  }
  return bytes;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The program's own structures must not lie where a callee could write them. */
export function checkOutsideInput(address: bigint): void {
  if (address >= MM_INPUT_START) throw SyscallFailure.of('InvalidPointer');
}

function checkPointer(
  context: CallingContext,
  address: bigint,
  expected: number,
  field: string,
): void {
  if (address === BigInt(expected)) return;
  context.log(
    `Invalid account info pointer \`${field}': 0x${address.toString(16)} != 0x${expected.toString(16)}`,
  );
  throw SyscallFailure.of('InvalidPointer');
}

function readU64(context: CallingContext, address: bigint): bigint {
  return viewOf(translateType(context, address, 8, ALIGN_OF_U64)).getBigUint64(0, true);
}

/** Charges for the bytes of data that a call hands over. */
export function chargeData(context: CallingContext, length: bigint | number): void {
  const bytes = Number(length);
  context.meter.consume(Math.floor(bytes / context.cost.cpiBytesPerUnit));
}
