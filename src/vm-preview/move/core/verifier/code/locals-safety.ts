/** A local is read only where it has a value, and a value that cannot be dropped is used (locals_safety). */
import { ABILITY } from '../../format';
import { at } from '../../loader/at';
import { has } from '../abilities';
import type { VerificationStatus } from '../errors';
import { type Analysis, analyse } from './abstract-interpreter';
import { type FunctionContext, failAt } from './context';

/** On some paths only: it cannot be read, and if it cannot be dropped, not be overwritten either. */
type Availability = 'no' | 'maybe' | 'yes';
type State = Availability[];

/** Units (locals_safety/abstract_state.rs of either chain). */
const COSTS = {
  aptos: { step: 15, returnPerLocal: 30, join: 10, joinPerLocal: 5 },
  sui: { step: 1, returnPerLocal: 10, join: 10, joinPerLocal: 0 },
} as const;

const UNAVAILABLE: Partial<Record<string, VerificationStatus>> = {
  MoveLoc: 'MOVELOC_UNAVAILABLE_ERROR',
  CopyLoc: 'COPYLOC_UNAVAILABLE_ERROR',
  MutBorrowLoc: 'BORROWLOC_UNAVAILABLE_ERROR',
  ImmBorrowLoc: 'BORROWLOC_UNAVAILABLE_ERROR',
};

export function checkLocals(context: FunctionContext): void {
  analyse(context, new LocalsAnalysis(context));
}

class LocalsAnalysis implements Analysis<State> {
  readonly start: State;
  readonly #canDrop: readonly boolean[];

  constructor(private readonly context: FunctionContext) {
    const { locals, parameters, typeParameters, abilities } = context;
    this.start = locals.map((_, i) => (i < parameters.length ? 'yes' : 'no'));
    this.#canDrop = locals.map((type) =>
      has(abilities(type, typeParameters, 'function'), ABILITY.drop),
    );
  }

  copy(state: State): State {
    return [...state];
  }

  execute(state: State, pc: number): void {
    const { context } = this;
    const { meter, config } = context;
    const costs = COSTS[config.flavour];
    meter.add('function', costs.step);
    const { operation, operand } = at(context.instructions, pc);
    if (operation === 'StLoc') {
      if (state[operand] !== 'no' && !at(this.#canDrop, operand))
        throw failAt(context, 'STLOC_UNSAFE_TO_DESTROY_ERROR', pc);
      state[operand] = 'yes';
    } else if (operation === 'Ret') {
      meter.add('function', costs.returnPerLocal * state.length);
      if (state.some((local, i) => local !== 'no' && !at(this.#canDrop, i)))
        throw failAt(context, 'UNSAFE_RET_UNUSED_VALUES_WITHOUT_DROP', pc);
    } else {
      const status = UNAVAILABLE[operation];
      if (status === undefined) return;
      if (state[operand] !== 'yes') throw failAt(context, status, pc);
      if (operation === 'MoveLoc') state[operand] = 'no';
    }
  }

  join(known: State, other: State): State | undefined {
    const { meter, config } = this.context;
    const costs = COSTS[config.flavour];
    meter.add('function', costs.join);
    meter.add('function', costs.joinPerLocal * other.length);
    const joined = known.map((local, i) => (local === other[i] ? local : 'maybe'));
    return joined.every((local, i) => local === known[i]) ? undefined : joined;
  }
}
