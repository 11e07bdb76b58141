import { CannotPreview } from '../../../errors';
import type { Gas } from '../gas/gas';
import type { FunctionInstance, Loader } from '../loader';
import { illTyped, type Slots, type Value } from '../values';
import { MoveError } from './errors';
import { Frame } from './frame';
import type { GlobalStorage } from './global-cell';
import { CallFunction, type NativeRegistry } from './native';
import { programOf } from './program';

/** Calls in one another (interpreter.rs, `CALL_STACK_SIZE_LIMIT`). */
export const CALL_DEPTH_MAX = 1024;
/** Values of all frames (interpreter.rs, `OPERAND_STACK_SIZE_LIMIT`). */
export const OPERAND_STACK_MAX = 1024;

export interface InterpreterOptions {
  readonly loader: Loader;
  readonly natives: NativeRegistry;
  readonly gas: Gas;
  /** Absent on a chain without global storage. */
  readonly storage?: GlobalStorage;
  /** Instructions before the run is given up, a bound on time that gas does not give. */
  readonly maxInstructions: number;
}

/** Runs functions. One at a time; a run that threw leaves nothing behind but what it wrote to storage. */
export class Interpreter {
  readonly loader: Loader;
  readonly gas: Gas;
  readonly #natives: NativeRegistry;
  readonly #storage: GlobalStorage | undefined;
  #budget: number;
  #stack: Value[] = [];
  #frames: Frame[] = [];
  /** Frames that were dispatched to. */
  #locks = 0;

  constructor(options: InterpreterOptions) {
    this.loader = options.loader;
    this.gas = options.gas;
    this.#natives = options.natives;
    this.#storage = options.storage;
    this.#budget = options.maxInstructions;
  }

  /**
   * @param args - one value for each parameter, of its type; they are taken over
   * @returns the results in order
   * @throws MoveError with its location where the chain would abort or fail, MissingModulesError and
   *   the storage's errors where state is missing, CannotPreview
   */
  run(instance: FunctionInstance, args: readonly Value[]): readonly Value[] {
    this.#stack = [];
    this.#frames = [];
    this.#locks = 0;
    this.gas.start();
    try {
      this.enter(instance, args);
      this.#loop();
    } catch (error) {
      if (error instanceof MoveError) error.location ??= this.#location();
      throw error;
    }
    return this.#stack;
  }

  get storage(): GlobalStorage {
    if (this.#storage === undefined) throw illTyped('uses global storage');
    return this.#storage;
  }

  push(value: Value): void {
    if (this.#stack.length >= OPERAND_STACK_MAX) throw new MoveError('EXECUTION_STACK_OVERFLOW');
    this.#stack.push(value);
  }

  pop(): Value {
    const value = this.#stack.pop();
    if (value === undefined) throw illTyped('takes from an empty stack');
    return value;
  }

  /** The topmost `count` values, in the order they were pushed. */
  popMany(count: number): Value[] {
    const start = this.#stack.length - count;
    if (start < 0) throw illTyped('takes from an empty stack');
    return this.#stack.splice(start, count);
  }

  /**
   * Calls a function; a native is run at once.
   *
   * @param locks - whether running modules cannot be called again until it ends
   */
  enter(instance: FunctionInstance, args: readonly Value[], locks = false): void {
    const { definition } = instance;
    if (definition.code === undefined) {
      this.#native(instance, args);
      return;
    }
    this.gas.enter(instance);
    // The chain counts the callers and not the function that runs.
    if (this.#frames.length > CALL_DEPTH_MAX) throw new MoveError('CALL_STACK_OVERFLOW');
    if (locks) this.#locks++;
    if (this.#locks > 0) this.#requireNoReentry(instance);
    const locals: Slots = [...args];
    for (let i = args.length; i < instance.localCount; i++) locals.push(undefined);
    this.#frames.push(new Frame(instance, programOf(definition), locals, locks));
  }

  /** Ends the running function; its results stay on the stack. */
  leave(): void {
    const frame = this.#frames.pop();
    if (frame === undefined) return;
    if (frame.locks) this.#locks--;
    this.gas.dropFrame(frame.locals);
  }

  /** Of the topmost frame; undefined in a script. */
  get runningModule(): string | undefined {
    return this.#frames.at(-1)?.instance.definition.owner.id?.key;
  }

  /** Whether a function of the module is being run below the topmost frame. */
  isActiveBelow(module: string): boolean {
    return this.#frames
      .slice(0, -1)
      .some((frame) => frame.instance.definition.owner.id?.key === module);
  }

  /** What the module lock refuses (reentrancy_checker.rs). */
  #requireNoReentry({ definition }: FunctionInstance): void {
    const module = definition.owner.id?.key;
    if (module === undefined || module === this.runningModule) return;
    if (this.isActiveBelow(module))
      throw new MoveError('RUNTIME_DISPATCH_ERROR', {
        reason: `${module} is called again while it is locked`,
      });
  }

  #native(instance: FunctionInstance, args: readonly Value[]): void {
    const { key } = instance.definition;
    const native = this.#natives.get(key);
    if (native === undefined)
      throw new CannotPreview('move-native', `the native ${key}`, { native: key });
    this.gas.enterNative(instance, args);
    const results = native({
      args,
      typeArguments: instance.typeArguments,
      loader: this.loader,
      gas: this.gas,
      caller: this.#frames.at(-1)?.instance,
      stack: this.#frames,
    });
    if (results instanceof CallFunction) {
      this.enter(results.callee, results.args, true);
      return;
    }
    this.gas.leaveNative(results);
    for (const result of results) this.push(result);
  }

  #loop(): void {
    const frames = this.#frames;
    const { gas } = this;
    let budget = this.#budget;
    try {
      for (let frame = frames.at(-1); frame !== undefined; frame = frames[frames.length - 1]) {
        const pc = frame.pc++;
        const step = frame.program.steps[pc];
        if (step === undefined) throw illTyped('runs past its end');
        if (--budget < 0)
          throw new CannotPreview('move-too-long', 'a run of this many instructions');
        gas.instruction(frame.program.bytes[pc] ?? 0);
        step(this, frame);
      }
    } finally {
      this.#budget = budget;
    }
  }

  #location(): MoveError['location'] {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return undefined;
    const { owner, name } = frame.instance.definition;
    return { module: owner.id?.key, function: name, offset: Math.max(0, frame.pc - 1) };
  }
}
