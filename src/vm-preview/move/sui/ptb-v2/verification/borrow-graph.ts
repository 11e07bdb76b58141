/**
 * Which references extend which, and by what path: labels, then perhaps anything (move-regex-borrow-graph).
 */
import { invariantViolation } from '../../execution/error';

export interface Path {
  readonly labels: readonly string[];
  /** Goes on by anything, or nothing. */
  readonly open: boolean;
}

/** By what a new reference extends another. */
type Extension = 'nothing' | 'anything' | { readonly label: string };

export type Ref = number;

interface Node {
  readonly mutable: boolean;
  /** References that extend this one, by what paths. */
  readonly to: Map<Ref, Path[]>;
  readonly from: Set<Ref>;
}

const SAME: Path = { labels: [], open: false };
const ANYTHING: Path = { labels: [], open: true };

/** The same place. */
export const isSame = ({ labels, open }: Path): boolean => labels.length === 0 && !open;

export const startsWith = ({ labels, open }: Path, label: string): boolean =>
  labels.length === 0 ? open : labels[0] === label;

export class BorrowGraph {
  readonly #nodes = new Map<Ref, Node>();
  #next = 0;

  isMutable(ref: Ref): boolean {
    return this.#node(ref).mutable;
  }

  /** References that extend one, in the order they were made. */
  borrowedBy(ref: Ref): readonly (readonly [Ref, readonly Path[]])[] {
    return [...this.#node(ref).to].sort(([left], [right]) => left - right);
  }

  root(mutable: boolean): Ref {
    return this.#add(mutable);
  }

  /** Another reference to the same. */
  alias(source: Ref, mutable: boolean): Ref {
    const ref = this.#add(mutable);
    this.#extend([source], 'nothing', ref, new Set());
    return ref;
  }

  /** A reference to a part. */
  part(source: Ref, mutable: boolean, label: string): Ref {
    const ref = this.#add(mutable);
    this.#extend([source], { label }, ref, new Set());
    return ref;
  }

  /**
   * References that a call returns: mutable ones into what was given mutably, immutable ones into
   * anything that was given. A mutable one is apart from all others.
   */
  returned(sources: readonly Ref[], mutabilities: readonly boolean[]): readonly Ref[] {
    const mutableSources = sources.filter((ref) => this.isMutable(ref));
    const made = mutabilities.map((mutable) => this.#add(mutable));
    const mutables = new Set(made.filter((ref) => this.isMutable(ref)));
    for (const ref of mutables) this.#extend(mutableSources, 'anything', ref, new Set(made));
    for (const ref of made)
      if (!mutables.has(ref)) this.#extend(sources, 'anything', ref, mutables);
    return made;
  }

  release(ref: Ref): void {
    const { to, from } = this.#node(ref);
    for (const child of to.keys()) this.#nodes.get(child)?.from.delete(ref);
    for (const parent of from) this.#nodes.get(parent)?.to.delete(ref);
    this.#nodes.delete(ref);
  }

  #add(mutable: boolean): Ref {
    const ref = this.#next++;
    this.#nodes.set(ref, { mutable, to: new Map(), from: new Set() });
    return ref;
  }

  #extend(sources: readonly Ref[], by: Extension, made: Ref, apart: ReadonlySet<Ref>): void {
    const added: (readonly [Ref, Path, Ref])[] = [];
    for (const source of sources) {
      added.push([source, extended(SAME, by), made]);
      // A reference to the same place is extended by nothing from it, too.
      for (const rest of without(SAME, by)) added.push([made, rest, source]);
      const { to, from } = this.#node(source);
      for (const parent of from)
        if (!apart.has(parent))
          for (const path of this.#node(parent).to.get(source) ?? [])
            added.push([parent, extended(path, by), made]);
      for (const [child, paths] of to) {
        if (apart.has(child)) continue;
        for (const path of paths) {
          for (const rest of without(path, by)) added.push([made, rest, child]);
          for (const rest of extensionWithout(by, path)) added.push([child, rest, made]);
        }
      }
    }
    for (const [from, path, to] of added) this.#edge(from, path, to);
  }

  #edge(from: Ref, path: Path, to: Ref): void {
    if (from === to) return;
    const { to: edges } = this.#node(from);
    const paths = edges.get(to) ?? [];
    if (!paths.some((known) => samePath(known, path))) paths.push(path);
    edges.set(to, paths);
    this.#node(to).from.add(from);
  }

  #node(ref: Ref): Node {
    const node = this.#nodes.get(ref);
    if (node === undefined) throw invariantViolation(`missing reference ${ref}`);
    return node;
  }
}

function samePath(left: Path, right: Path): boolean {
  return (
    left.open === right.open &&
    left.labels.length === right.labels.length &&
    left.labels.every((label, i) => label === right.labels[i])
  );
}

function pathOf(by: Extension): Path {
  if (by === 'nothing') return SAME;
  return by === 'anything' ? ANYTHING : { labels: [by.label], open: false };
}

function extended(path: Path, by: Extension): Path {
  if (path.open || by === 'nothing') return path;
  if (by === 'anything') return { ...path, open: true };
  return { labels: [...path.labels, by.label], open: false };
}

/** What is left of a path when an extension is taken from its front: every way to do it. */
function without(path: Path, by: Extension): readonly Path[] {
  const { labels, open } = path;
  if (by === 'nothing') return [path];
  if (by === 'anything') {
    if (open) return [ANYTHING];
    return [...labels.keys(), labels.length].map((i) => ({ labels: labels.slice(i), open }));
  }
  const [first, ...rest] = labels;
  if (first === undefined) return open ? [ANYTHING] : [];
  return first === by.label ? [{ labels: rest, open }] : [];
}

/** What is left of an extension when a path is taken from its front. */
function extensionWithout(by: Extension, { labels, open }: Path): readonly Path[] {
  const [first, second] = labels;
  if (first === undefined) {
    if (!open) return [pathOf(by)];
    if (by === 'anything') return [ANYTHING];
    return by === 'nothing' ? [SAME] : [pathOf(by), SAME];
  }
  if (by === 'nothing') return [];
  if (by === 'anything') return [ANYTHING];
  return first === by.label && second === undefined ? [SAME] : [];
}
