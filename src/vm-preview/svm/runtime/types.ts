/**
 * The seam between the runtime and what runs in it: builtin programs and syscalls. Names and rules are
 * those of agave `transaction-context/src/*` and `program-runtime/src/invoke_context.rs`.
 */
import type { HostBudget } from '../../host-budget';
import type { FeatureSet } from '../features/feature-set';
import type { Pubkey } from '../pubkey';
import type { ComputeMeter, VmMemory } from '../sbpf/types';
import type { SysvarCache } from '../sysvars/sysvar-cache';
import type { ExecutionBudget, ExecutionCost } from './execution-budget';

export interface AccountMeta {
  readonly pubkey: Pubkey;
  readonly isSigner: boolean;
  readonly isWritable: boolean;
}

export interface Instruction {
  readonly programId: Pubkey;
  readonly accounts: readonly AccountMeta[];
  readonly data: Uint8Array;
}

/** An instruction's reference to an account of the transaction. */
export interface InstructionAccount {
  readonly indexInTransaction: number;
  isSigner: boolean;
  isWritable: boolean;
}

/**
 * An account while an instruction holds it. Each setter checks what agave's does, in its order, and
 * throws InstructionFailure. Holding one account twice throws AccountBorrowFailed, so `release` it
 * where agave drops the borrow; the runtime releases what is left when an instruction ends.
 */
export interface BorrowedAccount {
  readonly indexInTransaction: number;
  readonly key: Pubkey;
  readonly owner: Pubkey;
  readonly lamports: bigint;
  /** Read only: never write through it. */
  readonly data: Uint8Array;
  readonly executable: boolean;
  readonly rentEpoch: bigint;
  readonly isSigner: boolean;
  readonly isWritable: boolean;
  readonly isOwnedByCurrentProgram: boolean;
  setOwner(owner: Pubkey): void;
  setLamports(lamports: bigint): void;
  checkedAddLamports(lamports: bigint): void;
  checkedSubLamports(lamports: bigint): void;
  /** `get_data_mut`: a view to write through, until the next change of length. */
  dataMut(): Uint8Array;
  setDataFromSlice(data: Uint8Array): void;
  setDataLength(length: number): void;
  setExecutable(executable: boolean): void;
  isRentExemptAtDataLength(length: number): boolean;
  checkDataCanBeChanged(): void;
  checkDataCanBeResized(length: number): void;
  release(): void;
}

export interface InstructionContext {
  readonly indexInTrace: number;
  /** Index in the trace of the instruction that called this one; undefined for one of the transaction. */
  readonly indexOfCaller: number | undefined;
  /** 1 for an instruction of the transaction. */
  readonly stackHeight: number;
  readonly programKey: Pubkey;
  readonly programIndexInTransaction: number;
  /** Owner of the program's account. */
  readonly programOwner: Pubkey;
  readonly data: Uint8Array;
  readonly accounts: readonly InstructionAccount[];
  /** @throws InstructionFailure MissingAccount when there are fewer */
  checkNumberOfAccounts(expected: number): void;
  /** @throws InstructionFailure MissingAccount */
  keyOfAccount(index: number): Pubkey;
  isSigner(index: number): boolean;
  isWritable(index: number): boolean;
  /** The first position of the same account, when `index` is not the first. */
  duplicateOf(index: number): number | undefined;
  borrow(index: number): BorrowedAccount;
  /** Keys of all accounts that signed. */
  signers(): ReadonlySet<string>;
}

export interface ReturnData {
  readonly programId: Pubkey;
  readonly data: Uint8Array;
}

export interface TransactionContext {
  readonly accountKeys: readonly Pubkey[];
  findIndexOfAccount(key: Pubkey): number | undefined;
  readonly stackHeight: number;
  currentInstruction(): InstructionContext;
  instructionAtNestingLevel(level: number): InstructionContext;
  /** The trace holds all instructions of the transaction first, run or not, then each call as it is made. */
  readonly traceLength: number;
  /** How many of the transaction's instructions have been started. */
  readonly nextTopLevelInstructionIndex: number;
  /** How many calls have been made in the transaction. */
  readonly numberOfCpisInTrace: number;
  instructionAtIndexInTrace(index: number): InstructionContext;
  readonly returnData: ReturnData;
  setReturnData(programId: Pubkey, data: Uint8Array): void;
}

/** What `sol_alloc_free_` hands out. Source: agave `invoke_context.rs`, `BpfAllocator`. */
export interface BpfAllocator {
  /** @returns the VM address, or undefined when the heap is full */
  alloc(size: bigint, align: bigint): bigint | undefined;
}

export interface InvokeContext {
  readonly transaction: TransactionContext;
  readonly features: FeatureSet;
  readonly budget: ExecutionBudget;
  readonly cost: ExecutionCost;
  readonly meter: ComputeMeter;
  readonly sysvars: SysvarCache;
  readonly hostBudget: HostBudget;
  /** The last blockhash and its fee, as nonces see them. */
  readonly environment: {
    readonly blockhash: Uint8Array;
    readonly lamportsPerSignature: bigint;
    readonly epochTotalStake: bigint;
    epochVoteAccountStake(voteAccount: Pubkey): bigint;
  };
  /** Appends a line to the transaction's logs; the 10,000-byte limit is applied here. */
  log(message: string): void;
  /** `true` unless the program belongs to loader v1, which does not align its input. */
  readonly checkAligned: boolean;
  /** Memory and heap of the program that is running. */
  readonly memory: VmMemory;
  readonly allocator: BpfAllocator;
  isPrecompile(programId: Pubkey): boolean;
  /** A builtin's own call of another program. Source: `native_invoke_signed`. */
  nativeInvoke(instruction: Instruction, signers: readonly Pubkey[]): void;
  /**
   * A program's call of another: checks privileges against the caller, pushes, runs, pops.
   * Source: `prepare_next_instruction` and `process_instruction`.
   */
  prepareNextInstruction(instruction: Instruction, signers: readonly Pubkey[]): void;
  processInstruction(): void;
  /**
   * A loader has deployed, upgraded, extended or closed the program: until the transaction ends, calls
   * of it log "Program is not deployed" and fail with UnsupportedProgramId. Source: agave
   * `program-runtime/src/loaded_programs.rs` (`store_modified_entry`, `find`).
   */
  hideProgram(programId: Pubkey): void;
}

/** A builtin: throws InstructionFailure where agave returns an error. It charges its own units first. */
export type BuiltinProgram = (invoke: InvokeContext) => void;
