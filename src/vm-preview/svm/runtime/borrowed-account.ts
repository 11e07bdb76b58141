import { InstructionFailure, type PlainInstructionError } from '../errors/instruction-error';
import type { Pubkey } from '../pubkey';
import { type Rent, rentExemptMinimum } from '../sysvars/sysvar-cache';
import type { TransactionAccount, TransactionAccounts } from './transaction-accounts';
import type { BorrowedAccount, InstructionAccount } from './types';

const U64_MAX = 0xffff_ffff_ffff_ffffn;

/** Source: agave `transaction-context/src/instruction_accounts.rs` (`BorrowedInstructionAccount`). */
export class RuntimeBorrowedAccount implements BorrowedAccount {
  readonly indexInTransaction: number;
  readonly isSigner: boolean;
  readonly isWritable: boolean;
  readonly #account: TransactionAccount;

  /** @throws InstructionFailure MissingAccount, AccountBorrowFailed */
  constructor(
    private readonly accounts: TransactionAccounts,
    instructionAccount: InstructionAccount,
    private readonly programKey: Pubkey | undefined,
    private readonly rent: Rent,
  ) {
    this.indexInTransaction = instructionAccount.indexInTransaction;
    this.isSigner = instructionAccount.isSigner;
    this.isWritable = instructionAccount.isWritable;
    this.#account = accounts.checkNotBorrowed(this.indexInTransaction);
    accounts.markBorrowed(this.indexInTransaction, this);
  }

  release(): void {
    this.accounts.markReleased(this.indexInTransaction, this);
  }

  get key(): Pubkey {
    return this.#account.key;
  }

  get owner(): Pubkey {
    return this.#account.owner;
  }

  get lamports(): bigint {
    return this.#account.lamports;
  }

  get data(): Uint8Array {
    return this.#account.data;
  }

  get executable(): boolean {
    return this.#account.executable;
  }

  get rentEpoch(): bigint {
    return this.#account.rentEpoch;
  }

  /** Whether the data was never written in this transaction. */
  get isShared(): boolean {
    return this.#account.isShared;
  }

  get isOwnedByCurrentProgram(): boolean {
    return this.programKey?.key === this.#account.owner.key;
  }

  setOwner(owner: Pubkey): void {
    if (!this.isOwnedByCurrentProgram || !this.isWritable || !isZeroed(this.data)) {
      throw new InstructionFailure('ModifiedProgramId');
    }
    if (this.owner.key === owner.key) return;
    this.#touch();
    this.#account.owner = owner;
  }

  setLamports(lamports: bigint): void {
    const old = this.#account.lamports;
    if (!this.isOwnedByCurrentProgram && lamports < old) {
      throw new InstructionFailure('ExternalAccountLamportSpend');
    }
    if (!this.isWritable) throw new InstructionFailure('ReadonlyLamportChange');
    if (old === lamports) return;
    this.accounts.recordLamports(lamports - old);
    this.#touch();
    this.#account.lamports = lamports;
  }

  checkedAddLamports(lamports: bigint): void {
    const sum = this.lamports + lamports;
    if (sum > U64_MAX) throw new InstructionFailure('ArithmeticOverflow');
    this.setLamports(sum);
  }

  checkedSubLamports(lamports: bigint): void {
    if (lamports > this.lamports) throw new InstructionFailure('ArithmeticOverflow');
    this.setLamports(this.lamports - lamports);
  }

  dataMut(): Uint8Array {
    this.checkDataCanBeChanged();
    this.#touch();
    return this.#account.dataMut();
  }

  setDataFromSlice(data: Uint8Array): void {
    this.checkDataCanBeResized(data.length);
    this.#touch();
    this.accounts.recordResize(this.data.length, data.length);
    this.#account.replaceData(data);
  }

  setDataLength(length: number): void {
    this.checkDataCanBeResized(length);
    if (this.data.length === length) return;
    this.#touch();
    this.accounts.recordResize(this.data.length, length);
    this.#account.resize(length);
  }

  setExecutable(executable: boolean): void {
    if (!this.isRentExemptAtDataLength(this.data.length)) {
      throw new InstructionFailure('ExecutableAccountNotRentExempt');
    }
    if (!this.isOwnedByCurrentProgram || !this.isWritable) {
      throw new InstructionFailure('ExecutableModified');
    }
    if (this.executable === executable) return;
    this.#touch();
    this.#account.executable = executable;
  }

  isRentExemptAtDataLength(length: number): boolean {
    return this.lamports >= rentExemptMinimum(this.rent, length);
  }

  get canDataBeChanged(): boolean {
    return this.#changeError === undefined;
  }

  checkDataCanBeChanged(): void {
    const error = this.#changeError;
    if (error !== undefined) throw new InstructionFailure(error);
  }

  checkDataCanBeResized(length: number): void {
    const error = this.resizeError(length);
    if (error !== undefined) throw new InstructionFailure(error);
  }

  /** Why the data cannot be given that length, if it cannot. */
  resizeError(length: number): PlainInstructionError | undefined {
    return this.accounts.resizeError(this.data.length, length) ?? this.#changeError;
  }

  get #changeError(): PlainInstructionError | undefined {
    if (!this.isWritable) return 'ReadonlyDataModified';
    if (!this.isOwnedByCurrentProgram) return 'ExternalAccountDataModified';
    return undefined;
  }

  #touch(): void {
    this.accounts.touch(this.indexInTransaction);
  }
}

function isZeroed(data: Uint8Array): boolean {
  for (let index = 0; index < data.length; index++) if (data[index] !== 0) return false;
  return true;
}
