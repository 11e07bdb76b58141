import type { Account } from '../account';
import { InstructionFailure, type PlainInstructionError } from '../errors/instruction-error';
import type { Pubkey } from '../pubkey';
import { MAX_ACCOUNT_DATA_GROWTH_PER_TRANSACTION, MAX_ACCOUNT_DATA_LENGTH } from './limits';

/** An account of the transaction and what is loaded there. */
export interface KeyedAccount {
  readonly address: Pubkey;
  readonly account: Account;
}

/** An account's state during the transaction. The loaded data is copied on the first write. */
export class TransactionAccount {
  lamports: bigint;
  owner: Pubkey;
  executable: boolean;
  readonly rentEpoch: bigint;
  #data: Uint8Array;
  #isShared = true;

  constructor(
    readonly key: Pubkey,
    readonly loaded: Account,
  ) {
    this.lamports = loaded.lamports;
    this.owner = loaded.owner;
    this.executable = loaded.executable;
    this.rentEpoch = loaded.rentEpoch;
    this.#data = loaded.data;
  }

  /** Read only. */
  get data(): Uint8Array {
    return this.#data;
  }

  /** Whether the data is still the loaded array, which is never written. */
  get isShared(): boolean {
    return this.#isShared;
  }

  dataMut(): Uint8Array {
    if (this.#isShared) {
      this.#data = new Uint8Array(this.#data);
      this.#isShared = false;
    }
    return this.#data;
  }

  /** Copies `data`. */
  replaceData(data: Uint8Array): void {
    if (!this.#isShared && this.#data.length === data.length) {
      this.#data.set(data);
      return;
    }
    this.#data = new Uint8Array(data);
    this.#isShared = false;
  }

  /** Cuts the data, or extends it with zeros. */
  resize(length: number): void {
    const data = this.#data;
    if (length <= data.length) {
      this.#data = data.slice(0, length);
    } else {
      this.#data = new Uint8Array(length);
      this.#data.set(data);
    }
    this.#isShared = false;
  }

  /** The state as an account; the data is not copied, so the transaction must be over. */
  toAccount(): Account {
    return {
      lamports: this.lamports,
      data: this.#data,
      owner: this.owner,
      executable: this.executable,
      rentEpoch: this.rentEpoch,
    };
  }
}

/** Gives an account back. */
export interface Borrow {
  release(): void;
}

/**
 * The accounts of a transaction, which of them are borrowed or touched, and the sums that bound growth
 * and balance. Source: agave `transaction-context/src/transaction_accounts.rs`.
 */
export class TransactionAccounts {
  readonly keys: readonly Pubkey[];
  readonly #accounts: readonly TransactionAccount[];
  readonly #indexes = new Map<string, number>();
  readonly #touched: boolean[];
  readonly #borrows: (Borrow | undefined)[];
  readonly #openBorrows: Borrow[] = [];
  #resizeDelta = 0;
  #lamportsDelta = 0n;

  constructor(accounts: readonly KeyedAccount[]) {
    this.keys = accounts.map(({ address }) => address);
    this.#accounts = accounts.map(
      ({ address, account }) => new TransactionAccount(address, account),
    );
    for (const [index, key] of this.keys.entries()) {
      if (!this.#indexes.has(key.key)) this.#indexes.set(key.key, index);
    }
    this.#touched = this.keys.map(() => false);
    this.#borrows = this.keys.map(() => undefined);
  }

  get length(): number {
    return this.#accounts.length;
  }

  indexOf(key: Pubkey): number | undefined {
    return this.#indexes.get(key.key);
  }

  /** @throws InstructionFailure MissingAccount */
  at(index: number): TransactionAccount {
    const account = this.#accounts[index];
    if (account === undefined) throw new InstructionFailure('MissingAccount');
    return account;
  }

  /** Growth of all accounts together since the transaction began, in bytes; negative when they shrank. */
  get resizeDelta(): number {
    return this.#resizeDelta;
  }

  /** Lamports that came into being since the transaction began; zero whenever the books balance. */
  get lamportsDelta(): bigint {
    return this.#lamportsDelta;
  }

  touch(index: number): void {
    this.#touched[index] = true;
  }

  isTouched(index: number): boolean {
    return this.#touched[index] === true;
  }

  /** Why an account cannot get that length, if it cannot (`can_data_be_resized`). */
  resizeError(oldLength: number, newLength: number): PlainInstructionError | undefined {
    if (newLength > MAX_ACCOUNT_DATA_LENGTH) return 'InvalidRealloc';
    if (this.#resizeDelta + newLength - oldLength > MAX_ACCOUNT_DATA_GROWTH_PER_TRANSACTION) {
      return 'MaxAccountsDataAllocationsExceeded';
    }
    return undefined;
  }

  recordResize(oldLength: number, newLength: number): void {
    this.#resizeDelta += newLength - oldLength;
  }

  recordLamports(delta: bigint): void {
    this.#lamportsDelta += delta;
  }

  /** @throws InstructionFailure MissingAccount, AccountBorrowFailed */
  checkNotBorrowed(index: number): TransactionAccount {
    const account = this.at(index);
    if (this.#borrows[index] !== undefined) throw new InstructionFailure('AccountBorrowFailed');
    return account;
  }

  markBorrowed(index: number, borrow: Borrow): void {
    this.#borrows[index] = borrow;
    this.#openBorrows.push(borrow);
  }

  markReleased(index: number, borrow: Borrow): void {
    if (this.#borrows[index] !== borrow) return;
    this.#borrows[index] = undefined;
    // Mostly, the last to be borrowed is the first to be released.
    if (this.#openBorrows.at(-1) === borrow) {
      this.#openBorrows.pop();
      return;
    }
    const position = this.#openBorrows.lastIndexOf(borrow);
    if (position >= 0) this.#openBorrows.splice(position, 1);
  }

  get openBorrows(): number {
    return this.#openBorrows.length;
  }

  /** Releases what was borrowed after the first `count`, as agave's borrows end with their scope. */
  releaseBorrowsAfter(count: number): void {
    while (this.#openBorrows.length > count) this.#openBorrows.at(-1)?.release();
  }
}
