import { InstructionFailure } from '../errors/instruction-error';
import { Pubkey } from '../pubkey';
import { SYSVAR_IDS, SYSVAR_OWNER_ID } from '../sysvars/ids';
import { storeCurrentIndex } from '../sysvars/instructions';
import type { Rent } from '../sysvars/sysvar-cache';
import { type InstructionFrame, RuntimeInstructionContext } from './instruction-context';
import { type KeyedAccount, TransactionAccounts } from './transaction-accounts';
import type { InstructionAccount, ReturnData, TransactionContext } from './types';

/** What a transaction's instruction, or a program's call, asks for, with indexes of the transaction. */
export interface CompiledCall {
  readonly programIndexInTransaction: number;
  readonly accounts: readonly InstructionAccount[];
  readonly data: Uint8Array;
}

export interface TransactionContextOptions {
  /** In the message's order; an address that has no account is given as an empty one. */
  readonly accounts: readonly KeyedAccount[];
  readonly rent: Rent;
  readonly maxInstructionStackDepth: number;
  readonly maxInstructionTraceLength: number;
  /** Instructions of the transaction itself. */
  readonly topLevelInstructions: readonly CompiledCall[];
}

const NO_PROGRAM = Pubkey.from(new Uint8Array(32));

/**
 * The accounts, the instruction stack and the trace of one transaction.
 *
 * The trace starts with the transaction's own instructions; calls are appended in the order in which
 * they were made. Source: agave `transaction-context/src/transaction.rs`.
 */
export class RuntimeTransactionContext implements TransactionContext {
  readonly accounts: TransactionAccounts;
  readonly topLevelLength: number;
  readonly #rent: Rent;
  readonly #maxStackDepth: number;
  readonly #maxTraceLength: number;
  readonly #trace: RuntimeInstructionContext[] = [];
  readonly #stack: RuntimeInstructionContext[] = [];
  #next: RuntimeInstructionContext | undefined;
  #nextTopLevel = 0;
  #returnData: ReturnData = { programId: NO_PROGRAM, data: new Uint8Array(0) };

  constructor(options: TransactionContextOptions) {
    this.accounts = new TransactionAccounts(options.accounts);
    this.#rent = options.rent;
    this.#maxStackDepth = options.maxInstructionStackDepth;
    this.#maxTraceLength = options.maxInstructionTraceLength;
    this.topLevelLength = options.topLevelInstructions.length;
    for (const [indexInTrace, call] of options.topLevelInstructions.entries()) {
      this.#trace.push(this.#context(call, indexInTrace, 0, undefined));
    }
  }

  get accountKeys(): readonly Pubkey[] {
    return this.accounts.keys;
  }

  get rent(): Rent {
    return this.#rent;
  }

  findIndexOfAccount(key: Pubkey): number | undefined {
    return this.accounts.indexOf(key);
  }

  /** 1 while an instruction of the transaction runs, 0 between them. */
  get stackHeight(): number {
    return this.#stack.length;
  }

  get traceLength(): number {
    return this.#trace.length;
  }

  get nextTopLevelInstructionIndex(): number {
    return this.#nextTopLevel;
  }

  get numberOfCpisInTrace(): number {
    return this.#trace.length - this.topLevelLength;
  }

  currentInstruction(): RuntimeInstructionContext {
    return this.instructionAtNestingLevel(this.#stack.length - 1);
  }

  instructionAtNestingLevel(level: number): RuntimeInstructionContext {
    const instruction = this.#stack[level];
    if (instruction === undefined) throw new InstructionFailure('CallDepth');
    return instruction;
  }

  instructionAtIndexInTrace(index: number): RuntimeInstructionContext {
    const instruction = this.#trace[index];
    if (instruction === undefined) throw new InstructionFailure('CallDepth');
    return instruction;
  }

  /** The call that `push` will start. */
  nextInstruction(): RuntimeInstructionContext {
    const next = this.#stack.length === 0 ? this.#trace[this.#nextTopLevel] : this.#next;
    if (next === undefined) throw new InstructionFailure('CallDepth');
    return next;
  }

  /** Prepares a call by the instruction that runs; `push` starts it. */
  configureNextCall(call: CompiledCall): void {
    const indexOfCaller = this.currentInstruction().indexInTrace;
    const nestingLevel = this.#stack.length;
    const indexInTrace = this.#trace.length;
    this.#next = this.#context(call, indexInTrace, nestingLevel, indexOfCaller);
  }

  /** @throws InstructionFailure UnbalancedInstruction, MaxInstructionTraceLengthExceeded, CallDepth */
  push(): void {
    const nestingLevel = this.#stack.length;
    if (nestingLevel > 0 && this.accounts.lamportsDelta !== 0n) {
      throw new InstructionFailure('UnbalancedInstruction');
    }
    if (this.#nextTopLevel + this.numberOfCpisInTrace >= this.#maxTraceLength) {
      throw new InstructionFailure('MaxInstructionTraceLengthExceeded');
    }
    const instruction = this.nextInstruction();
    if (nestingLevel === 0) {
      this.#nextTopLevel++;
    } else {
      this.#trace.push(instruction);
      this.#next = undefined;
    }
    if (nestingLevel >= this.#maxStackDepth) throw new InstructionFailure('CallDepth');
    this.#stack.push(instruction);
    this.#storeCurrentIndex();
  }

  /** @throws InstructionFailure UnbalancedInstruction */
  pop(): void {
    if (this.#stack.pop() === undefined) throw new InstructionFailure('CallDepth');
    if (this.accounts.lamportsDelta !== 0n) throw new InstructionFailure('UnbalancedInstruction');
  }

  get returnData(): ReturnData {
    return this.#returnData;
  }

  setReturnData(programId: Pubkey, data: Uint8Array): void {
    this.#returnData = { programId, data };
  }

  #context(
    { programIndexInTransaction, accounts, data }: CompiledCall,
    indexInTrace: number,
    nestingLevel: number,
    indexOfCaller: number | undefined,
  ): RuntimeInstructionContext {
    const frame: InstructionFrame = {
      indexInTrace,
      nestingLevel,
      indexOfCaller,
      programIndexInTransaction,
      accounts,
      data,
    };
    return new RuntimeInstructionContext(this.accounts, this.#rent, frame);
  }

  /** The instructions sysvar ends with the index of the transaction's instruction that runs. */
  #storeCurrentIndex(): void {
    const index = this.accounts.indexOf(SYSVAR_IDS.instructions);
    if (index === undefined) return;
    const account = this.accounts.checkNotBorrowed(index);
    if (account.owner.key !== SYSVAR_OWNER_ID.key)
      throw new InstructionFailure('InvalidAccountOwner');
    const data = account.dataMut();
    if (data.length < 2) throw new InstructionFailure('AccountDataTooSmall');
    storeCurrentIndex(data, this.#nextTopLevel - 1);
  }
}
