/** What instructions do to references, and when they must not (reference_safety/mod.rs). */
import { at } from '../../loader/at';
import type { AbstractStack } from '../code/abstract-stack';
import type { FunctionContext } from '../code/context';
import { VerificationError } from '../errors';
import { type Instruction, needed } from '../instruction';
import type { CodeType } from '../types';
import { type Label, label } from './edges';
import { type Abstract, type ReferenceState, VALUE } from './state';

export type Acquires = (functionHandle: number) => readonly number[];

export interface ReferenceStep {
  readonly context: FunctionContext;
  readonly acquires: Acquires;
  readonly stack: AbstractStack<Abstract>;
  state: ReferenceState;
  instruction: Instruction;
  pc: number;
}

export type Rule = (step: ReferenceStep) => void;

export const nothing: Rule = () => undefined;

export const pushValue: Rule = ({ stack }) => stack.push(VALUE);

/** Takes values that are no references and pushes as many others. */
export const values =
  (pops: number, pushes: number): Rule =>
  ({ stack }) =>
    takeValues(stack, pops, pushes);

export function takeValues(stack: AbstractStack<Abstract>, pops: number, pushes: number): void {
  for (const { reference } of stack.popMany(pops))
    if (reference !== undefined) throw unexpected('a reference where a value is expected');
  for (let i = 0; i < pushes; i++) stack.push(VALUE);
}

function popReference({ stack }: ReferenceStep): number {
  const { reference } = stack.pop();
  if (reference === undefined) throw unexpected('a value where a reference is expected');
  return reference;
}

function unexpected(what: string): VerificationError {
  return new VerificationError('UNKNOWN_INVARIANT_VIOLATION_ERROR', what);
}

export const pop: Rule = ({ state, stack }) => state.releaseValue(stack.pop());

export const copyLocal: Rule = ({ state, stack, instruction, pc }) => {
  const { operand } = instruction;
  const { reference } = state.local(operand);
  if (reference === undefined) {
    if (state.isLocalMutablyBorrowed(operand)) throw state.fail('COPYLOC_EXISTS_BORROW_ERROR', pc);
    return stack.push(VALUE);
  }
  const copy = state.make(state.isMutable(reference));
  state.borrow(reference, copy);
  stack.push({ reference: copy });
};

export const moveLocal: Rule = ({ state, stack, instruction, pc }) => {
  const { operand } = instruction;
  const moved = state.local(operand);
  state.locals[operand] = VALUE;
  if (moved.reference === undefined && state.isLocalBorrowed(operand))
    throw state.fail('MOVELOC_EXISTS_BORROW_ERROR', pc);
  stack.push(moved);
};

export const storeLocal: Rule = ({ state, stack, instruction, pc }) => {
  const { operand } = instruction;
  const old = state.local(operand);
  state.locals[operand] = stack.pop();
  if (old.reference !== undefined) state.release(old.reference);
  else if (state.isLocalBorrowed(operand)) throw state.fail('STLOC_UNSAFE_TO_DESTROY_ERROR', pc);
};

export const borrowLocal =
  (mutable: boolean): Rule =>
  ({ state, stack, instruction, context, pc }) => {
    const { operand } = instruction;
    // The frame is borrowed as a whole only after too many borrows; Sui does not look.
    const refused = mutable
      ? context.config.flavour === 'aptos' && state.hasFullBorrows(state.frame)
      : state.isLocalMutablyBorrowed(operand);
    if (refused) throw state.fail('BORROWLOC_EXISTS_BORROW_ERROR', pc);
    const reference = state.make(mutable);
    state.borrow(state.frame, reference, label.local(operand));
    stack.push({ reference });
  };

export const freeze: Rule = (step) => {
  const { state, stack, pc } = step;
  const id = popReference(step);
  if (!state.isFreezable(id)) throw state.fail('FREEZEREF_EXISTS_MUTABLE_BORROW_ERROR', pc);
  const reference = state.make(false);
  state.borrow(id, reference);
  state.release(id);
  stack.push({ reference });
};

export const read: Rule = (step) => {
  const { state, stack, pc } = step;
  const id = popReference(step);
  if (!state.isReadable(id)) throw state.fail('READREF_EXISTS_MUTABLE_BORROW_ERROR', pc);
  state.release(id);
  stack.push(VALUE);
};

export const write: Rule = (step) => {
  const { state, stack, pc } = step;
  const id = popReference(step);
  takeValues(stack, 1, 0);
  if (!state.isWritable(id)) throw state.fail('WRITEREF_EXISTS_BORROW_ERROR', pc);
  state.release(id);
};

export const compare: Rule = ({ state, stack, pc }) => {
  const right = stack.pop().reference;
  const left = stack.pop().reference;
  if (right !== undefined && left !== undefined) {
    if (!state.isReadable(right) || !state.isReadable(left))
      throw state.fail('READREF_EXISTS_MUTABLE_BORROW_ERROR', pc);
    state.release(right);
    state.release(left);
  } else if (right !== left) throw unexpected('a reference compared with a value');
  stack.push(VALUE);
};

export const borrowField =
  (mutable: boolean): Rule =>
  (step) => {
    const { field, fieldHandle } = needed(step.instruction.field);
    const isAptos = step.context.config.flavour === 'aptos';
    borrowFieldAt(step, mutable, label.field(isAptos ? field : fieldHandle));
  };

function borrowFieldAt(step: ReferenceStep, mutable: boolean, at: Label): void {
  const { state, stack, context, pc } = step;
  const id = popReference(step);
  const refused = mutable ? state.hasFullBorrows(id) : !state.isReadable(id, at);
  if (refused)
    throw state.fail(
      context.config.flavour === 'aptos'
        ? 'BORROWFIELD_EXISTS_MUTABLE_BORROW_ERROR'
        : 'FIELD_EXISTS_MUTABLE_BORROW_ERROR',
      pc,
    );
  const reference = state.make(mutable);
  state.borrow(id, reference, at);
  state.release(id);
  stack.push({ reference });
}

/** Sui: references to all fields of a variant. */
export const unpackReference =
  (mutable: boolean): Rule =>
  (step) => {
    const { state, stack, instruction, pc } = step;
    const id = popReference(step);
    const { definition, variant, fields } = needed(instruction.datatype);
    if (mutable ? state.hasFullBorrows(id) : !state.isReadable(id))
      throw state.fail('FIELD_EXISTS_MUTABLE_BORROW_ERROR', pc);
    const borrowed = needed(fields).map((_, field) => {
      const reference = state.make(mutable);
      state.borrow(id, reference, label.variantField(definition, needed(variant), field));
      return { reference };
    });
    state.release(id);
    for (const reference of borrowed) stack.push(reference);
  };

export const borrowGlobal =
  (mutable: boolean): Rule =>
  ({ state, stack, instruction, pc }) => {
    takeValues(stack, 1, 0);
    const resource = label.global(needed(instruction.datatype).definition);
    if ((mutable && state.isBorrowed(resource)) || state.isMutablyBorrowed(resource))
      throw state.fail('GLOBAL_REFERENCE_ERROR', pc);
    const reference = state.make(mutable);
    state.borrowWithin(state.frame, reference, resource);
    stack.push({ reference });
  };

export const moveFrom: Rule = ({ state, stack, instruction, pc }) => {
  takeValues(stack, 1, 0);
  if (state.isBorrowed(label.global(needed(instruction.datatype).definition)))
    throw state.fail('GLOBAL_REFERENCE_ERROR', pc);
  stack.push(VALUE);
};

export const moveTo: Rule = ({ state, stack }) => {
  takeValues(stack, 1, 0);
  state.releaseValue(stack.pop());
};

export const call: Rule = (step) => {
  const { state, stack, instruction, context, pc } = step;
  const handle = needed(instruction.functionHandle);
  const { parameters, returns, attributes } = at(context.unit.functionHandles, handle);
  // Such a function borrows one field and no more, as its module's verification has seen.
  for (const attribute of attributes)
    if (attribute.kind === 'borrowFieldMutable')
      return borrowFieldAt(step, true, label.field(attribute.index));
  const given = stack.popMany(at(context.unit.signatures, parameters).length);
  const acquired = step.acquires(handle);
  state.costs.acquires(acquired.length);
  for (const resource of acquired)
    if (state.isBorrowed(label.global(resource))) throw state.fail('GLOBAL_REFERENCE_ERROR', pc);
  callWith(step, given, context.types.signature(returns));
};

export const callClosure: Rule = (step) => {
  const { stack, instruction, context } = step;
  const [type] = context.types.signature(instruction.operand);
  if (type?.kind !== 'function') throw unexpected('a call of what is no function');
  stack.pop();
  callWith(step, stack.popMany(type.parameters.length), type.results);
};

/** What comes out may borrow from any reference that went in. */
function callWith(
  { state, stack, pc }: ReferenceStep,
  given: readonly Abstract[],
  results: readonly CodeType[],
): void {
  const all = new Set<number>();
  const mutable = new Set<number>();
  for (const { reference } of given) {
    if (reference === undefined) continue;
    if (state.isMutable(reference)) {
      if (!state.isWritable(reference))
        throw state.fail('CALL_BORROWED_MUTABLE_REFERENCE_ERROR', pc);
      mutable.add(reference);
    }
    all.add(reference);
  }
  const ascending = (ids: ReadonlySet<number>): number[] => [...ids].sort((a, b) => a - b);
  let edges = 0;
  const made = results.map((type): Abstract => {
    if (type.kind !== 'reference') return VALUE;
    edges += all.size;
    const reference = state.make(type.mutable);
    for (const parent of ascending(type.mutable ? mutable : all))
      state.borrowWithin(parent, reference);
    return { reference };
  });
  state.costs.call(edges);
  for (const id of ascending(all)) state.release(id);
  for (const value of made) stack.push(value);
}

export const ret: Rule = ({ state, stack, context, pc }) => {
  const returned = stack.popMany(context.returns.length);
  const held = new Set<number>();
  for (const { reference } of state.locals) if (reference !== undefined) held.add(reference);
  for (const id of [...held].sort((a, b) => a - b)) state.release(id);
  if (state.isBorrowed()) throw state.fail('UNSAFE_RET_LOCAL_OR_RESOURCE_STILL_BORROWED', pc);
  for (const { reference } of returned)
    if (reference !== undefined && state.isMutable(reference) && !state.isWritable(reference))
      throw state.fail('RET_BORROWED_MUTABLE_REFERENCE_ERROR', pc);
};

/** An operation on the vector behind a reference. */
export function onVector(step: ReferenceStep, mutable: boolean): void {
  const { state, pc } = step;
  const id = popReference(step);
  if (mutable && !state.isWritable(id))
    throw state.fail('VEC_UPDATE_EXISTS_MUTABLE_BORROW_ERROR', pc);
  state.release(id);
}

export const borrowElement =
  (mutable: boolean): Rule =>
  (step) => {
    const { state, stack, context, pc } = step;
    takeValues(stack, 1, 0);
    const id = popReference(step);
    // Sui does not look at the vector for an immutable borrow.
    const refused = mutable
      ? !state.isWritable(id)
      : context.config.flavour === 'aptos' && !state.isReadable(id);
    if (refused) throw state.fail('VEC_BORROW_ELEMENT_EXISTS_MUTABLE_BORROW_ERROR', pc);
    const reference = state.make(mutable);
    state.borrowWithin(id, reference);
    state.release(id);
    stack.push({ reference });
  };

export const pack: Rule = ({ stack, instruction }) =>
  takeValues(stack, needed(instruction.datatype).fields?.length ?? 0, 1);
export const unpack: Rule = ({ stack, instruction }) =>
  takeValues(stack, 1, needed(instruction.datatype).fields?.length ?? 0);

export const two = values(2, 1);
export const takesOne = values(1, 0);
