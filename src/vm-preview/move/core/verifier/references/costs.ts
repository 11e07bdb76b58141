/** Units of reference safety (reference_safety/abstract_state.rs of either chain). */
import type { Flavour } from '../../format';
import type { Meter } from '../meter';

/** What the analysis pays for; each chain charges for other things. */
export interface ReferenceCosts {
  step(locals: number, graph: () => number): void;
  /** A question about borrows. */
  query(graph: () => number): void;
  /** An edge that an instruction adds. */
  borrow(): void;
  release(edges: number): void;
  acquires(count: number): void;
  /** @param edges - from reference arguments to reference results */
  call(edges: number): void;
  join(sizes: JoinSizes): void;
}

export interface JoinSizes {
  readonly locals: number;
  readonly known: number;
  readonly other: number;
  readonly joined: number;
  readonly released: number;
}

const free = (): void => undefined;

export function referenceCosts(flavour: Flavour, meter: Meter): ReferenceCosts {
  const add = (units: number): void => meter.add('function', units);
  if (flavour === 'aptos')
    return {
      step: (locals, graph) => add(10 + 20 * locals + 50 * graph()),
      query: free,
      borrow: free,
      release: free,
      acquires: (count) => add(100 * count),
      call: (edges) => meter.addGrowing('function', 100, edges, 1.5),
      join: ({ locals, known }) => add(100 + 10 * locals + 50 * known),
    };
  const release = (edges: number): void => add(3 * quadratic(edges, 5));
  return {
    step: () => add(1),
    query: (graph) => add(4 * Math.max(graph(), 1)),
    borrow: () => add(3),
    release,
    acquires: free,
    call: free,
    join({ known, other, joined, released }) {
      add(10);
      add(4 * quadratic(Math.max(known, 1) + Math.max(other, 1), 10));
      add(4 * Math.max(known, other, joined, 1));
      release(released);
    },
  };
}

function quadratic(size: number, threshold: number): number {
  const items = Math.max(size, 1);
  return Math.max(items, Math.floor((items * items) / threshold));
}
