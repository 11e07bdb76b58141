/** Every instruction finds values of the types that it works on (type_safety.rs of both chains). */
import type { PrimitiveKind } from '../../format';
import { ABILITY } from '../../format';
import { at } from '../../loader/at';
import { isIntegerKind } from '../../values/integer';
import type { Instruction, Operation } from '../instruction';
import type { CodeType } from '../types';
import type { FunctionContext } from './context';
import { CALL_RULES } from './type-call';
import { DATATYPE_RULES } from './type-datatype';
import { TypeState } from './type-state';
import { VECTOR_RULES } from './type-vector';

export type TypeRule = (state: TypeState, instruction: Instruction) => void;

export function checkTypes(context: FunctionContext): void {
  const state = new TypeState(context);
  for (const { start, end } of context.flow.blocks)
    for (let pc = start; pc <= end; pc++) {
      const instruction = at(context.instructions, pc);
      state.pc = pc;
      RULES[instruction.operation](state, instruction);
    }
}

const isInteger = ({ kind }: CodeType): boolean => isIntegerKind(kind);
const isSigned = ({ kind }: CodeType): boolean => kind.startsWith('i') && isIntegerKind(kind);
const isUnsigned = (type: CodeType): boolean => isInteger(type) && !isSigned(type);

const push =
  (kind: PrimitiveKind): TypeRule =>
  (state) =>
    state.pushPrimitive(kind);

const cast =
  (kind: PrimitiveKind): TypeRule =>
  (state) => {
    state.require(isInteger(state.pop()), 'INTEGER_OP_TYPE_MISMATCH_ERROR');
    state.pushPrimitive(kind);
  };

const nothing: TypeRule = () => undefined;

/** Two numbers of one type give another of it. */
const arithmetic =
  (isOperand: (type: CodeType) => boolean): TypeRule =>
  (state) => {
    const right = state.pop();
    const left = state.pop();
    state.require(isOperand(right) && left === right, 'INTEGER_OP_TYPE_MISMATCH_ERROR');
    state.push(right);
  };

const shift: TypeRule = (state) => {
  const by = state.pop();
  const number = state.pop();
  state.require(isUnsigned(number) && by.kind === 'u8', 'INTEGER_OP_TYPE_MISMATCH_ERROR');
  state.push(number);
};

const compare: TypeRule = (state) => {
  const right = state.pop();
  const left = state.pop();
  state.require(isInteger(right) && left === right, 'INTEGER_OP_TYPE_MISMATCH_ERROR');
  state.pushPrimitive('bool');
};

const equality: TypeRule = (state) => {
  const right = state.pop();
  const left = state.pop();
  state.require(
    state.has(right, ABILITY.drop) && left === right,
    'EQUALITY_OP_TYPE_MISMATCH_ERROR',
  );
  state.pushPrimitive('bool');
};

const logic: TypeRule = (state) => {
  const right = state.pop();
  const left = state.pop();
  state.require(right.kind === 'bool' && left.kind === 'bool', 'BOOLEAN_OP_TYPE_MISMATCH_ERROR');
  state.pushPrimitive('bool');
};

const branch: TypeRule = (state) =>
  state.require(state.pop().kind === 'bool', 'BR_TYPE_MISMATCH_ERROR');

const borrowLocal =
  (mutable: boolean): TypeRule =>
  (state, { operand }) => {
    const type = state.copied(state.local(operand));
    state.require(type.kind !== 'reference', 'BORROWLOC_REFERENCE_ERROR');
    state.push(state.reference(type, mutable));
  };

const RULES: Readonly<Record<Operation, TypeRule>> = {
  ...CALL_RULES,
  ...DATATYPE_RULES,
  ...VECTOR_RULES,
  Branch: nothing,
  Nop: nothing,
  BrTrue: branch,
  BrFalse: branch,
  Pop: (state) => state.require(state.has(state.pop(), ABILITY.drop), 'POP_WITHOUT_DROP_ABILITY'),
  Abort: (state) => state.require(state.pop().kind === 'u64', 'ABORT_TYPE_MISMATCH_ERROR'),
  AbortMsg(state) {
    const message = state.pop();
    const code = state.pop();
    const isText = message.kind === 'vector' && message.element.kind === 'u8';
    state.require(code.kind === 'u64' && isText, 'ABORT_TYPE_MISMATCH_ERROR');
  },
  StLoc(state, { operand }) {
    const given = state.pop();
    state.require(state.isAssignable(state.local(operand), given), 'STLOC_TYPE_MISMATCH_ERROR');
  },
  CopyLoc(state, { operand }) {
    const type = state.copied(state.local(operand));
    state.require(state.has(type, ABILITY.copy), 'COPYLOC_WITHOUT_COPY_ABILITY');
    state.push(type);
  },
  MoveLoc: (state, { operand }) => state.push(state.copied(state.local(operand))),
  MutBorrowLoc: borrowLocal(true),
  ImmBorrowLoc: borrowLocal(false),
  FreezeRef(state) {
    const type = state.pop();
    if (type.kind === 'reference' && type.mutable) state.push(state.reference(type.to, false));
    else state.require(false, 'FREEZEREF_TYPE_MISMATCH_ERROR');
  },
  ReadRef(state) {
    const type = state.pop();
    if (type.kind !== 'reference') return state.require(false, 'READREF_TYPE_MISMATCH_ERROR');
    state.require(state.has(type.to, ABILITY.copy), 'READREF_WITHOUT_COPY_ABILITY');
    state.push(type.to);
  },
  WriteRef(state) {
    const to = state.pop();
    const value = state.pop();
    if (to.kind !== 'reference' || !to.mutable)
      return state.require(false, 'WRITEREF_NO_MUTABLE_REFERENCE_ERROR');
    state.require(state.has(to.to, ABILITY.drop), 'WRITEREF_WITHOUT_DROP_ABILITY');
    state.require(state.isAssignable(to.to, value), 'WRITEREF_TYPE_MISMATCH_ERROR');
  },
  LdConst(state, { operand }) {
    const { context } = state;
    const { type } = at(context.unit.constants, operand);
    state.push(state.copied(context.types.token(type)));
  },
  LdTrue: push('bool'),
  LdFalse: push('bool'),
  LdU8: push('u8'),
  LdU16: push('u16'),
  LdU32: push('u32'),
  LdU64: push('u64'),
  LdU128: push('u128'),
  LdU256: push('u256'),
  LdI8: push('i8'),
  LdI16: push('i16'),
  LdI32: push('i32'),
  LdI64: push('i64'),
  LdI128: push('i128'),
  LdI256: push('i256'),
  CastU8: cast('u8'),
  CastU16: cast('u16'),
  CastU32: cast('u32'),
  CastU64: cast('u64'),
  CastU128: cast('u128'),
  CastU256: cast('u256'),
  CastI8: cast('i8'),
  CastI16: cast('i16'),
  CastI32: cast('i32'),
  CastI64: cast('i64'),
  CastI128: cast('i128'),
  CastI256: cast('i256'),
  Add: arithmetic(isInteger),
  Sub: arithmetic(isInteger),
  Mul: arithmetic(isInteger),
  Mod: arithmetic(isInteger),
  Div: arithmetic(isInteger),
  BitOr: arithmetic(isUnsigned),
  BitAnd: arithmetic(isUnsigned),
  Xor: arithmetic(isUnsigned),
  Negate(state) {
    const type = state.pop();
    state.require(isSigned(type), 'INTEGER_OP_TYPE_MISMATCH_ERROR');
    state.push(type);
  },
  Shl: shift,
  Shr: shift,
  Or: logic,
  And: logic,
  Not(state) {
    state.require(state.pop().kind === 'bool', 'BOOLEAN_OP_TYPE_MISMATCH_ERROR');
    state.pushPrimitive('bool');
  },
  Eq: equality,
  Neq: equality,
  Lt: compare,
  Gt: compare,
  Le: compare,
  Ge: compare,
};
