/** No reference dangles, and what is borrowed mutably is not reached another way (reference_safety). */
import { at } from '../../loader/at';
import { type Analysis, analyse } from '../code/abstract-interpreter';
import { AbstractStack } from '../code/abstract-stack';
import type { FunctionContext } from '../code/context';
import { VerificationError } from '../errors';
import { referenceCosts } from './costs';
import { REFERENCE_RULES } from './rules';
import { type Abstract, ReferenceState } from './state';
import type { Acquires, ReferenceStep } from './steps';

/** @param acquires - resources that a function of the module acquires, by its handle */
export function checkReferences(context: FunctionContext, acquires: Acquires): void {
  analyse(context, new ReferenceAnalysis(context, acquires));
}

class ReferenceAnalysis implements Analysis<ReferenceState> {
  readonly start: ReferenceState;
  readonly #stack = new AbstractStack<Abstract>();
  /** The same object for each instruction: there are very many. */
  readonly #step: ReferenceStep;

  constructor(
    private readonly context: FunctionContext,
    acquires: Acquires,
  ) {
    const costs = referenceCosts(context.config.flavour, context.meter);
    this.start = ReferenceState.atStart(context, costs);
    this.#step = {
      context,
      acquires,
      stack: this.#stack,
      state: this.start,
      instruction: at(context.instructions, 0),
      pc: 0,
    };
  }

  copy(state: ReferenceState): ReferenceState {
    return state.copy();
  }

  execute(state: ReferenceState, pc: number, isLast: boolean): void {
    const instruction = at(this.context.instructions, pc);
    state.costs.step(state.locals.length, state.graphSize);
    const step = this.#step;
    step.state = state;
    step.instruction = instruction;
    step.pc = pc;
    REFERENCE_RULES[instruction.operation](step);
    if (!isLast) return;
    if (!this.#stack.isEmpty)
      throw new VerificationError(
        'UNKNOWN_INVARIANT_VIOLATION_ERROR',
        'values on the stack at the end of a block',
      );
    state.canonicalize();
  }

  join(known: ReferenceState, other: ReferenceState): ReferenceState | undefined {
    return known.join(other);
  }
}
