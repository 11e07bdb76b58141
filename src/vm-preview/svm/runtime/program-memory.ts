import { InstructionFailure } from '../errors/instruction-error';
import { type AccessType, type MemoryRegion, MM_INPUT_START, type Vm } from '../sbpf/types';
import type { RuntimeBorrowedAccount } from './borrowed-account';
import { RuntimeBpfAllocator } from './bpf-allocator';
import { MAX_ACCOUNT_DATA_GROWTH_PER_TRANSACTION, MAX_ACCOUNT_DATA_LENGTH } from './limits';
import type { InputLayout, SerializedAccount, SerializedInput } from './program-input';
import type { TransactionAccounts } from './transaction-accounts';
import type { InstructionContext } from './types';

/** An account's data, mapped as a region of its own. */
interface AccountRegion {
  readonly accountIndex: number;
  readonly reservedLength: number;
  /** Whether a store may make it writable or longer (`access_violation_handler_payload`). */
  mayBeWritten: boolean;
}

/**
 * The memory of a program that runs: its allocator, where its accounts lie, and the regions that map
 * accounts' data. Source: agave `memory_context.rs`, `transaction-context/src/transaction.rs`
 * (`access_violation_handler`).
 *
 * Under direct mapping agave lets the program write the account itself. Here the machine holds a copy,
 * which counts while the program runs: `syncAccounts` brings it back before anyone else looks.
 */
export class ProgramMemory {
  readonly allocator: RuntimeBpfAllocator;
  /** By address of the region. */
  readonly #accountRegions = new Map<bigint, AccountRegion>();
  #vm: Vm | undefined;
  #inputRegions: readonly MemoryRegion[] = [];
  /** Addresses of those regions. */
  #inputStarts: readonly number[] = [];

  constructor(
    private readonly transactionAccounts: TransactionAccounts,
    instruction: InstructionContext,
    readonly layout: InputLayout,
    readonly input: SerializedInput,
    heapSize: number,
  ) {
    this.allocator = new RuntimeBpfAllocator(heapSize);
    for (const [position, account] of input.accounts.entries()) {
      const instructionAccount = instruction.accounts[position];
      if (account.dataRegion === undefined || instructionAccount === undefined) continue;
      const index = instructionAccount.indexInTransaction;
      this.#accountRegions.set(BigInt(account.dataAddress), {
        accountIndex: index,
        reservedLength: account.reservedLength,
        mayBeWritten:
          instructionAccount.isWritable &&
          transactionAccounts.at(index).owner.equals(instruction.programKey),
      });
    }
  }

  attach(vm: Vm): void {
    this.#vm = vm;
    this.#inputRegions = vm.memory.regions.filter((region) => region.vmAddress >= MM_INPUT_START);
    this.#inputStarts = this.#inputRegions.map(({ vmAddress }) => Number(vmAddress));
  }

  get vm(): Vm {
    if (this.#vm === undefined) throw new InstructionFailure('ProgramEnvironmentSetupFailure');
    return this.#vm;
  }

  account(position: number): SerializedAccount {
    const account = this.input.accounts[position];
    if (account === undefined) throw new InstructionFailure('MissingAccount');
    return account;
  }

  /** @param index - among the input's regions */
  region(index: number): MemoryRegion {
    const region = this.#inputRegions[index];
    if (region === undefined) throw new InstructionFailure('ProgramEnvironmentSetupFailure');
    return region;
  }

  /** Bytes of the input before an account's data, from `address` on. */
  head(account: SerializedAccount, address: number, length: number): Uint8Array {
    const offset = address - this.#start(account.headRegion);
    return this.region(account.headRegion)
      .bytes()
      .subarray(offset, offset + length);
  }

  /** A little-endian u64 of the input before an account's data. */
  headU64(account: SerializedAccount, address: number): bigint {
    const bytes = this.region(account.headRegion).bytes();
    const offset = bytes.byteOffset + address - this.#start(account.headRegion);
    return new DataView(bytes.buffer, offset, 8).getBigUint64(0, true);
  }

  /**
   * Bytes of an account's data as the input holds them, whether or not the program may reach them.
   *
   * @throws InstructionFailure InvalidArgument when `length` is more than is reserved
   */
  serializedData(account: SerializedAccount, length: number): Uint8Array {
    const index = account.dataRegion ?? account.headRegion;
    const offset = account.dataAddress - this.#start(index);
    const bytes = this.region(index).bytes();
    if (offset + length > bytes.length) throw new InstructionFailure('InvalidArgument');
    return bytes.subarray(offset, offset + length);
  }

  #start(index: number): number {
    const start = this.#inputStarts[index];
    if (start === undefined) throw new InstructionFailure('ProgramEnvironmentSetupFailure');
    return start;
  }

  /** Direct mapping: brings what the program wrote to the accounts. */
  syncAccounts(): void {
    if (!this.layout.isDirectMapping) return;
    for (const region of this.#inputRegions) {
      const mapped = this.#accountRegions.get(region.vmAddress);
      if (mapped === undefined || !region.writable) continue;
      const account = this.transactionAccounts.at(mapped.accountIndex);
      account.replaceData(region.bytes().subarray(0, region.length));
    }
  }

  /**
   * After a call: gives the account's region the rights, and under direct mapping the data, that the
   * account has now. Source: agave `cpi.rs` (`update_caller_account_region`).
   */
  updateRegion(serialized: SerializedAccount, account: RuntimeBorrowedAccount): void {
    if (serialized.dataRegion === undefined) return;
    const region = this.region(serialized.dataRegion);
    const mapped = this.#accountRegions.get(BigInt(serialized.dataAddress));
    if (mapped === undefined) return;
    mapped.mayBeWritten = account.canDataBeChanged;
    region.length = account.data.length;
    region.writable =
      account.canDataBeChanged && !(this.layout.isDirectMapping && account.isShared);
    if (this.layout.isDirectMapping) region.bytes().set(account.data);
  }

  /**
   * A store beyond an account's data makes the account as long as may be; the first store to data that
   * was never written makes it the transaction's own.
   */
  readonly onAccessViolation = (
    region: MemoryRegion,
    access: AccessType,
    address: bigint,
    length: bigint,
  ): void => {
    const mapped = this.#accountRegions.get(region.vmAddress);
    if (access === 'load' || mapped === undefined || !mapped.mayBeWritten) return;
    const requested = address + length - region.vmAddress;
    if (requested > BigInt(mapped.reservedLength)) return;
    const account = this.transactionAccounts.checkNotBorrowed(mapped.accountIndex);
    this.transactionAccounts.touch(mapped.accountIndex);
    if (requested > BigInt(region.length)) {
      const oldLength = account.data.length;
      const allowedGrowth = Math.max(
        0,
        MAX_ACCOUNT_DATA_GROWTH_PER_TRANSACTION - this.transactionAccounts.resizeDelta,
      );
      const newLength = Math.min(
        mapped.reservedLength,
        MAX_ACCOUNT_DATA_LENGTH,
        oldLength + allowedGrowth,
      );
      this.transactionAccounts.recordResize(oldLength, newLength);
      account.resize(newLength);
      if (this.layout.isDirectMapping) region.bytes().fill(0, oldLength, newLength);
      region.length = newLength;
    }
    if (!this.layout.isDirectMapping) return;
    account.dataMut();
    region.writable = true;
  };
}
