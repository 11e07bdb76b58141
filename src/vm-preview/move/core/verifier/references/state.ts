/** What is known about references at an instruction (reference_safety/abstract_state.rs). */
import { at } from '../../loader/at';
import { type FunctionContext, failAt } from '../code/context';
import { invariantViolated, type VerificationStatus } from '../errors';
import type { CodeType } from '../types';
import type { ReferenceCosts } from './costs';
import { type Label, label } from './edges';
import { BorrowGraph } from './graph';

/** A reference by its number, or a value that is none. */
export interface Abstract {
  readonly reference: number | undefined;
}

export const VALUE: Abstract = { reference: undefined };

/** Locals and borrows. Between blocks the reference in local i has the number i. */
export class ReferenceState {
  private constructor(
    private readonly context: FunctionContext,
    readonly costs: ReferenceCosts,
    readonly locals: Abstract[],
    private graph: BorrowGraph,
    private nextId: number,
  ) {}

  static atStart(context: FunctionContext, costs: ReferenceCosts): ReferenceState {
    const graph = new BorrowGraph();
    const locals = context.locals.map((type, i) => {
      if (i >= context.parameters.length || type.kind !== 'reference') return VALUE;
      graph.add(i, type.mutable);
      return { reference: i };
    });
    graph.add(locals.length, true);
    return new ReferenceState(context, costs, locals, graph, locals.length + 1);
  }

  copy(): ReferenceState {
    const { context, costs, locals, graph, nextId } = this;
    return new ReferenceState(context, costs, [...locals], graph.copy(), nextId);
  }

  readonly graphSize = (): number => this.graph.size;

  /** Locals and resources are borrowed from here. */
  get frame(): number {
    return this.locals.length;
  }

  fail(status: VerificationStatus, pc: number): Error {
    return failAt(this.context, status, pc);
  }

  make(mutable: boolean): number {
    const id = this.nextId++;
    this.graph.add(id, mutable);
    return id;
  }

  /** A value of the type that nothing is known about. */
  valueOf(type: CodeType): Abstract {
    return type.kind === 'reference' ? { reference: this.make(type.mutable) } : VALUE;
  }

  isMutable(id: number): boolean {
    return this.graph.isMutable(id);
  }

  /** The child borrows exactly what is at the labels in the parent. */
  borrow(parent: number, child: number, ...path: readonly Label[]): void {
    this.costs.borrow();
    this.graph.addStrong(parent, path, child);
  }

  /** The child borrows something below the labels in the parent. */
  borrowWithin(parent: number, child: number, ...path: readonly Label[]): void {
    this.costs.borrow();
    this.graph.addWeak(parent, path, child);
  }

  release(id: number): void {
    this.costs.release(this.graph.release(id));
  }

  releaseValue({ reference }: Abstract): void {
    if (reference !== undefined) this.release(reference);
  }

  hasFullBorrows(id: number): boolean {
    return this.graph.hasFullBorrows(id);
  }

  isWritable(id: number): boolean {
    if (!this.isMutable(id)) throw invariantViolated('writes through an immutable reference');
    this.costs.query(this.graphSize);
    return !this.graph.hasBorrows(id);
  }

  isFreezable(id: number, at?: Label): boolean {
    if (!this.isMutable(id)) throw invariantViolated('freezes an immutable reference');
    this.costs.query(this.graphSize);
    return !this.graph.hasBorrows(id, at, true);
  }

  isReadable(id: number, at?: Label): boolean {
    return !this.isMutable(id) || this.isFreezable(id, at);
  }

  /** Of a local or a resource; all of them where no label is given. */
  isBorrowed(at?: Label): boolean {
    this.costs.query(this.graphSize);
    return this.graph.hasBorrows(this.frame, at);
  }

  isMutablyBorrowed(at: Label): boolean {
    this.costs.query(this.graphSize);
    return this.graph.hasBorrows(this.frame, at, true);
  }

  local(index: number): Abstract {
    return at(this.locals, index);
  }

  isLocalBorrowed(index: number): boolean {
    return this.isBorrowed(label.local(index));
  }

  isLocalMutablyBorrowed(index: number): boolean {
    return this.isMutablyBorrowed(label.local(index));
  }

  /** At the end of a block: numbers the references by their locals. */
  canonicalize(): void {
    const names = new Map<number, number>([[this.frame, this.frame]]);
    for (const [i, { reference }] of this.locals.entries()) {
      if (reference === undefined) continue;
      names.set(reference, i);
      this.locals[i] = { reference: i };
    }
    this.graph = this.graph.remap((id) => names.get(id) ?? id);
    this.nextId = this.locals.length + 1;
  }

  /** Undefined where the other adds nothing. */
  join(other: ReferenceState): ReferenceState | undefined {
    const mine = this.graph.copy();
    const theirs = other.graph.copy();
    const known = mine.size;
    const given = theirs.size;
    let released = 0;
    const locals = this.locals.map((local, i): Abstract => {
      const { reference } = at(other.locals, i);
      if (local.reference === reference) return local;
      // It has a reference on one side only, so that nobody can use it.
      if (local.reference !== undefined && reference === undefined)
        released += mine.release(local.reference);
      else if (local.reference === undefined && reference !== undefined)
        released += theirs.release(reference);
      else throw invariantViolated('states that are not canonical');
      return VALUE;
    });
    const graph = mine.join(theirs);
    const sizes = { locals: locals.length, known, other: given, joined: graph.size, released };
    this.costs.join(sizes);
    const isSame = locals.every(({ reference }, i) => reference === this.locals[i]?.reference);
    if (isSame && this.graph.covers(graph)) return undefined;
    return new ReferenceState(this.context, this.costs, locals, graph, this.nextId);
  }
}
