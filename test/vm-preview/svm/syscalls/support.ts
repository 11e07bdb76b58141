/** A program's memory and surroundings, without a machine: what a syscall needs to run. */
import { FeatureSet } from '../../../../src/vm-preview/svm/features/feature-set';
import { FEATURE_IDS, type FeatureName } from '../../../../src/vm-preview/svm/features/ids';
import { Pubkey } from '../../../../src/vm-preview/svm/pubkey';
import { RuntimeBpfAllocator } from '../../../../src/vm-preview/svm/runtime/bpf-allocator';
import { RuntimeComputeMeter } from '../../../../src/vm-preview/svm/runtime/compute-meter';
import { EXECUTION_COST } from '../../../../src/vm-preview/svm/runtime/execution-budget';
import type {
  InstructionContext,
  InvokeContext,
  ReturnData,
  TransactionContext,
} from '../../../../src/vm-preview/svm/runtime/types';
import { accessViolation } from '../../../../src/vm-preview/svm/sbpf/fault';
import {
  type AccessType,
  MM_HEAP_START,
  MM_INPUT_START,
  MM_REGION_SIZE,
  MM_STACK_START,
  type VmMemory,
} from '../../../../src/vm-preview/svm/sbpf/types';
import { LoadedState } from '../../../../src/vm-preview/svm/state';
import { bindSyscalls, syscallTable } from '../../../../src/vm-preview/svm/syscalls/registry';
import { SYSVAR_IDS } from '../../../../src/vm-preview/svm/sysvars/ids';
import {
  decodeSysvars,
  type SysvarCache,
} from '../../../../src/vm-preview/svm/sysvars/sysvar-cache';

export const HEAP = MM_HEAP_START;
export const INPUT = MM_INPUT_START;
export const STACK = MM_STACK_START;
export const HEAP_SIZE = 32 * 1024;

/** As sbpf names them for a v3 program without read-only data. */
const REGION_NAMES = ['unallocated', 'unallocated', 'stack', 'heap', 'input'];

interface FakeRegion {
  readonly address: bigint;
  readonly bytes: Uint8Array;
  readonly writable: boolean;
}

/** One buffer per region, as wide as an sBPF v3 program's. */
export class FakeMemory implements VmMemory {
  readonly regions = [];
  readonly #regions: readonly FakeRegion[];
  readonly heap = new Uint8Array(HEAP_SIZE);
  readonly stack = new Uint8Array(64 * 4096);

  constructor(readonly input: Uint8Array) {
    this.#regions = [
      { address: STACK, bytes: this.stack, writable: true },
      { address: HEAP, bytes: this.heap, writable: true },
      { address: INPUT, bytes: input, writable: true },
    ];
  }

  map(access: AccessType, address: bigint, length: bigint): Uint8Array {
    const region = this.#regions.find(
      (candidate) => candidate.address / MM_REGION_SIZE === address / MM_REGION_SIZE,
    );
    if (region !== undefined && (region.writable || access === 'load')) {
      const start = address - region.address;
      if (start + length <= BigInt(region.bytes.length)) {
        return region.bytes.subarray(Number(start), Number(start + length));
      }
    }
    const name = REGION_NAMES[Number(address / MM_REGION_SIZE)] ?? 'unallocated';
    throw accessViolation({ type: access, address, length }, name);
  }

  touch(address: bigint, length: bigint): void {
    this.map('store', address, length);
  }
}

export const PROGRAM_ID = Pubkey.from(new Uint8Array(32).fill(7));

/** An account of a fake instruction. */
export interface FakeAccount {
  readonly key: Pubkey;
  readonly isSigner: boolean;
  readonly isWritable: boolean;
}

/** An instruction in a fake trace. */
export interface FakeInstruction {
  readonly stackHeight: number;
  readonly indexOfCaller?: number;
  readonly programKey?: Pubkey;
  readonly data?: Uint8Array;
  readonly accounts?: readonly FakeAccount[];
}

export interface FakeOptions {
  readonly input?: Uint8Array;
  readonly units?: number;
  readonly features?: FeatureSet;
  readonly checkAligned?: boolean;
  /** None exist when absent. */
  readonly sysvars?: SysvarCache;
  readonly trace?: readonly FakeInstruction[];
  /** Index in `trace` of the instruction that runs. */
  readonly current?: number;
  readonly topLevelStarted?: number;
  readonly cpis?: number;
}

function unexpected(what: string): never {
  throw new Error(`the syscall reached for ${what}`);
}

class FakeInstructionContext implements InstructionContext {
  readonly stackHeight: number;
  readonly indexOfCaller: number | undefined;
  readonly programKey: Pubkey;
  readonly programIndexInTransaction = 0;
  readonly programOwner = PROGRAM_ID;
  readonly data: Uint8Array;
  readonly accounts: InstructionContext['accounts'];
  readonly #keys: readonly Pubkey[];

  constructor(
    readonly indexInTrace: number,
    fake: FakeInstruction,
  ) {
    this.stackHeight = fake.stackHeight;
    this.indexOfCaller = fake.indexOfCaller;
    this.programKey = fake.programKey ?? PROGRAM_ID;
    this.data = fake.data ?? new Uint8Array();
    const accounts = fake.accounts ?? [];
    this.#keys = accounts.map(({ key }) => key);
    this.accounts = accounts.map(({ isSigner, isWritable }, indexInTransaction) => ({
      indexInTransaction,
      isSigner,
      isWritable,
    }));
  }

  keyOfAccount(index: number): Pubkey {
    return this.#keys[index] ?? unexpected(`account ${index}`);
  }
  isSigner(index: number): boolean {
    return this.accounts[index]?.isSigner ?? unexpected(`account ${index}`);
  }
  isWritable(index: number): boolean {
    return this.accounts[index]?.isWritable ?? unexpected(`account ${index}`);
  }
  checkNumberOfAccounts = () => unexpected('checkNumberOfAccounts');
  duplicateOf = () => unexpected('duplicateOf');
  borrow = () => unexpected('borrow');
  signers = () => unexpected('signers');
}

class FakeTransaction implements TransactionContext {
  readonly accountKeys = [];
  returnData: ReturnData = { programId: Pubkey.from(new Uint8Array(32)), data: new Uint8Array() };
  readonly #trace: readonly FakeInstruction[];
  readonly #current: number;
  readonly nextTopLevelInstructionIndex: number;
  readonly numberOfCpisInTrace: number;

  constructor(options: FakeOptions) {
    this.#trace = options.trace ?? [{ stackHeight: 1 }];
    this.#current = options.current ?? 0;
    this.nextTopLevelInstructionIndex = options.topLevelStarted ?? 1;
    this.numberOfCpisInTrace = options.cpis ?? 0;
  }

  get stackHeight(): number {
    return this.currentInstruction().stackHeight;
  }
  get traceLength(): number {
    return this.#trace.length;
  }
  currentInstruction(): InstructionContext {
    return this.instructionAtIndexInTrace(this.#current);
  }
  instructionAtIndexInTrace(index: number): InstructionContext {
    return new FakeInstructionContext(
      index,
      this.#trace[index] ?? unexpected(`instruction ${index} of the trace`),
    );
  }
  setReturnData(programId: Pubkey, data: Uint8Array): void {
    this.returnData = { programId, data };
  }
  findIndexOfAccount = () => unexpected('findIndexOfAccount');
  instructionAtNestingLevel = () => unexpected('instructionAtNestingLevel');
}

export interface Guest {
  readonly invoke: InvokeContext;
  readonly memory: FakeMemory;
  readonly logs: readonly string[];
  /** Microseconds of host work charged. */
  hostCost(): number;
  /** Calls by name, with missing arguments 0. */
  call(name: string, ...args: readonly bigint[]): bigint;
  /** Units that calls have taken. */
  units(): number;
}

function noSysvars(): SysvarCache {
  const state = new LoadedState();
  for (const id of Object.values(SYSVAR_IDS)) state.set(id, null);
  return decodeSysvars(state);
}

const START_UNITS = 1_400_000;

export function fakeGuest(options: FakeOptions = {}): Guest {
  const features = options.features ?? FeatureSet.all();
  const memory = new FakeMemory(options.input ?? new Uint8Array(64));
  const logs: string[] = [];
  const units = options.units ?? START_UNITS;
  const meter = new RuntimeComputeMeter(units);
  let hostCost = 0;
  const invoke: InvokeContext = {
    transaction: new FakeTransaction(options),
    features,
    budget: {
      computeUnitLimit: units,
      maxInstructionStackDepth: 5,
      maxInstructionTraceLength: 64,
      sha256MaxSlices: 20_000,
      maxCallDepth: 64,
      stackFrameSize: 4096,
      heapSize: HEAP_SIZE,
    },
    cost: EXECUTION_COST,
    meter,
    sysvars: options.sysvars ?? noSysvars(),
    hostBudget: {
      charge(microseconds) {
        hostCost += microseconds;
      },
    },
    environment: {
      blockhash: new Uint8Array(32),
      lamportsPerSignature: 5000n,
      epochTotalStake: 1_000_000n,
      epochVoteAccountStake: (account) => (account.equals(PROGRAM_ID) ? 77n : 0n),
    },
    log: (message) => logs.push(message),
    checkAligned: options.checkAligned ?? true,
    memory,
    allocator: new RuntimeBpfAllocator(HEAP_SIZE),
    isPrecompile: () => unexpected('isPrecompile'),
    nativeInvoke: () => unexpected('nativeInvoke'),
    prepareNextInstruction: () => unexpected('prepareNextInstruction'),
    processInstruction: () => unexpected('processInstruction'),
    hideProgram: () => unexpected('hideProgram'),
  };
  const bound = bindSyscalls(invoke, features);
  const hashes = new Map(syscallTable(features).map(({ name, hash }) => [name, hash]));
  return {
    invoke,
    memory,
    logs,
    hostCost: () => hostCost,
    call(name, r1 = 0n, r2 = 0n, r3 = 0n, r4 = 0n, r5 = 0n) {
      const syscall = bound.get(hashes.get(name) ?? -1);
      if (syscall === undefined) throw new Error(`there is no syscall ${name}`);
      return syscall(r1, r2, r3, r4, r5);
    },
    units: () => units - meter.remaining,
  };
}

/** All features but these. */
export function withoutFeatures(...names: readonly FeatureName[]): FeatureSet {
  const all = Object.keys(FEATURE_IDS) as FeatureName[];
  return new FeatureSet(all.filter((name) => !names.includes(name)));
}
