/** Runs programs on one linear memory. Source: sbpf `src/vm.rs`, `src/interpreter.rs`. */
import { LookaheadError } from '../../errors';
import { Lowering, recordsSizeOf } from '../interpreter/decode';
import * as layout from '../interpreter/layout';
import { createInterpreter } from '../interpreter/module';
import { Arena } from './arena';
import type { Executable } from './executable';
import { type PlainFault, plainFault, syscallError } from './fault';
import { AddressSpace, type RegionPlan } from './memory';
import {
  type EnterOptions,
  MM_HEAP_START,
  MM_STACK_START,
  type Vm,
  type VmMemory,
  type VmResult,
} from './types';
import { VERSION_RULES, type VersionRules } from './version';

/**
 * Instructions in one go. Short, because engines replace code by its optimised form only when it is
 * entered anew.
 */
const SLICE = 50_000;

const FAULTS: ReadonlyMap<number, PlainFault> = new Map([
  [layout.STATUS_DIVIDE_BY_ZERO, 'DivideByZero'],
  [layout.STATUS_DIVIDE_OVERFLOW, 'DivideOverflow'],
  [layout.STATUS_OVERRUN, 'ExecutionOverrun'],
  [layout.STATUS_CALL_OUTSIDE, 'CallOutsideTextSegment'],
  [layout.STATUS_CALL_DEPTH, 'CallDepthExceeded'],
  [layout.STATUS_UNSUPPORTED, 'UnsupportedInstruction'],
  [layout.STATUS_INVALID, 'InvalidInstruction'],
]);

/** A program's instructions, lowered where they have run, and its read-only bytes in linear memory. */
interface Image {
  readonly lowering: Lowering;
  readonly records: number;
  /** In bytes. */
  readonly recordsSize: number;
  /** Right after the records. */
  readonly rodata: number;
  /** In bytes, of both. */
  readonly size: number;
  /** Of the machine's runs, the last that entered it. */
  lastUse: number;
}

/**
 * Holds programs and runs them, nested as they call each other. Programs stay loaded until they are
 * forgotten; what an execution needs is freed by `leave`.
 */
export class Machine {
  readonly arena = new Arena();
  readonly #interpreter = createInterpreter(this.arena.memory);
  readonly #images = new Map<Executable, Image>();
  readonly #entered: ProgramVm[] = [];
  #uses = 0;
  #isBroken = false;

  /** How many programs are entered, each but the first by a call of the one before. */
  get depth(): number {
    return this.#entered.length;
  }

  /** Whether nothing runs, and nothing was left half done. */
  get isIdle(): boolean {
    return this.#entered.length === 0 && !this.#isBroken;
  }

  /**
   * Lays out a program's memory.
   *
   * @throws VmFault InvalidMemoryRegion
   * @throws CannotPreview when it needs too much memory
   */
  enter(executable: Executable, options: EnterOptions): Vm {
    const image = this.#imageOf(executable);
    const vm = new ProgramVm(this, executable, image, options, () => {
      if (this.#entered.pop() !== vm) throw new Error('programs are left in the order of a stack');
    });
    this.#entered.push(vm);
    return vm;
  }

  /** Runs from what is set in memory. @returns one of `layout.STATUS_*` but `STATUS_LAZY` */
  run(image: Image, fuel: number): number {
    let left = fuel;
    for (;;) {
      const status = this.#step(left);
      if (status !== layout.STATUS_LAZY) return status;
      const { view } = this.arena;
      left = view.getInt32(layout.FUEL, true);
      const pc = (view.getUint32(layout.PC, true) - image.records) / layout.RECORD_SIZE;
      image.lowering.lower(this.#recordsOf(image), pc);
    }
  }

  #step(fuel: number): number {
    try {
      return this.#interpreter.run(fuel);
    } catch (error) {
      // It may have stopped anywhere.
      this.#isBroken = true;
      throw error;
    }
  }

  /** Forgets the programs that were not used for longest, until those that stay take `bytes` at most. */
  forgetPrograms(bytes: number): void {
    let size = 0;
    for (const image of this.#images.values()) size += image.size;
    if (size <= bytes) return;
    const byUse = [...this.#images].sort(([, a], [, b]) => a.lastUse - b.lastUse);
    for (const [executable, image] of byUse) {
      if (size <= bytes) return;
      this.#images.delete(executable);
      this.arena.free(image.records, image.size);
      size -= image.size;
    }
  }

  #imageOf(executable: Executable): Image {
    const known = this.#images.get(executable);
    if (known !== undefined) {
      known.lastUse = ++this.#uses;
      return known;
    }
    const { rodata } = executable;
    const recordsSize = recordsSizeOf(executable);
    const size = recordsSize + rodata.length;
    const records = this.arena.allocate(size);
    const image = {
      lowering: new Lowering(executable),
      records,
      recordsSize,
      rodata: records + recordsSize,
      size,
      lastUse: ++this.#uses,
    };
    image.lowering.clear(this.#recordsOf(image));
    this.arena.bytes.set(rodata, image.rodata);
    this.#images.set(executable, image);
    return image;
  }

  #recordsOf({ records, recordsSize }: Image): Int32Array {
    return new Int32Array(this.arena.memory.buffer, records, recordsSize / 4);
  }
}

class ProgramVm implements Vm {
  readonly #machine: Machine;
  readonly #executable: Executable;
  readonly #rules: VersionRules;
  readonly #options: EnterOptions;
  readonly #image: Image;
  readonly #space: AddressSpace;
  /** Everything that `leave` frees: region table, call frames, then the regions themselves. */
  readonly #block: { readonly start: number; readonly size: number };
  readonly #frames: number;
  readonly #table: number;
  readonly #left: () => void;

  constructor(
    machine: Machine,
    executable: Executable,
    image: Image,
    options: EnterOptions,
    left: () => void,
  ) {
    this.#machine = machine;
    this.#executable = executable;
    this.#rules = VERSION_RULES[executable.version];
    this.#options = options;
    this.#image = image;
    this.#left = left;
    const { config } = executable;
    const tableSize = (3 + options.input.length) * layout.REGION_SIZE;
    const framesSize = config.maxCallDepth * layout.FRAME_SIZE;
    const stackSize = config.stackFrameSize * config.maxCallDepth;
    const sizes = [tableSize, framesSize, stackSize, options.heapSize];
    for (const input of options.input) sizes.push(input.capacity);
    const size = sizes.reduce((sum, part) => sum + align(part), 0);
    const start = machine.arena.allocate(size);
    this.#block = { start, size };

    let next = start;
    const place = (length: number): number => {
      const at = next;
      next += align(length);
      return at;
    };
    this.#table = place(tableSize);
    this.#frames = place(framesSize);
    const stack = place(stackSize);
    const heap = place(options.heapSize);
    // What ran here before must not show. The table and the frames are written before they are read.
    machine.arena.bytes.fill(0, stack, next);
    const plans: RegionPlan[] = [
      region(executable.rodataAddress, image.rodata, executable.rodata.length, false),
      region(MM_STACK_START, stack, stackSize, true),
      region(MM_HEAP_START, heap, options.heapSize, true),
    ];
    for (const input of options.input) {
      const base = place(input.capacity);
      machine.arena.bytes.set(input.bytes, base);
      machine.arena.bytes.fill(0, base + input.bytes.length, next);
      plans.push({
        vmAddress: input.vmAddress,
        base,
        length: input.bytes.length,
        capacity: input.capacity,
        writable: input.writable,
        accountIndex: input.accountIndex,
      });
    }
    try {
      this.#space = new AddressSpace(
        machine.arena,
        this.#table,
        plans,
        config,
        this.#rules,
        options.onAccessViolation,
      );
    } catch (error) {
      machine.arena.free(start, size);
      throw error;
    }
  }

  get memory(): VmMemory {
    return this.#space;
  }

  run(r1: bigint, r2: bigint): VmResult {
    // No caller's registers to keep.
    if (this.#machine.depth === 1) return this.#execute(r1, r2);
    const outer = this.#machine.arena.bytes.slice(0, layout.STATE_SIZE);
    try {
      return this.#execute(r1, r2);
    } finally {
      this.#machine.arena.bytes.set(outer);
    }
  }

  leave(): void {
    this.#left();
    this.#machine.arena.free(this.#block.start, this.#block.size);
  }

  #execute(r1: bigint, r2: bigint): VmResult {
    const { meter } = this.#options;
    this.#reset(r1, r2);
    let remaining = meter.remaining;
    /** Instructions that have run since the meter was last settled (`due_insn_count`). */
    let due = 0;
    const stop = (result: VmResult): VmResult => {
      meter.consumeUnchecked(due);
      return result;
    };
    for (;;) {
      const fuel = Math.min(this.#traceStep(remaining - due), remaining - due);
      const status = this.#machine.run(this.#image, fuel);
      due += fuel - this.#view.getInt32(layout.FUEL, true);
      switch (status) {
        case layout.STATUS_OUT_OF_FUEL:
          if (due >= remaining)
            return stop({ ok: false, fault: plainFault('ExceededMaxInstructions') });
          break;
        case layout.STATUS_EXIT:
          return stop({ ok: true, status: this.#register(0) });
        case layout.STATUS_SYSCALL: {
          meter.consumeUnchecked(due);
          due = 0;
          const fault = this.#callSyscall();
          if (fault !== undefined) return { ok: false, fault };
          remaining = meter.remaining;
          break;
        }
        case layout.STATUS_ACCESS: {
          const fault = this.#resolveAccess();
          if (fault !== undefined) return stop({ ok: false, fault });
          // It runs again, and counts once.
          due--;
          break;
        }
        default: {
          const kind = FAULTS.get(status);
          if (kind === undefined) throw new Error(`the interpreter returned ${status}`);
          return stop({ ok: false, fault: plainFault(kind) });
        }
      }
    }
  }

  /** Single steps while a trace is taken. */
  #traceStep(left: number): number {
    const { trace } = this.#options;
    if (trace === undefined) return SLICE;
    if (left > 0) {
      const registers = new BigUint64Array(12);
      for (let index = 0; index < 11; index++) registers[index] = this.#register(index);
      registers[11] = BigInt(this.#pc());
      if (this.#pc() < this.#instructionCount) trace.push(registers);
    }
    return 1;
  }

  get #view(): DataView {
    return this.#machine.arena.view;
  }

  get #instructionCount(): number {
    return Math.floor(this.#executable.textBytes.length / 8);
  }

  #pc(): number {
    return (this.#view.getUint32(layout.PC, true) - this.#image.records) / layout.RECORD_SIZE;
  }

  #register(index: number): bigint {
    return this.#view.getBigUint64(layout.REGISTERS + index * 8, true);
  }

  /** Source: `EbpfVm::new`, `execute_program`. */
  #reset(r1: bigint, r2: bigint): void {
    const { config, entryPc, textAddress } = this.#executable;
    const view = this.#view;
    this.#machine.arena.bytes.fill(0, 0, layout.STATE_SIZE);
    const stackSize = config.stackFrameSize * config.maxCallDepth;
    const framePointer = this.#rules.manualStackFrameBump ? stackSize : config.stackFrameSize;
    view.setBigUint64(layout.REGISTERS + 8, r1, true);
    view.setBigUint64(layout.REGISTERS + 16, r2, true);
    view.setBigUint64(layout.REGISTERS + 80, MM_STACK_START + BigInt(framePointer), true);
    for (const [index, value] of this.#options.registers?.entries() ?? [])
      view.setBigUint64(layout.REGISTERS + index * 8, value, true);
    const gap = Number(this.#space.gapSize);
    const bump = this.#rules.manualStackFrameBump ? 0 : config.stackFrameSize + gap;
    const entry = Math.min(entryPc, this.#instructionCount);
    const words: readonly [field: number, value: number][] = [
      [layout.PC, this.#image.records + entry * layout.RECORD_SIZE],
      [layout.MAX_CALL_DEPTH, config.maxCallDepth],
      [layout.FRAMES, this.#frames],
      [layout.FRAME_BUMP, bump],
      [layout.RECORDS, this.#image.records],
      [layout.RECORD_COUNT, this.#instructionCount],
      [layout.REGIONS, this.#table],
      [layout.REGION_COUNT, this.#space.regions.length],
      [layout.GAP_SIZE, gap],
    ];
    for (const [field, value] of words) view.setUint32(field, value, true);
    view.setBigUint64(layout.TEXT_ADDRESS, textAddress, true);
  }

  /** @returns the fault that it ended in */
  #callSyscall(): Error | undefined {
    const at = this.#view.getUint32(layout.PC, true);
    const key = this.#view.getUint32(at + layout.RECORD_IMM, true);
    const syscall = this.#options.syscalls.get(key);
    if (syscall === undefined) throw new Error(`no syscall is bound to ${key}`);
    let result: bigint;
    try {
      result = syscall(
        this.#register(1),
        this.#register(2),
        this.#register(3),
        this.#register(4),
        this.#register(5),
      );
    } catch (error) {
      if (!isProgramError(error)) throw error;
      return syscallError(error);
    }
    // The memory may have grown meanwhile: look the view up again.
    this.#view.setBigUint64(layout.REGISTERS, BigInt.asUintN(64, result), true);
    this.#view.setUint32(layout.PC, at + layout.RECORD_SIZE, true);
    return undefined;
  }

  /** @returns the fault, unless the region was changed so that the access succeeds */
  #resolveAccess(): Error | undefined {
    const address = this.#view.getBigUint64(layout.FAULT_ADDRESS, true);
    const length = BigInt(this.#view.getUint32(layout.FAULT_LENGTH, true));
    const access = this.#view.getUint32(layout.FAULT_ACCESS, true) === 1 ? 'store' : 'load';
    if (this.#space.allow(access, address, length)) return undefined;
    return this.#space.violation(access, address, length);
  }
}

/**
 * Whether agave's syscall would have returned it. What says that this VM cannot go on, and what is a
 * mistake of ours, must not look like the program's failure.
 */
function isProgramError(error: unknown): error is Error {
  if (!(error instanceof Error) || error instanceof LookaheadError) return false;
  return !/^(?:Type|Range|Reference|Syntax|Eval|URI|Runtime)Error$/.test(error.name);
}

function region(vmAddress: bigint, base: number, length: number, writable: boolean): RegionPlan {
  return { vmAddress, base, length, capacity: length, writable, accountIndex: undefined };
}

function align(size: number): number {
  return Math.ceil(size / 16) * 16;
}
