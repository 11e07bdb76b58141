/** Edges of the borrow graph (move-borrow-graph, references.rs and paths.rs). */

/** The first step from a value to what is borrowed in it; the numbers of one kind never meet another's. */
export type Label = number;

export const label = {
  local: (index: number): Label => index,
  global: (definition: number): Label => 0x1_0000 + definition,
  field: (index: number): Label => 0x2_0000 + index,
  variantField: (definition: number, variant: number, field: number): Label =>
    0x1_0000_0000 + definition * 0x1_0000 + variant * 0x100 + field,
};

export interface Edge {
  /** The path is exact; a weak one is the beginning of a path. */
  readonly strong: boolean;
  readonly path: readonly Label[];
}

/** Edges from one reference to another, sorted as the chain keeps them. */
export interface EdgeSet {
  readonly edges: readonly Edge[];
  /** There were too many: whatever is in the first may be borrowed by the second. */
  readonly overflown: boolean;
}

const EDGES_MAX = 10;
const ANYTHING: readonly Edge[] = [{ strong: false, path: [] }];

export function withEdge(set: EdgeSet | undefined, edge: Edge): EdgeSet {
  if (set === undefined) return { edges: [edge], overflown: false };
  if (set.overflown) return set;
  if (set.edges.length + 1 > EDGES_MAX) return { edges: ANYTHING, overflown: true };
  const index = set.edges.findIndex((known) => compareEdges(known, edge) >= 0);
  const found = set.edges[index];
  if (found !== undefined && compareEdges(found, edge) === 0) return set;
  const edges = [...set.edges];
  edges.splice(index === -1 ? edges.length : index, 0, edge);
  return { edges, overflown: false };
}

export function withoutEdge(set: EdgeSet, edge: Edge): EdgeSet {
  return { ...set, edges: set.edges.filter((known) => known !== edge) };
}

export function isPrefix(prefix: readonly Label[], path: readonly Label[]): boolean {
  return prefix.length <= path.length && prefix.every((step, i) => step === path[i]);
}

/** The first says as much as the second, or more. */
export function covers(edge: Edge, other: Edge): boolean {
  return compareEdges(edge, other) === 0 || (!edge.strong && isPrefix(edge.path, other.path));
}

function compareEdges(a: Edge, b: Edge): number {
  if (a.strong !== b.strong) return a.strong ? 1 : -1;
  const length = Math.min(a.path.length, b.path.length);
  for (let i = 0; i < length; i++) {
    const difference = (a.path[i] ?? 0) - (b.path[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.path.length - b.path.length;
}
