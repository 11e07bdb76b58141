import { at } from '../../loader/at';
import { PRIVATE_FUNCTION_ABILITIES, PUBLIC_FUNCTION_ABILITIES } from '../abilities';
import { type Instruction, needed } from '../instruction';
import type { CodeType } from '../types';
import type { TypeState } from './type-state';

type Rule = (state: TypeState, instruction: Instruction) => void;

const call: Rule = (state, instruction) => {
  const { types, unit } = state.context;
  const typeArguments = state.typeArguments(instruction);
  const { parameters, returns } = at(unit.functionHandles, needed(instruction.functionHandle));
  const wanted = types.signature(parameters);
  for (let i = wanted.length - 1; i >= 0; i--) {
    const given = state.pop();
    const parameter =
      typeArguments.length === 0 ? at(wanted, i) : state.instantiate(at(wanted, i), typeArguments);
    state.require(state.isAssignable(parameter, given), 'CALL_TYPE_MISMATCH_ERROR');
  }
  for (const type of types.signature(returns)) state.push(state.instantiate(type, typeArguments));
};

const callClosure: Rule = (state, { operand }) => {
  const type = at(state.context.types.signature(operand), 0);
  if (type.kind !== 'function') return state.require(false, 'UNKNOWN_INVARIANT_VIOLATION_ERROR');
  const mismatch = 'CALL_TYPE_MISMATCH_ERROR';
  state.require(state.isAssignable(type, state.pop()), mismatch, 'closure type mismatch');
  for (let i = type.parameters.length - 1; i >= 0; i--)
    state.require(state.isAssignable(at(type.parameters, i), state.pop()), mismatch);
  for (const result of type.results) state.push(result);
};

const packClosure: Rule = (state, instruction) => {
  const { types, unit } = state.context;
  const typeArguments = state.typeArguments(instruction);
  const handle = at(unit.functionHandles, needed(instruction.functionHandle));
  const parameters = types.signature(handle.parameters);
  const isCaptured = (_: CodeType, i: number): boolean =>
    ((instruction.immediate >> BigInt(i)) & 1n) === 1n;
  const captured = parameters.filter(isCaptured);
  // What is not public may change with an upgrade, so it is stored only where it says it stays.
  let abilities = handle.attributes.some(({ kind }) => kind === 'persistent')
    ? PUBLIC_FUNCTION_ABILITIES
    : PRIVATE_FUNCTION_ABILITIES;
  const mismatch = 'PACK_TYPE_MISMATCH_ERROR';
  for (const type of captured.reverse()) {
    const given = state.pop();
    abilities &= state.context.abilities(given, state.context.typeParameters, 'function');
    state.require(
      state.isAssignable(types.instantiate(type, typeArguments), given),
      mismatch,
      'captured argument type mismatch',
    );
    state.require(type.kind !== 'reference', mismatch, 'captured argument must not be a reference');
  }
  const open = parameters.filter((type, i) => !isCaptured(type, i));
  const made = types.function(open, types.signature(handle.returns), abilities);
  state.push(types.instantiate(made, typeArguments));
};

const ret: Rule = (state) => {
  const { returns } = state.context;
  for (let i = returns.length - 1; i >= 0; i--)
    state.require(state.isAssignable(at(returns, i), state.pop()), 'RET_TYPE_MISMATCH_ERROR');
};

export const CALL_RULES = {
  Call: call,
  CallClosure: callClosure,
  PackClosure: packClosure,
  Ret: ret,
};
