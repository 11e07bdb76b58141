/** Which references borrow from which (move-borrow-graph, graph.rs). */
import { invariantViolated } from '../errors';
import {
  covers,
  type Edge,
  type EdgeSet,
  isPrefix,
  type Label,
  withEdge,
  withoutEdge,
} from './edges';

interface Node {
  readonly mutable: boolean;
  /** To each reference that borrows from this one. */
  readonly borrowedBy: Map<number, EdgeSet>;
  readonly borrowsFrom: Set<number>;
}

export class BorrowGraph {
  readonly #nodes: Map<number, Node>;

  constructor(nodes: Map<number, Node> = new Map()) {
    this.#nodes = nodes;
  }

  copy(): BorrowGraph {
    return this.remap((id) => id);
  }

  /** The same graph with other names of references. */
  remap(name: (id: number) => number): BorrowGraph {
    const nodes = new Map<number, Node>();
    for (const [id, { mutable, borrowedBy, borrowsFrom }] of this.#nodes) {
      const to = new Map<number, EdgeSet>();
      for (const [child, edges] of borrowedBy) to.set(name(child), edges);
      const from = new Set<number>();
      for (const parent of borrowsFrom) from.add(name(parent));
      nodes.set(name(id), { mutable, borrowedBy: to, borrowsFrom: from });
    }
    return new BorrowGraph(nodes);
  }

  /** Nodes and edges. */
  get size(): number {
    let size = 0;
    for (const { borrowedBy } of this.#nodes.values()) {
      size++;
      for (const { edges } of borrowedBy.values()) size += edges.length;
    }
    return size;
  }

  isMutable(id: number): boolean {
    return this.#node(id).mutable;
  }

  add(id: number, mutable: boolean): void {
    if (this.#nodes.has(id)) throw invariantViolated(`reference ${id} exists`);
    this.#nodes.set(id, { mutable, borrowedBy: new Map(), borrowsFrom: new Set() });
  }

  /** The child borrows exactly what is at the path; what was borrowed below it is the child's now. */
  addStrong(parent: number, path: readonly Label[], child: number): void {
    const { borrowedBy } = this.#node(parent);
    const below: [number, Edge][] = [];
    for (const [id, { edges }] of ascending(borrowedBy))
      for (const edge of edges) if (isPrefix(path, edge.path)) below.push([id, edge]);
    for (const [id, edge] of below) {
      const rest = withoutEdge(this.#edges(borrowedBy, id), edge);
      if (rest.edges.length > 0) borrowedBy.set(id, rest);
      else borrowedBy.delete(id);
    }
    for (const [id] of below) if (!borrowedBy.has(id)) this.#node(id).borrowsFrom.delete(parent);
    for (const [id, { strong, path: whole }] of below)
      this.#addEdge(child, { strong, path: whole.slice(path.length) }, id);
    this.#addEdge(parent, { strong: true, path }, child);
  }

  /** The child may borrow anything below the path. */
  addWeak(parent: number, path: readonly Label[], child: number): void {
    this.#addEdge(parent, { strong: false, path }, child);
  }

  /** Takes a reference out: who borrowed from it borrows from whom it borrowed. @returns edges joined */
  release(id: number): number {
    const { borrowedBy, borrowsFrom } = this.#node(id);
    this.#nodes.delete(id);
    let joined = 0;
    for (const parent of [...borrowsFrom].sort((a, b) => a - b)) {
      const from = this.#node(parent).borrowedBy;
      const { edges } = this.#edges(from, id);
      from.delete(id);
      for (const edge of edges)
        for (const [child, { edges: onward }] of ascending(borrowedBy))
          for (const next of onward) {
            joined++;
            if (parent === child) continue;
            const path = edge.strong ? [...edge.path, ...next.path] : edge.path;
            this.#addEdge(parent, { strong: edge.strong && next.strong, path }, child);
          }
    }
    for (const child of borrowedBy.keys()) this.#node(child).borrowsFrom.delete(id);
    return joined;
  }

  /** This graph says as much as the other, or more. */
  covers(other: BorrowGraph): boolean {
    for (const _ of this.#unmatched(other)) return false;
    return true;
  }

  /** This graph with the edges of the other that it does not cover. */
  join(other: BorrowGraph): BorrowGraph {
    const joined = this.copy();
    for (const { parent, edge, child } of this.#unmatched(other))
      joined.#addEdge(parent, edge, child);
    return joined;
  }

  /** As a whole, not just a part of it. */
  hasFullBorrows(id: number): boolean {
    for (const { edges } of this.#node(id).borrowedBy.values())
      if (edges.some(({ path }) => path.length === 0)) return true;
    return false;
  }

  /** Borrowed as a whole, or at the label (anywhere where none is given). */
  hasBorrows(id: number, at?: Label, mutableOnly = false): boolean {
    for (const [child, { edges }] of this.#node(id).borrowedBy) {
      if (mutableOnly && !this.isMutable(child)) continue;
      for (const { path } of edges)
        if (path.length === 0 || at === undefined || path[0] === at) return true;
    }
    return false;
  }

  *#unmatched(other: BorrowGraph): Iterable<{ parent: number; edge: Edge; child: number }> {
    for (const [parent, { borrowedBy }] of ascending(other.#nodes)) {
      const mine = this.#node(parent).borrowedBy;
      for (const [child, { edges }] of ascending(borrowedBy)) {
        const known = mine.get(child)?.edges ?? [];
        for (const edge of edges)
          if (!known.some((candidate) => covers(candidate, edge))) yield { parent, edge, child };
      }
    }
  }

  #addEdge(parent: number, edge: Edge, child: number): void {
    if (parent === child) throw invariantViolated('a reference that borrows from itself');
    const { borrowedBy } = this.#node(parent);
    borrowedBy.set(child, withEdge(borrowedBy.get(child), edge));
    this.#node(child).borrowsFrom.add(parent);
  }

  #node(id: number): Node {
    const node = this.#nodes.get(id);
    if (node === undefined) throw invariantViolated(`no reference ${id}`);
    return node;
  }

  #edges(borrowedBy: Map<number, EdgeSet>, id: number): EdgeSet {
    const edges = borrowedBy.get(id);
    if (edges === undefined) throw invariantViolated(`no edge to reference ${id}`);
    return edges;
  }
}

/** The chain's maps are sorted, and where sets of edges overflow, their order shows. */
function ascending<T>(map: ReadonlyMap<number, T>): (readonly [number, T])[] {
  return [...map].sort(([a], [b]) => a - b);
}
