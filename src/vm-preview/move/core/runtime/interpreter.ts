import { CannotPreview } from '../../../errors';
import type { Gas } from '../gas/gas';
import type { DatatypeType, FunctionInstance, Loader } from '../loader';
import { illTyped, type Slots, type Value } from '../values';
import { requireDispatchable } from './dispatch';
import { type CodeLocation, MoveError } from './errors';
import { Frame } from './frame';
import type { GlobalStorage } from './global-cell';
import { CallFunction, type NativeLookup } from './native';
import { programOf } from './program';
import { ActiveModules, type CallKind } from './reentrancy';
import type { Trace } from './trace';

export interface InterpreterOptions {
  /** Its configuration is the interpreter's too. */
  readonly loader: Loader;
  readonly natives: NativeLookup;
  readonly gas: Gas;
  /** Absent on a chain without global storage. */
  readonly storage?: GlobalStorage;
  /** Instructions before the run is given up, a bound on time that gas does not give. */
  readonly maxInstructions: number;
  /** Slows the run down. */
  readonly trace?: Trace;
}

/** Runs functions. One at a time; a run that threw leaves nothing behind but what it wrote to storage. */
export class Interpreter {
  readonly loader: Loader;
  readonly gas: Gas;
  private readonly options: InterpreterOptions;
  private readonly maxOperands: number;
  private budget: number;
  private stack: Value[] = [];
  private frames: Frame[] = [];
  private active = new ActiveModules();

  constructor(options: InterpreterOptions) {
    this.options = options;
    this.loader = options.loader;
    this.gas = options.gas;
    this.maxOperands = options.loader.config.maxOperands;
    this.budget = options.maxInstructions;
  }

  /**
   * @param args - one value for each parameter, of its type; they are taken over
   * @returns the results in order
   * @throws MoveError with its location where the chain would abort or fail, MissingModulesError and
   *   the storage's errors where state is missing, CannotPreview
   */
  run(instance: FunctionInstance, args: readonly Value[]): readonly Value[] {
    this.stack = [];
    this.frames = [];
    this.active = new ActiveModules();
    this.gas.start();
    const { trace } = this.options;
    try {
      this.enter(instance, [...args], 'static');
      if (trace === undefined) this.loop();
      else this.tracedLoop(trace);
    } catch (error) {
      if (error instanceof MoveError) this.locate(error);
      throw error;
    }
    return this.stack;
  }

  get storage(): GlobalStorage {
    const { storage } = this.options;
    if (storage === undefined) throw illTyped('uses global storage');
    return storage;
  }

  push(value: Value): void {
    if (this.stack.length >= this.maxOperands) throw new MoveError('EXECUTION_STACK_OVERFLOW');
    this.stack.push(value);
  }

  pop(): Value {
    const value = this.stack.pop();
    if (value === undefined) throw illTyped('takes from an empty stack');
    return value;
  }

  /** The topmost `count` values, in the order they were pushed. */
  popMany(count: number): Value[] {
    const { stack } = this;
    if (count > stack.length) throw illTyped('takes from an empty stack');
    // Setting the length of an array takes longer than taking its few last values off one by one.
    const values: Value[] = [];
    for (let i = stack.length - count; i < stack.length; i++) {
      const value = stack[i];
      if (value !== undefined) values.push(value);
    }
    for (let i = 0; i < count; i++) stack.pop();
    return values;
  }

  /** Calls a function; a native is run at once. @param args - become its locals */
  enter(instance: FunctionInstance, args: Value[], kind: CallKind): void {
    const { definition } = instance;
    if (definition.code === undefined) {
      this.native(instance, args);
      return;
    }
    if (definition.limitsAccess)
      throw new CannotPreview('move-access-control', 'a function that limits its own access', {
        function: definition.key,
      });
    const { frames } = this;
    this.active.enter(frames[frames.length - 1]?.instance, instance, kind);
    this.gas.enter(instance);
    instance.requireBoundedLocals();
    // The chain counts the callers and not the function that runs.
    if (frames.length > this.loader.config.maxCallDepth) throw new MoveError('CALL_STACK_OVERFLOW');
    const locals: Slots = args;
    for (let i = args.length; i < instance.localCount; i++) locals.push(undefined);
    frames.push(new Frame(instance, programOf(definition), locals, kind));
  }

  /** Ends the running function; its results stay on the stack. */
  leave(): void {
    const { frames } = this;
    const frame = frames.pop();
    if (frame === undefined) return;
    this.gas.dropFrame(frame.locals);
    this.active.leave(frames[frames.length - 1]?.instance, frame.instance, frame.kind);
  }

  /** @throws MoveError RUNTIME_DISPATCH_ERROR where the resource's module was entered again */
  requireAccess(type: DatatypeType): void {
    this.active.requireAccess(type);
  }

  private native(instance: FunctionInstance, args: readonly Value[]): void {
    const { key } = instance.definition;
    const native = this.options.natives.get(key);
    if (native === undefined)
      throw new CannotPreview('move-native', `the native ${key}`, { native: key });
    try {
      this.gas.enterNative(instance, args);
      const results = native({
        args,
        typeArguments: instance.typeArguments,
        loader: this.loader,
        gas: this.gas,
        caller: this.frames.at(-1)?.instance,
        stack: this.frames,
      });
      if (results instanceof CallFunction) {
        requireDispatchable(instance, results.callee);
        this.enter(results.callee, [...results.args], 'native');
        return;
      }
      this.gas.leaveNative(results);
      for (const result of results) this.push(result);
    } catch (error) {
      // What fails in a native fails at its beginning.
      if (error instanceof MoveError) error.location ??= locationOf(instance, 0);
      throw error;
    }
  }

  private loop(): void {
    const { frames, gas } = this;
    let { budget } = this;
    try {
      for (let frame = frames.at(-1); frame !== undefined; frame = frames[frames.length - 1]) {
        const { steps, bytes } = frame.program;
        const depth = frames.length;
        // No step both calls and returns, so it is the same frame while there are as many.
        while (frames.length === depth) {
          const pc = frame.pc++;
          const step = steps[pc];
          if (step === undefined) throw illTyped('runs past its end');
          if (--budget < 0) throw tooLong();
          gas.instruction(bytes[pc] ?? 0);
          step(this, frame);
        }
      }
    } finally {
      this.budget = budget;
    }
  }

  /** As `loop`, watched. */
  private tracedLoop(trace: Trace): void {
    for (let frame = this.frames.at(-1); frame !== undefined; frame = this.frames.at(-1)) {
      const pc = frame.pc++;
      const step = frame.program.steps[pc];
      if (step === undefined) throw illTyped('runs past its end');
      if (--this.budget < 0) throw tooLong();
      trace.before(frame.instance, pc, this.stack.at(-1));
      this.gas.instruction(frame.program.bytes[pc] ?? 0);
      step(this, frame);
      trace.after();
    }
  }

  private locate(error: MoveError): void {
    const places = this.frames
      .map(({ instance, pc }) => locationOf(instance, Math.max(0, pc - 1)))
      .reverse();
    error.location ??= places[0];
    // The chain does not look at its stack when it fails to make it deeper.
    if (error.status !== 'CALL_STACK_OVERFLOW') error.callers ??= places.slice(1);
  }
}

function locationOf({ definition }: FunctionInstance, offset: number): CodeLocation {
  const { owner, name, index } = definition;
  return { module: owner.id?.key, function: name, definition: index, offset };
}

function tooLong(): CannotPreview {
  return new CannotPreview('move-too-long', 'a run of this many instructions');
}
