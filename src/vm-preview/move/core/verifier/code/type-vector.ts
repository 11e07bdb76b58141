import type { Instruction } from '../instruction';
import type { CodeType } from '../types';
import type { TypeState } from './type-state';

type Rule = (state: TypeState, instruction: Instruction) => void;

/** The vector behind a reference has exactly the declared element type. */
function requireVector(
  state: TypeState,
  reference: CodeType,
  element: CodeType,
  mutable: boolean,
): void {
  const isVector =
    reference.kind === 'reference' &&
    (reference.mutable || !mutable) &&
    reference.to.kind === 'vector' &&
    reference.to.element === element;
  state.require(isVector, 'TYPE_MISMATCH');
}

const borrow =
  (mutable: boolean): Rule =>
  (state, instruction) => {
    const index = state.pop();
    const vector = state.pop();
    const element = state.element(instruction);
    state.require(index.kind === 'u64', 'TYPE_MISMATCH');
    requireVector(state, vector, element, mutable);
    state.push(state.reference(element, mutable));
  };

const pack: Rule = (state, instruction) => {
  const { context } = state;
  const element = state.element(instruction);
  for (const given of state.stack.popMany(Number(instruction.immediate)).reverse())
    state.require(state.isAssignable(element, given), 'TYPE_MISMATCH');
  const type = context.types.vector(state.copied(element));
  // Aptos does not charge for this one.
  if (context.config.flavour === 'aptos') state.stack.push(type);
  else state.push(type);
};

const unpack: Rule = (state, instruction) => {
  const vector = state.pop();
  const element = state.element(instruction);
  state.require(vector.kind === 'vector' && vector.element === element, 'TYPE_MISMATCH');
  state.copied(element);
  for (let i = 0; i < Number(instruction.immediate); i++) state.push(element);
};

export const VECTOR_RULES = {
  VecPack: pack,
  VecUnpack: unpack,
  VecLen(state: TypeState, instruction: Instruction): void {
    requireVector(state, state.pop(), state.element(instruction), false);
    state.pushPrimitive('u64');
  },
  VecImmBorrow: borrow(false),
  VecMutBorrow: borrow(true),
  VecPushBack(state: TypeState, instruction: Instruction): void {
    const given = state.pop();
    const vector = state.pop();
    const element = state.element(instruction);
    state.require(state.isAssignable(element, given), 'TYPE_MISMATCH');
    requireVector(state, vector, element, true);
  },
  VecPopBack(state: TypeState, instruction: Instruction): void {
    const element = state.element(instruction);
    requireVector(state, state.pop(), element, true);
    state.push(element);
  },
  VecSwap(state: TypeState, instruction: Instruction): void {
    const right = state.pop();
    const left = state.pop();
    const vector = state.pop();
    state.require(left.kind === 'u64' && right.kind === 'u64', 'TYPE_MISMATCH');
    requireVector(state, vector, state.element(instruction), true);
  },
};
