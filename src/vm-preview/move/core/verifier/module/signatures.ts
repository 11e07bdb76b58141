/** Types are well formed and have the abilities that they need (Aptos' signature_v2.rs). */
import {
  ABILITY,
  type AbilitySet,
  type Code,
  type CompiledModule,
  type DatatypeHandle,
  type FieldDefinition,
  type SignatureToken,
} from '../../format';
import { at } from '../../loader/at';
import { ALL_ABILITIES, NO_ABILITIES, requires } from '../abilities';
import type { VerifierConfig } from '../config';
import { invariantViolated, VerificationError, within } from '../errors';
import {
  type CodeReader,
  type Instruction,
  needed,
  type Operation,
  type Unit,
} from '../instruction';
import { visit } from '../tokens';
import type { Constraints } from './constraints';
import { checkPhantom } from './phantom';
import { TypeChecker } from './type-checker';

/** Sizes of the chain's bit sets, in type parameters. */
const CAPACITIES = [16, 32, 256];

export function checkSignatures(unit: Unit, config: VerifierConfig, reader: CodeReader): void {
  const checker = new TypeChecker(unit, config, capacityFor(unit, config));
  for (let i = 0; i < unit.signatures.length; i++) checker.signature(i, true);
  for (let i = 0; i < unit.functionInstantiations.length; i++) checker.functionInstantiation(i);
  if (unit.kind === 'module') {
    checkInstantiations(unit, checker);
    checkFunctionHandles(unit, checker);
    checkFunctionDefinitions(unit, checker, reader);
    for (const [i, { handle, fields }] of unit.structDefinitions.entries()) {
      const all =
        fields.kind === 'declared'
          ? fields.fields
          : fields.kind === 'variants'
            ? fields.variants.flatMap((variant) => variant.fields)
            : [];
      within('StructDefinition', i, () =>
        checkFields(unit, checker, at(unit.datatypeHandles, handle), all),
      );
    }
  } else {
    checkFunctionHandles(unit, checker);
    const context = checker.context(unit.typeParameters);
    checker.signature(unit.parameters, true).checkIn(context);
    checkCode(unit, checker, unit.typeParameters, unit.code, reader);
  }
}

/** @throws VerificationError when there are more type parameters than the chain's verifier takes */
function capacityFor(unit: Unit, config: VerifierConfig): number {
  let count = 0;
  const countIn = (token: SignatureToken): void =>
    visit(token, (inner) => {
      if (inner.kind === 'typeParameter') count = Math.max(count, inner.index + 1);
    });
  for (const { typeParameters } of [...unit.functionHandles, ...unit.datatypeHandles])
    count = Math.max(count, typeParameters.length);
  for (const signature of unit.signatures) signature.forEach(countIn);
  for (const { fields } of unit.structDefinitions) {
    if (fields.kind === 'declared') for (const { type } of fields.fields) countIn(type);
    else if (fields.kind === 'variants')
      for (const variant of fields.variants) for (const { type } of variant.fields) countIn(type);
  }
  if (unit.kind === 'script' && config.countsScriptTypeParameters)
    count = Math.max(count, unit.typeParameters.length);
  const capacity = CAPACITIES.find((size) => count <= size);
  if (capacity === undefined)
    throw new VerificationError(
      'UNKNOWN_INVARIANT_VIOLATION_ERROR',
      'too many type parameters/arguments in the program',
    );
  return capacity;
}

function checkInstantiations(module: CompiledModule, checker: TypeChecker): void {
  for (let i = 0; i < module.structInstantiations.length; i++)
    checker.structInstantiation(i, NO_ABILITIES);
  for (let i = 0; i < module.fieldInstantiations.length; i++) checker.fieldInstantiation(i);
  for (let i = 0; i < module.variantInstantiations.length; i++) checker.variantInstantiation(i);
  for (let i = 0; i < module.variantFieldInstantiations.length; i++)
    checker.variantFieldInstantiation(i);
}

function checkFunctionHandles(unit: Unit, checker: TypeChecker): void {
  for (const [i, { typeParameters, parameters, returns }] of unit.functionHandles.entries())
    within('FunctionHandle', i, () => {
      const context = checker.context(typeParameters);
      checker.signature(parameters, true).checkIn(context);
      checker.signature(returns, true).checkIn(context);
    });
}

function checkFunctionDefinitions(
  module: CompiledModule,
  checker: TypeChecker,
  reader: CodeReader,
): void {
  for (const [i, { handle, code }] of module.functionDefinitions.entries()) {
    if (code === undefined) continue;
    const { typeParameters } = at(module.functionHandles, handle);
    within('FunctionDefinition', i, () => checkCode(module, checker, typeParameters, code, reader));
  }
}

function checkFields(
  unit: Unit,
  checker: TypeChecker,
  handle: DatatypeHandle,
  fields: readonly FieldDefinition[],
): void {
  const context = checker.context(handle.typeParameters.map(({ constraints }) => constraints));
  const anything = checker.context(handle.typeParameters.map(() => ALL_ABILITIES));
  const needs = requires(handle.abilities);
  for (const { type } of fields) {
    checker.typeIn(context, type, NO_ABILITIES);
    try {
      checker.typeIn(anything, type, needs);
    } catch (error) {
      if (!(error instanceof VerificationError) || isPanic(error)) throw error;
      throw new VerificationError('FIELD_MISSING_TYPE_ABILITY');
    }
    checkPhantom(unit, type, handle.typeParameters, false);
  }
}

const isPanic = ({ status }: VerificationError): boolean =>
  status === 'VERIFIER_INVARIANT_VIOLATION';

/** What an instruction's type arguments must be able to do. */
type Rule = (checker: TypeChecker, instruction: Instruction) => Constraints | undefined;

const ofFunction: Rule = (checker, { operand }) => checker.functionInstantiation(operand);
const ofStruct: Rule = (checker, { operand }) => checker.structInstantiation(operand, NO_ABILITIES);
const ofResource: Rule = (checker, { operand }) =>
  checker.structInstantiation(operand, ABILITY.key);
const ofVariant: Rule = (checker, { operand }) => checker.variantInstantiation(operand);
const ofField: Rule = (checker, { operand }) => checker.fieldInstantiation(operand);
const ofVariantField: Rule = (checker, { operand }) => checker.variantFieldInstantiation(operand);

/** By the operation of a generic instruction. */
const GENERIC: Partial<Record<Operation, Rule>> = {
  Call: ofFunction,
  PackClosure: ofFunction,
  Pack: ofStruct,
  Unpack: ofStruct,
  Exists: ofResource,
  MoveFrom: ofResource,
  MoveTo: ofResource,
  ImmBorrowGlobal: ofResource,
  MutBorrowGlobal: ofResource,
  PackVariant: ofVariant,
  UnpackVariant: ofVariant,
  TestVariant: ofVariant,
  ImmBorrowField: ofField,
  MutBorrowField: ofField,
  ImmBorrowVariantField: ofVariantField,
  MutBorrowVariantField: ofVariantField,
};

const VECTOR_OPERATIONS: ReadonlySet<Operation> = new Set<Operation>([
  'VecPack',
  'VecLen',
  'VecImmBorrow',
  'VecMutBorrow',
  'VecPushBack',
  'VecPopBack',
  'VecUnpack',
  'VecSwap',
]);

function checkCode(
  unit: Unit,
  checker: TypeChecker,
  typeParameters: readonly AbilitySet[],
  code: Code,
  reader: CodeReader,
): void {
  const context = checker.context(typeParameters);
  within('Signature', code.locals, () => checker.signature(code.locals, true).checkIn(context));
  // The same operand needs the same again.
  const seen = new Set<string>();
  for (const instruction of reader.instructions(code)) {
    const { operation, generic, operand } = instruction;
    if (operation === 'CallClosure') {
      requireFunctionType(unit, operand);
      continue;
    }
    const onVector = VECTOR_OPERATIONS.has(operation);
    if (!generic && !onVector) continue;
    const key = `${operation} ${operand}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const constraints = onVector
      ? checkElementType(unit, checker, needed(instruction.typeArguments))
      : GENERIC[operation]?.(checker, instruction);
    if (constraints === undefined) throw invariantViolated(`${operation} with type arguments`);
    constraints.checkIn(context);
  }
}

function requireFunctionType(unit: Unit, signature: number): void {
  const types = at(unit.signatures, signature);
  if (types.length !== 1 || types[0]?.kind !== 'function')
    throw new VerificationError(
      'CLOSURE_CALL_REQUIRES_FUNCTION',
      'expected a function type for closure call',
    );
}

function checkElementType(unit: Unit, checker: TypeChecker, signature: number): Constraints {
  const types = at(unit.signatures, signature);
  if (types.length !== 1)
    throw new VerificationError(
      'NUMBER_OF_TYPE_ARGUMENTS_MISMATCH',
      `expected 1 type token for vector operations, got ${types.length}`,
    );
  if (types[0]?.kind === 'reference')
    throw new VerificationError('INVALID_SIGNATURE_TOKEN', 'reference not allowed');
  return checker.signature(signature, false);
}
