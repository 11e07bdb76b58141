/** Counts and sizes of what a module declares (limits.rs of both chains). */
import type { FieldDefinition, SignatureToken } from '../../format';
import { at } from '../../loader/at';
import type { VerifierConfig } from '../config';
import { VerificationError } from '../errors';
import type { Unit } from '../instruction';
import { visit } from '../tokens';
import { checkConstantLengths } from './constants';

/** What a datatype and a type parameter count for, since they stand for types of any size. */
const WEIGHT = 4;

export function checkLimits(unit: Unit, config: VerifierConfig): void {
  if (config.flavour === 'sui') checkConstantLengths(unit, config);
  checkFunctionHandles(unit, config);
  for (const [i, { typeParameters }] of unit.datatypeHandles.entries())
    if (typeParameters.length > config.maxTypeParameters)
      throw new VerificationError('TOO_MANY_TYPE_PARAMETERS').at('StructHandle', i);
  for (const type of typesOf(unit)) checkType(type, config);
  if (config.flavour === 'sui') checkIdentifiers(unit, config);
  if (unit.kind === 'module') checkDefinitions(unit, config);
}

function checkFunctionHandles(unit: Unit, config: VerifierConfig): void {
  for (const [i, { typeParameters, parameters, returns }] of unit.functionHandles.entries()) {
    if (typeParameters.length > config.maxTypeParameters)
      throw new VerificationError('TOO_MANY_TYPE_PARAMETERS').at('FunctionHandle', i);
    if (
      at(unit.signatures, parameters).length > config.maxFunctionParameters ||
      at(unit.signatures, returns).length > config.maxFunctionReturnValues
    )
      throw new VerificationError('TOO_MANY_PARAMETERS').at('FunctionHandle', i);
  }
}

function* typesOf(unit: Unit): Iterable<SignatureToken> {
  for (const signature of unit.signatures) yield* signature;
  for (const { type } of unit.constants) yield type;
  for (const { fields } of unit.structDefinitions) {
    if (fields.kind === 'declared') yield* fieldTypes(fields.fields);
    else if (fields.kind === 'variants')
      for (const variant of fields.variants) yield* fieldTypes(variant.fields);
  }
  for (const { variants } of unit.enumDefinitions)
    for (const { fields } of variants) yield* fieldTypes(fields);
}

const fieldTypes = (fields: readonly FieldDefinition[]): SignatureToken[] =>
  fields.map(({ type }) => type);

function checkType(type: SignatureToken, config: VerifierConfig): void {
  let size = 0;
  visit(type, (token, depth) => {
    if (depth > config.maxTypeDepth) throw new VerificationError('TOO_MANY_TYPE_NODES');
    if (
      token.kind === 'function' &&
      (token.parameters.length > config.maxFunctionParameters ||
        token.results.length > config.maxFunctionReturnValues)
    )
      throw new VerificationError('TOO_MANY_PARAMETERS');
    size += token.kind === 'datatype' || token.kind === 'typeParameter' ? WEIGHT : 1;
  });
  if (size > config.maxTypeNodes) throw new VerificationError('TOO_MANY_TYPE_NODES');
}

function checkIdentifiers(unit: Unit, config: VerifierConfig): void {
  for (const [i, { length }] of unit.identifiers.entries())
    if (length > config.maxIdentifierLength)
      throw new VerificationError('IDENTIFIER_TOO_LONG').at('Identifier', i);
}

function checkDefinitions(unit: Unit, config: VerifierConfig): void {
  if (unit.functionDefinitions.length > config.maxFunctionDefinitions)
    throw new VerificationError('MAX_FUNCTION_DEFINITIONS_REACHED');
  const count = unit.structDefinitions.length + unit.enumDefinitions.length;
  if (count > config.maxDatatypeDefinitions)
    throw new VerificationError('MAX_STRUCT_DEFINITIONS_REACHED');
  for (const { fields } of unit.structDefinitions) {
    // Aptos bounds the fields of each variant, Sui those of all variants of an enum together.
    const counts =
      fields.kind === 'declared'
        ? [fields.fields.length]
        : fields.kind === 'variants'
          ? fields.variants.map((variant) => variant.fields.length)
          : [];
    if (counts.some((fieldCount) => fieldCount > config.maxFieldsInStruct)) throw tooManyFields();
  }
  for (const { fields } of unit.structDefinitions)
    if (fields.kind === 'variants' && fields.variants.length > config.maxVariants)
      throw new VerificationError('MAX_STRUCT_VARIANTS_REACHED');
  for (const { variants } of unit.enumDefinitions) {
    if (variants.length > config.maxVariants) throw new VerificationError('MAX_VARIANTS_REACHED');
    const fieldCount = variants.reduce((sum, { fields }) => sum + fields.length, 0);
    if (fieldCount > config.maxFieldsInStruct) throw tooManyFields();
  }
}

function tooManyFields(): VerificationError {
  return new VerificationError('MAX_FIELD_DEFINITIONS_REACHED');
}
