/** Blocks of code and the order in which they are analysed (control_flow_graph.rs). */
import type { Code } from '../../format';
import { at } from '../../loader/at';
import type { Instruction, Operation } from '../instruction';

const UNCONDITIONAL: ReadonlySet<Operation> = new Set<Operation>([
  'Ret',
  'Abort',
  'AbortMsg',
  'Branch',
  'VariantSwitch',
]);
const JUMPS: ReadonlySet<Operation> = new Set<Operation>(['Branch', 'BrTrue', 'BrFalse']);

export function isUnconditional({ operation }: Instruction): boolean {
  return UNCONDITIONAL.has(operation);
}

/** Where an instruction may jump to. */
export function targetsOf(code: Code, { operation, operand }: Instruction): readonly number[] {
  if (JUMPS.has(operation)) return [operand];
  return operation === 'VariantSwitch' ? at(code.jumpTables, operand).offsets : [];
}

export interface Block {
  /** Offset of the first instruction; it names the block. */
  readonly start: number;
  /** Offset of the last instruction. */
  readonly end: number;
  /** Starts of the blocks that may follow, ascending. */
  readonly successors: readonly number[];
}

export class ControlFlow {
  /** In the order of the code. */
  readonly blocks: readonly Block[];
  readonly #byStart: ReadonlyMap<number, Block>;
  /** Reverse post-order of what can be reached. */
  readonly #order: readonly number[];
  readonly #position: ReadonlyMap<number, number>;
  readonly #backEdges: ReadonlyMap<number, ReadonlySet<number>>;
  readonly backEdgeCount: number;

  constructor(code: Code, instructions: readonly Instruction[]) {
    this.blocks = blocksOf(code, instructions);
    this.#byStart = new Map(this.blocks.map((block) => [block.start, block]));
    const { postOrder, backEdges } = this.#explore();
    this.#order = postOrder.reverse();
    this.#position = new Map(this.#order.map((start, i) => [start, i]));
    this.#backEdges = backEdges;
    let count = 0;
    for (const sources of backEdges.values()) count += sources.size;
    this.backEdgeCount = count;
  }

  block(start: number): Block {
    const block = this.#byStart.get(start);
    if (block === undefined) throw new RangeError(`no block at ${start}`);
    return block;
  }

  /** The block that is analysed after this one. */
  next(start: number): number | undefined {
    return this.#order[this.position(start) + 1];
  }

  position(start: number): number {
    return this.#position.get(start) ?? this.#order.length;
  }

  isBackEdge(from: number, to: number): boolean {
    return this.#backEdges.get(to)?.has(from) === true;
  }

  /** Depth first; an edge to a block that is still being explored closes a loop. */
  #explore(): { postOrder: number[]; backEdges: Map<number, Set<number>> } {
    const state = new Map<number, 'open' | 'done'>();
    const backEdges = new Map<number, Set<number>>();
    const postOrder: number[] = [];
    const stack = [0];
    for (let start = stack.pop(); start !== undefined; start = stack.pop()) {
      const known = state.get(start);
      if (known === 'done') continue;
      if (known === 'open') {
        postOrder.push(start);
        state.set(start, 'done');
        continue;
      }
      state.set(start, 'open');
      stack.push(start);
      for (const successor of this.block(start).successors) {
        const seen = state.get(successor);
        if (seen === undefined) stack.push(successor);
        else if (seen === 'open') {
          const sources = backEdges.get(successor) ?? new Set();
          backEdges.set(successor, sources.add(start));
        }
      }
    }
    return { postOrder, backEdges };
  }
}

function blocksOf(code: Code, instructions: readonly Instruction[]): Block[] {
  const starts = new Set([0]);
  for (const [pc, instruction] of instructions.entries()) {
    const targets = targetsOf(code, instruction);
    for (const target of targets) starts.add(target);
    if (targets.length > 0 || isUnconditional(instruction)) starts.add(pc + 1);
  }
  const blocks: Block[] = [];
  let start = 0;
  for (const [end, instruction] of instructions.entries()) {
    const isLast = end + 1 === instructions.length;
    if (!isLast && !starts.has(end + 1)) continue;
    const successors = new Set(targetsOf(code, instruction));
    if (!isLast && !isUnconditional(instruction)) successors.add(end + 1);
    blocks.push({ start, end, successors: [...successors].sort((a, b) => a - b) });
    start = end + 1;
  }
  return blocks;
}
