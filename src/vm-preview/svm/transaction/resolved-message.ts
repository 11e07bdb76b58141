/**
 * A message with all its accounts known, and what it may do with each.
 * Source: solana-sdk `message/src/{lib,sanitized}.rs`, `message/src/versions/v0/loaded.rs`;
 * agave `accounts-db/src/account_locks.rs`.
 */
import { TransactionFailure } from '../errors/transaction-error';
import type { FeatureSet } from '../features/feature-set';
import { LOADER_V3 } from '../programs/ids';
import type { Pubkey } from '../pubkey';
import type { Instruction } from '../runtime/types';
import type { LoadedAddresses } from './lookup-tables';
import type { Message } from './message';
import { RESERVED_KEYS } from './reserved-keys';

const ACCOUNT_LOCK_LIMIT = 64;
const INCREASED_ACCOUNT_LOCK_LIMIT = 128;

/** An instruction of the transaction, with indexes of its accounts. */
export interface ResolvedInstruction {
  readonly programIndex: number;
  readonly programId: Pubkey;
  readonly accounts: readonly number[];
  readonly data: Uint8Array;
}

export class ResolvedMessage {
  /** Static keys, then those loaded through tables: writable ones first. */
  readonly accountKeys: readonly Pubkey[];
  readonly feePayer: Pubkey;
  readonly instructions: readonly ResolvedInstruction[];
  readonly #writable: readonly boolean[];
  readonly #invoked: ReadonlySet<number>;
  readonly #passed: ReadonlySet<number>;

  /** @param message - sanitized */
  constructor(
    readonly message: Message,
    loaded: LoadedAddresses,
  ) {
    this.accountKeys = [...message.staticKeys, ...loaded.writable, ...loaded.readonly];
    this.feePayer = this.keyAt(0);
    this.instructions = message.instructions.map(({ programIdIndex, accounts, data }) => ({
      programIndex: programIdIndex,
      programId: this.keyAt(programIdIndex),
      accounts: [...accounts],
      data,
    }));
    this.#invoked = new Set(this.instructions.map(({ programIndex }) => programIndex));
    const passed = new Set<number>();
    for (const { accounts } of this.instructions) for (const index of accounts) passed.add(index);
    this.#passed = passed;
    const loaderIsPresent = this.accountKeys.some((key) => key.equals(LOADER_V3));
    this.#writable = this.accountKeys.map(
      (key, index) =>
        this.#asksToWrite(index, loaded.writable.length) &&
        !RESERVED_KEYS.has(key.key) &&
        // A program is read-only where it is called, unless it might be upgraded.
        !(this.#invoked.has(index) && !loaderIsPresent),
    );
  }

  keyAt(index: number): Pubkey {
    const key = this.accountKeys[index];
    if (key === undefined) throw new TransactionFailure('SanitizeFailure');
    return key;
  }

  isSigner(index: number): boolean {
    return index < this.message.header.numRequiredSignatures;
  }

  isWritable(index: number): boolean {
    return this.#writable[index] ?? false;
  }

  /** Whether an instruction of the transaction calls it as its program. */
  isInvoked(index: number): boolean {
    return this.#invoked.has(index);
  }

  /** Whether an instruction of the transaction is given it as an account. */
  isInstructionAccount(index: number): boolean {
    return this.#passed.has(index);
  }

  /** The transaction's instructions with addresses in place of indexes. */
  get decompiled(): readonly Instruction[] {
    return this.instructions.map(({ programId, accounts, data }) => ({
      programId,
      accounts: accounts.map((index) => ({
        pubkey: this.keyAt(index),
        isSigner: this.isSigner(index),
        isWritable: this.isWritable(index),
      })),
      data,
    }));
  }

  #asksToWrite(index: number, loadedWritable: number): boolean {
    const { numRequiredSignatures, numReadonlySigned, numReadonlyUnsigned } = this.message.header;
    const staticKeys = this.message.staticKeys.length;
    if (index >= staticKeys) return index < staticKeys + loadedWritable;
    return index < numRequiredSignatures
      ? index < numRequiredSignatures - numReadonlySigned
      : index < staticKeys - numReadonlyUnsigned;
  }
}

/** @throws TransactionFailure TooManyAccountLocks, AccountLoadedTwice */
export function validateAccountLocks(message: ResolvedMessage, features: FeatureSet): void {
  const limit = features.isActive('increase_tx_account_lock_limit')
    ? INCREASED_ACCOUNT_LOCK_LIMIT
    : ACCOUNT_LOCK_LIMIT;
  const { accountKeys } = message;
  if (accountKeys.length > limit) throw new TransactionFailure('TooManyAccountLocks');
  if (new Set(accountKeys.map(({ key }) => key)).size !== accountKeys.length) {
    throw new TransactionFailure('AccountLoadedTwice');
  }
}
