import type { HostBudget } from '../../host-budget';
import { InstructionFailure } from '../errors/instruction-error';
import type { FeatureSet } from '../features/feature-set';
import { LOADER_V1, LOADER_V2, LOADER_V3, LOADER_V4, NATIVE_LOADER } from '../programs/ids';
import { builtinProgram, isPrecompile, verifyPrecompile } from '../programs/registry';
import type { Pubkey } from '../pubkey';
import { Executable } from '../sbpf/executable';
import { VmFault } from '../sbpf/fault';
import type { Machine } from '../sbpf/machine';
import { giveBackMachine, takeMachine } from '../sbpf/machine-pool';
import type { Syscall, VmMemory } from '../sbpf/types';
import type { StateReader } from '../state';
import { SyscallFailure } from '../syscalls/errors';
import { bindSyscalls } from '../syscalls/registry';
import type { SysvarCache } from '../sysvars/sysvar-cache';
import { RuntimeComputeMeter } from './compute-meter';
import { executeProgram, type ProgramHost } from './execute-program';
import { EXECUTION_COST, type ExecutionBudget } from './execution-budget';
import { type LoadedProgram, loadProgram } from './load-program';
import { LogCollector } from './log-collector';
import { prepareCall } from './prepare-call';
import type { ProgramCache } from './program-cache';
import type { ProgramMemory } from './program-memory';
import { programFailure, programInvoke, programSuccess } from './stable-log';
import type { RuntimeTransactionContext } from './transaction-context';
import type { BpfAllocator, Instruction, InvokeContext } from './types';

export interface InvokeContextOptions {
  /** Accounts as they were before the transaction: programs run as they were then. */
  readonly state: StateReader;
  readonly features: FeatureSet;
  readonly budget: ExecutionBudget;
  readonly sysvars: SysvarCache;
  readonly environment: InvokeContext['environment'];
  readonly hostBudget: HostBudget;
  /** Verified programs from earlier runs. */
  readonly programs: ProgramCache | undefined;
}

const LOADERS: ReadonlySet<string> = new Set(
  [LOADER_V1, LOADER_V2, LOADER_V3, LOADER_V4].map(({ key }) => key),
);

/** Runs instructions: finds their program, pushes, runs, pops. Source: agave `invoke_context.rs`. */
export class RuntimeInvokeContext implements ProgramHost {
  readonly transaction: RuntimeTransactionContext;
  readonly features: FeatureSet;
  readonly budget: ExecutionBudget;
  readonly cost = EXECUTION_COST;
  readonly meter: RuntimeComputeMeter;
  readonly sysvars: SysvarCache;
  readonly hostBudget: HostBudget;
  readonly environment: InvokeContext['environment'];
  readonly logs = new LogCollector();
  /** Compute units that each instruction used, with those that it called; by its index in the trace. */
  readonly units: (number | undefined)[] = [];
  readonly #options: InvokeContextOptions;
  /** One for each instruction on the stack; undefined while none is set up. */
  readonly #memories: (ProgramMemory | undefined)[] = [];
  readonly #loaded = new Map<string, LoadedProgram>();
  #machine: Machine | undefined;
  #syscalls: Pick<ReadonlyMap<number, Syscall>, 'get'> | undefined;

  constructor(transaction: RuntimeTransactionContext, options: InvokeContextOptions) {
    this.#options = options;
    this.transaction = transaction;
    this.features = options.features;
    this.budget = options.budget;
    this.meter = new RuntimeComputeMeter(options.budget.computeUnitLimit);
    this.sysvars = options.sysvars;
    this.hostBudget = options.hostBudget;
    this.environment = options.environment;
  }

  get machine(): Machine {
    this.#machine ??= takeMachine();
    return this.#machine;
  }

  /** Ends the run: its programs' memory serves the next one. */
  end(): void {
    if (this.#machine !== undefined) giveBackMachine(this.#machine);
    this.#machine = undefined;
  }

  get syscalls(): Pick<ReadonlyMap<number, Syscall>, 'get'> {
    this.#syscalls ??= bindSyscalls(this, this.features);
    return this.#syscalls;
  }

  get programMemory(): ProgramMemory {
    const memory = this.#memories.at(-1);
    if (memory === undefined) throw new InstructionFailure('ProgramEnvironmentSetupFailure');
    return memory;
  }

  enterMemory(memory: ProgramMemory): void {
    this.#memories[this.#memories.length - 1] = memory;
  }

  get memory(): VmMemory {
    return this.programMemory.vm.memory;
  }

  get allocator(): BpfAllocator {
    return this.programMemory.allocator;
  }

  get checkAligned(): boolean {
    return !this.programMemory.layout.isLoaderV1;
  }

  log(message: string): void {
    this.logs.log(message);
  }

  isPrecompile(programId: Pubkey): boolean {
    return isPrecompile(programId, this.features);
  }

  hideProgram(programId: Pubkey): void {
    this.#loaded.set(programId.key, 'delay-visibility');
  }

  nativeInvoke(instruction: Instruction, signers: readonly Pubkey[]): void {
    this.prepareNextInstruction(instruction, signers);
    this.processInstruction();
  }

  prepareNextInstruction(instruction: Instruction, signers: readonly Pubkey[]): void {
    prepareCall(this, instruction, signers);
  }

  processInstruction(): void {
    this.#push();
    this.#thenPop(() => this.#runProgram());
  }

  /**
   * Runs a precompile as an instruction of the transaction.
   *
   * @param instructionDatas - of all the transaction's instructions
   */
  processPrecompile(instructionDatas: readonly Uint8Array[]): void {
    this.#push();
    this.#thenPop(() => {
      const { programKey, data } = this.transaction.currentInstruction();
      verifyPrecompile(programKey, data, instructionDatas, this.features, this.hostBudget);
    });
  }

  #push(): void {
    const { transaction } = this;
    const { programKey } = transaction.nextInstruction();
    // A program may call itself, but not come back through another.
    let contains = false;
    for (let level = 0; level < transaction.stackHeight; level++) {
      contains ||= transaction.instructionAtNestingLevel(level).programKey.equals(programKey);
    }
    if (contains && !transaction.currentInstruction().programKey.equals(programKey)) {
      throw new InstructionFailure('ReentrancyNotAllowed');
    }
    transaction.push();
    this.#memories.push(undefined);
  }

  /** Pops whatever happens; the instruction's own error counts before one that popping finds. */
  #thenPop(run: () => void): void {
    const { accounts } = this.transaction;
    const { indexInTrace } = this.transaction.currentInstruction();
    const unitsBefore = this.meter.remaining;
    const outerBorrows = accounts.openBorrows;
    let failure: { readonly thrown: unknown } | undefined;
    try {
      run();
    } catch (thrown) {
      failure = { thrown };
    }
    this.units[indexInTrace] = unitsBefore - this.meter.remaining;
    accounts.releaseBorrowsAfter(outerBorrows);
    this.#memories.pop();
    try {
      this.transaction.pop();
    } catch (thrown) {
      failure ??= { thrown };
    }
    if (failure !== undefined) throw failure.thrown;
  }

  /** `process_executable_chain` */
  #runProgram(): void {
    const { programKey, programOwner } = this.transaction.currentInstruction();
    const isBuiltin = programOwner.equals(NATIVE_LOADER);
    if (!isBuiltin && !LOADERS.has(programOwner.key)) {
      throw new InstructionFailure('UnsupportedProgramId');
    }
    const builtin = isBuiltin ? builtinProgram(programKey, this.features) : undefined;
    if (isBuiltin && builtin === undefined) throw new InstructionFailure('UnsupportedProgramId');

    this.transaction.setReturnData(programKey, new Uint8Array(0));
    this.log(programInvoke(programKey, this.transaction.stackHeight));
    const before = this.meter.remaining;
    try {
      if (builtin === undefined) this.#runDeployedProgram(programKey);
      else builtin(this);
    } catch (thrown) {
      throw this.#logFailure(programKey, thrown);
    }
    this.log(programSuccess(programKey));
    if (builtin !== undefined && this.meter.remaining === before) {
      throw new InstructionFailure('BuiltinProgramsMustConsumeComputeUnits');
    }
  }

  /** Source: agave `programs/bpf_loader/src/lib.rs` ("Program Invocation"). */
  #runDeployedProgram(programKey: Pubkey): void {
    const program = this.#findProgram(programKey);
    if (program instanceof Executable) {
      executeProgram(this, program);
      return;
    }
    this.log(program === undefined ? 'Program is not cached' : 'Program is not deployed');
    throw new InstructionFailure('UnsupportedProgramId');
  }

  #findProgram(programKey: Pubkey): LoadedProgram {
    if (!this.#loaded.has(programKey.key)) {
      const program = loadProgram(this.#options.state, programKey, {
        features: this.features,
        slot: this.sysvars.clock.slot,
        cache: this.#options.programs,
      });
      this.#loaded.set(programKey.key, program);
    }
    return this.#loaded.get(programKey.key);
  }

  /** @returns what the instruction fails with; what is no error of the chain's goes on as it is */
  #logFailure(programKey: Pubkey, thrown: unknown): unknown {
    if (thrown instanceof InstructionFailure) {
      this.log(programFailure(programKey, thrown.message));
      return thrown;
    }
    if (thrown instanceof VmFault || thrown instanceof SyscallFailure) {
      this.log(programFailure(programKey, thrown.message));
      return new InstructionFailure('ProgramFailedToComplete');
    }
    return thrown;
  }
}
