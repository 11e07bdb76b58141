/** Runs code over abstract states until they no longer change (absint.rs of both chains). */
import type { FunctionContext } from './context';

/** What one analysis knows about a function at an instruction. */
export interface Analysis<State> {
  readonly start: State;
  copy(state: State): State;
  /** Changes the state as the instruction does. @param isLast - of its block */
  execute(state: State, pc: number, isLast: boolean): void;
  /** What is true in both; undefined where that is the first already. */
  join(known: State, other: State): State | undefined;
}

/** Sui's units. */
const SUI_STEP_COST = 10;

export function analyse<State>(context: FunctionContext, analysis: Analysis<State>): void {
  const { flow, config, meter } = context;
  const isSui = config.flavour === 'sui';
  const hasLoops = flow.backEdgeCount > 0;
  const charge = (): void => {
    if (isSui) meter.add('function', SUI_STEP_COST);
  };
  charge();
  const before = new Map<number, State>([[0, analysis.start]]);
  for (let start: number | undefined = 0; start !== undefined; ) {
    const known = before.get(start);
    const following: number | undefined = flow.next(start);
    // Nothing leads here.
    if (known === undefined) {
      start = following;
      continue;
    }
    const { end, successors } = flow.block(start);
    charge();
    // Without loops no block is seen twice, so that its state is not needed again.
    const state = hasLoops ? analysis.copy(known) : known;
    for (let pc = start; pc <= end; pc++) analysis.execute(state, pc, pc === end);
    let next = following;
    for (const successor of successors) {
      charge();
      const old = before.get(successor);
      if (old === undefined) {
        before.set(successor, successors.length === 1 ? state : analysis.copy(state));
        continue;
      }
      const joined = analysis.join(old, state);
      if (joined === undefined) continue;
      before.set(successor, joined);
      if (!flow.isBackEdge(start, successor)) continue;
      charge();
      // Sui goes back to the first head that changed, Aptos to the outermost of all.
      if (isSui) {
        next = successor;
        break;
      }
      if (next === undefined || flow.position(successor) < flow.position(next)) next = successor;
    }
    start = next;
  }
}
