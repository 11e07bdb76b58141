import type { CallSite, FunctionInstance } from '../../core/loader';
import type { GasSchedule } from './schedule';

/** First versions that charge for locals, and hold what natives of 0x1::event keep. */
const PRICES_LOCALS = 3;
const EVENTS_LEAK = 4;

/** What calls cost, and what is remembered of them during a run (meter.rs, interpreter.rs). */
export class CallPrices {
  readonly #version: number;
  readonly #base: number;
  readonly #perArgument: number;
  readonly #perLocal: number;
  readonly #genericBase: number;
  readonly #genericPerArgument: number;
  readonly #genericPerLocal: number;
  readonly #genericPerType: number;
  #made = new Map<FunctionInstance, Set<number>>();
  #leaks = false;

  /** @param remembersTypes - feature flag CALL_TREE_AND_INSTRUCTION_VM_CACHE */
  constructor(
    schedule: GasSchedule,
    private readonly remembersTypes: boolean,
  ) {
    const price = (name: string): number => schedule.amount(`instr.${name}`);
    const pricesLocals = schedule.version >= PRICES_LOCALS;
    this.#version = schedule.version;
    this.#base = price('call.base');
    this.#perArgument = price('call.per_arg');
    this.#perLocal = pricesLocals ? price('call.per_local') : 0;
    this.#genericBase = price('call_generic.base');
    this.#genericPerArgument = price('call_generic.per_arg');
    this.#genericPerLocal = pricesLocals ? price('call_generic.per_local') : 0;
    this.#genericPerType = price('call_generic.per_ty_arg');
  }

  /** The chain's caches last for a run of the interpreter. */
  start(): void {
    this.#made = new Map();
  }

  /**
   * Whether natives keep what they are given, so that its memory stays used. It is decided by the last
   * generic call before, as on the chain.
   */
  get leaks(): boolean {
    return this.#leaks;
  }

  /** Internal units. */
  plain({ definition, localCount }: FunctionInstance, argumentCount: number): number {
    const locals = definition.code === undefined ? 0 : localCount;
    return this.#base + this.#perArgument * argumentCount + this.#perLocal * locals;
  }

  /** Internal units. */
  generic(callee: FunctionInstance, argumentCount: number): number {
    const { definition, localCount, typeArguments } = callee;
    const module = definition.owner.id?.key;
    this.#leaks =
      module === '0x1::table' || (module === '0x1::event' && this.#version >= EVENTS_LEAK);
    const locals = definition.code === undefined ? 0 : localCount;
    return (
      this.#genericBase +
      this.#genericPerType * typeArguments.length +
      this.#genericPerArgument * argumentCount +
      this.#genericPerLocal * locals
    );
  }

  /** Whether the type arguments of a call are put together now, and not remembered from before. */
  makesTypes({ index }: CallSite, caller: FunctionInstance): boolean {
    if (!this.remembersTypes) return true;
    let made = this.#made.get(caller);
    if (made === undefined) {
      made = new Set();
      this.#made.set(caller, made);
    }
    if (made.has(index)) return false;
    made.add(index);
    return true;
  }
}
