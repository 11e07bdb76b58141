import { ABILITY } from '../../format';
import { at } from '../../loader/at';
import type { VerificationStatus } from '../errors';
import { type Instruction, needed } from '../instruction';
import type { CodeType } from '../types';
import type { TypeState } from './type-state';

type Rule = (state: TypeState, instruction: Instruction) => void;

const pack: Rule = (state, instruction) => {
  const typeArguments = state.typeArguments(instruction);
  const target = needed(instruction.datatype);
  const fields = state.fieldTypes(target, typeArguments);
  for (let i = fields.length - 1; i >= 0; i--)
    state.require(state.isAssignable(at(fields, i), state.pop()), 'PACK_TYPE_MISMATCH_ERROR');
  state.push(state.datatype(target, typeArguments));
};

const unpack: Rule = (state, instruction) => {
  const typeArguments = state.typeArguments(instruction);
  const target = needed(instruction.datatype);
  const wanted = state.datatype(target, typeArguments);
  state.require(state.pop() === wanted, 'UNPACK_TYPE_MISMATCH_ERROR');
  for (const type of state.fieldTypes(target, typeArguments)) state.push(type);
};

/** Sui: references to the fields of a variant. */
const unpackReference =
  (mutable: boolean): Rule =>
  (state, instruction) => {
    const typeArguments = state.typeArguments(instruction);
    const target = needed(instruction.datatype);
    const mismatch = 'UNPACK_TYPE_MISMATCH_ERROR';
    const given = state.pop();
    const to = given.kind === 'reference' && given.mutable === mutable ? given.to : undefined;
    state.require(to !== undefined, mismatch);
    state.require(to === state.datatype(target, typeArguments), mismatch);
    for (const type of state.fieldTypes(target, typeArguments))
      state.push(state.reference(type, mutable));
  };

const testVariant: Rule = (state, instruction) => {
  const typeArguments = state.typeArguments(instruction);
  const wanted = state.datatype(needed(instruction.datatype), typeArguments);
  const given = state.pop();
  state.require(
    given.kind === 'reference' && given.to === wanted,
    'TEST_VARIANT_TYPE_MISMATCH_ERROR',
  );
  state.pushPrimitive('bool');
};

const borrowField =
  (mutable: boolean): Rule =>
  (state, instruction) => {
    const typeArguments = state.typeArguments(instruction);
    const mismatch = 'BORROWFIELD_TYPE_MISMATCH_ERROR';
    const given = state.pop();
    const isMutable = given.kind === 'reference' && given.mutable;
    state.require(!mutable || isMutable, mismatch);
    const wanted = state.datatype(needed(instruction.datatype), typeArguments);
    state.require(given.kind === 'reference' && given.to === wanted, mismatch);
    const { definitions } = needed(instruction.field);
    state.require(definitions.length > 0, 'ZERO_VARIANTS_ERROR');
    let type: CodeType | undefined;
    // In all variants that are named the field is of the same type.
    for (const definition of definitions) {
      if (definition === undefined) return state.require(false, 'BORROWFIELD_BAD_FIELD_ERROR');
      const found = state.instantiate(state.context.types.token(definition.type), typeArguments);
      state.require(type === undefined || type === found, mismatch);
      type = found;
    }
    if (type !== undefined) state.push(state.reference(type, mutable));
  };

function requireKey(state: TypeState, type: CodeType, status: VerificationStatus): void {
  state.require(state.has(type, ABILITY.key), status);
}

const borrowGlobal =
  (mutable: boolean): Rule =>
  (state, instruction) => {
    const typeArguments = state.typeArguments(instruction);
    state.require(state.pop().kind === 'address', 'BORROWGLOBAL_TYPE_MISMATCH_ERROR');
    const type = state.datatype(needed(instruction.datatype), typeArguments);
    requireKey(state, type, 'BORROWGLOBAL_WITHOUT_KEY_ABILITY');
    state.push(state.reference(type, mutable));
  };

const exists: Rule = (state, instruction) => {
  const typeArguments = state.typeArguments(instruction);
  const status = 'EXISTS_WITHOUT_KEY_ABILITY_OR_BAD_ARGUMENT';
  requireKey(state, state.datatype(needed(instruction.datatype), typeArguments), status);
  state.require(state.pop().kind === 'address', status);
  state.pushPrimitive('bool');
};

const moveFrom: Rule = (state, instruction) => {
  const typeArguments = state.typeArguments(instruction);
  const type = state.datatype(needed(instruction.datatype), typeArguments);
  requireKey(state, type, 'MOVEFROM_WITHOUT_KEY_ABILITY');
  state.require(state.pop().kind === 'address', 'MOVEFROM_TYPE_MISMATCH_ERROR');
  state.push(type);
};

const moveTo: Rule = (state, instruction) => {
  const typeArguments = state.typeArguments(instruction);
  const type = state.datatype(needed(instruction.datatype), typeArguments);
  requireKey(state, type, 'MOVETO_WITHOUT_KEY_ABILITY');
  const resource = state.pop();
  const signer = state.pop();
  const isSigner = signer.kind === 'reference' && !signer.mutable && signer.to.kind === 'signer';
  state.require(resource === type && isSigner, 'MOVETO_TYPE_MISMATCH_ERROR');
};

/** Sui: goes by the variant behind an immutable reference; every variant has a branch. */
const variantSwitch: Rule = (state, { operand }) => {
  const { unit, code } = state.context;
  const given = state.pop();
  const to = given.kind === 'reference' && !given.mutable ? given.to : undefined;
  if (to === undefined) return state.require(false, 'ENUM_SWITCH_BAD_OPERAND');
  const { enumDefinition, offsets } = at(code.jumpTables, operand);
  const { handle, variants } = at(unit.enumDefinitions, enumDefinition);
  state.require(to.kind === 'datatype' && to.handle === handle, 'ENUM_TYPE_MISMATCH');
  state.require(offsets.length === variants.length, 'INVALID_ENUM_SWITCH');
};

export const DATATYPE_RULES = {
  Pack: pack,
  PackVariant: pack,
  Unpack: unpack,
  UnpackVariant: unpack,
  UnpackVariantImmRef: unpackReference(false),
  UnpackVariantMutRef: unpackReference(true),
  TestVariant: testVariant,
  MutBorrowField: borrowField(true),
  ImmBorrowField: borrowField(false),
  MutBorrowVariantField: borrowField(true),
  ImmBorrowVariantField: borrowField(false),
  MutBorrowGlobal: borrowGlobal(true),
  ImmBorrowGlobal: borrowGlobal(false),
  Exists: exists,
  MoveFrom: moveFrom,
  MoveTo: moveTo,
  VariantSwitch: variantSwitch,
};
