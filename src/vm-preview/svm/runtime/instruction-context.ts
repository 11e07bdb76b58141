import { InstructionFailure } from '../errors/instruction-error';
import type { Pubkey } from '../pubkey';
import type { Rent } from '../sysvars/sysvar-cache';
import { RuntimeBorrowedAccount } from './borrowed-account';
import type { TransactionAccounts } from './transaction-accounts';
import type { InstructionAccount, InstructionContext } from './types';

/** What an instruction of the trace was called with. */
export interface InstructionFrame {
  readonly indexInTrace: number;
  /** Zero for an instruction of the transaction. */
  readonly nestingLevel: number;
  /** Of the trace; undefined for an instruction of the transaction. */
  readonly indexOfCaller: number | undefined;
  readonly programIndexInTransaction: number;
  readonly accounts: readonly InstructionAccount[];
  readonly data: Uint8Array;
}

/** Source: agave `transaction-context/src/instruction.rs` (`InstructionContext`). */
export class RuntimeInstructionContext implements InstructionContext {
  readonly indexInTrace: number;
  readonly stackHeight: number;
  readonly indexOfCaller: number | undefined;
  readonly programIndexInTransaction: number;
  readonly data: Uint8Array;
  readonly accounts: readonly InstructionAccount[];
  /** First position in the instruction, by index in the transaction. */
  readonly #positions = new Map<number, number>();

  constructor(
    private readonly transactionAccounts: TransactionAccounts,
    private readonly rent: Rent,
    frame: InstructionFrame,
  ) {
    this.indexInTrace = frame.indexInTrace;
    this.stackHeight = frame.nestingLevel + 1;
    this.indexOfCaller = frame.indexOfCaller;
    this.programIndexInTransaction = frame.programIndexInTransaction;
    this.data = frame.data;
    this.accounts = frame.accounts;
    for (const [position, { indexInTransaction }] of frame.accounts.entries()) {
      if (!this.#positions.has(indexInTransaction)) {
        this.#positions.set(indexInTransaction, position);
      }
    }
  }

  get programKey(): Pubkey {
    return this.transactionAccounts.at(this.programIndexInTransaction).key;
  }

  get programOwner(): Pubkey {
    return this.transactionAccounts.checkNotBorrowed(this.programIndexInTransaction).owner;
  }

  checkNumberOfAccounts(expected: number): void {
    if (this.accounts.length < expected) throw new InstructionFailure('MissingAccount');
  }

  accountAt(index: number): InstructionAccount {
    const account = this.accounts[index];
    if (account === undefined) throw new InstructionFailure('MissingAccount');
    return account;
  }

  /** @throws InstructionFailure MissingAccount when the instruction was not given that account */
  positionOf(indexInTransaction: number): number {
    const position = this.#positions.get(indexInTransaction);
    if (position === undefined) throw new InstructionFailure('MissingAccount');
    return position;
  }

  holds(indexInTransaction: number): boolean {
    return this.#positions.has(indexInTransaction);
  }

  keyOfAccount(index: number): Pubkey {
    return this.transactionAccounts.at(this.accountAt(index).indexInTransaction).key;
  }

  isSigner(index: number): boolean {
    return this.accountAt(index).isSigner;
  }

  isWritable(index: number): boolean {
    return this.accountAt(index).isWritable;
  }

  duplicateOf(index: number): number | undefined {
    const first = this.positionOf(this.accountAt(index).indexInTransaction);
    return first === index ? undefined : first;
  }

  borrow(index: number): RuntimeBorrowedAccount {
    return new RuntimeBorrowedAccount(
      this.transactionAccounts,
      this.accountAt(index),
      this.programKey,
      this.rent,
    );
  }

  signers(): ReadonlySet<string> {
    const signers = new Set<string>();
    for (const account of this.accounts) {
      if (account.isSigner) {
        signers.add(this.transactionAccounts.at(account.indexInTransaction).key.key);
      }
    }
    return signers;
  }
}
