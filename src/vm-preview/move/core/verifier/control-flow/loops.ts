/** The depth-first tree of a function's blocks, and loops collapsed in it (loop_summary.rs). */
import { at } from '../../loader/at';
import type { ControlFlow } from './cfg';

/** Nodes are numbered in the order in which they are first reached. */
export interface LoopSummary {
  readonly count: number;
  /** Start of each node's block. */
  readonly blocks: readonly number[];
  /** How many nodes are below each. */
  readonly descendants: readonly number[];
  /** Nodes with an edge back to each. */
  readonly back: readonly (readonly number[])[];
  /** Nodes with another edge to each. */
  readonly before: readonly (readonly number[])[];
}

export function summarize(flow: ControlFlow): LoopSummary {
  const size = flow.blocks.length;
  // What cannot be reached keeps the number of the first block, as on the chain.
  const blocks = new Array<number>(size).fill(0);
  const descendants = new Array<number>(size).fill(0);
  const back: number[][] = Array.from({ length: size }, () => []);
  const before: number[][] = Array.from({ length: size }, () => []);
  const nodes = new Map<number, { readonly node: number; done: boolean }>([
    [0, { node: 0, done: false }],
  ]);

  interface Visit {
    readonly from: number;
    readonly block: number;
    readonly finishes: boolean;
  }
  const visits = (from: number, block: number): Visit[] =>
    flow.block(block).successors.map((to) => ({ from, block: to, finishes: false }));

  const stack = visits(0, 0);
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    const { from, block } = step;
    const known = nodes.get(block);
    if (step.finishes && known !== undefined) {
      descendants[from] = at(descendants, from) + 1 + at(descendants, known.node);
      known.done = true;
    } else if (known !== undefined) {
      at(known.done ? before : back, known.node).push(from);
    } else {
      const node = nodes.size;
      nodes.set(block, { node, done: false });
      blocks[node] = block;
      at(before, node).push(from);
      stack.push({ from, block, finishes: true }, ...visits(node, block));
    }
  }
  return { count: size, blocks, descendants, back, before };
}

/** Loops that were collapsed into their heads. */
export class LoopPartition {
  readonly #parents: number[];
  readonly #depths: number[];

  constructor(count: number) {
    this.#parents = Array.from({ length: count }, (_, i) => i);
    this.#depths = new Array<number>(count).fill(0);
  }

  /** The head of the loop that a node was collapsed into, or the node. */
  head(node: number): number {
    let head = node;
    while (at(this.#parents, head) !== head) head = at(this.#parents, head);
    // The path is shortened for the next time.
    for (let current = node; current !== head; ) {
      const parent = at(this.#parents, current);
      this.#parents[current] = head;
      current = parent;
    }
    return head;
  }

  /** @returns how deep loops are nested in the head now */
  collapse(head: number, body: ReadonlySet<number>): number {
    let depth = at(this.#depths, head);
    for (const node of body) {
      this.#parents[node] = head;
      depth = Math.max(depth, at(this.#depths, node));
    }
    depth++;
    this.#depths[head] = depth;
    return depth;
  }
}
