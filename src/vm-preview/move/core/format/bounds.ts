/** Every index points at something: check_bounds.rs of both chains, run after decoding. */
import { checkCode } from './bounds-code';
import { Bounds, outOfBounds } from './bounds-index';
import { FormatError } from './errors';
import type {
  AccessSpecifier,
  CompiledModule,
  CompiledScript,
  FieldDefinition,
  FunctionHandle,
  StructDefinition,
  VariantDefinition,
} from './types';

/** @throws FormatError for an index, an arity or a count that the unit's tables do not bear out */
export function checkBounds(unit: CompiledModule | CompiledScript): void {
  if (unit.kind === 'module' && unit.moduleHandles.length === 0)
    throw new FormatError('NO_MODULE_HANDLES', 'no module handles');
  const bounds = new Bounds(unit);
  for (const signature of unit.signatures)
    for (const token of signature) bounds.type(token, 'type in a signature');
  for (const { type } of unit.constants) bounds.type(type, 'type of a constant');
  for (const handle of [...unit.moduleHandles, ...unit.friends]) {
    bounds.at('addresses', handle.address, 'address of a module handle');
    bounds.at('identifiers', handle.name, 'name of a module handle');
  }
  if (unit.kind === 'module')
    bounds.at('moduleHandles', unit.selfModule, 'handle of the module itself');
  for (const handle of unit.datatypeHandles) {
    bounds.at('moduleHandles', handle.module, 'module of a datatype handle');
    bounds.at('identifiers', handle.name, 'name of a datatype handle');
  }
  for (const handle of unit.functionHandles) checkFunctionHandle(bounds, handle);
  checkFields(bounds);
  checkInstantiations(bounds);
  for (const definition of unit.structDefinitions) checkStruct(bounds, definition);
  for (const { handle, variants } of unit.enumDefinitions) {
    const { typeParameters } = bounds.at('datatypeHandles', handle, 'handle of an enum');
    checkVariants(bounds, variants, typeParameters.length);
  }
  checkVariantHandles(bounds);
  checkFunctions(bounds);
}

function checkFunctionHandle(bounds: Bounds, handle: FunctionHandle): void {
  bounds.at('moduleHandles', handle.module, 'module of a function handle');
  bounds.at('identifiers', handle.name, 'name of a function handle');
  const arity = handle.typeParameters.length;
  for (const signature of [handle.parameters, handle.returns]) {
    bounds.at('signatures', signature, 'signature of a function handle');
    bounds.coversSignature(signature, arity, 'type parameter of a function handle');
  }
  checkAccess(bounds, handle.accessSpecifiers);
}

// The chain leaves these to its loader; a run must not meet an index that points nowhere.
function checkAccess(bounds: Bounds, specifiers: readonly AccessSpecifier[] = []): void {
  const what = 'index of an access specifier';
  for (const { resource, address } of specifiers) {
    if (resource.kind === 'declaredAtAddress') bounds.at('addresses', resource.address, what);
    else if (resource.kind === 'declaredInModule')
      bounds.at('moduleHandles', resource.module, what);
    else if (resource.kind !== 'any') bounds.at('datatypeHandles', resource.handle, what);
    if (resource.kind === 'resourceInstantiation')
      bounds.at('signatures', resource.typeArguments, what);
    if (address.kind === 'literal') bounds.at('addresses', address.address, what);
    else if (address.kind === 'parameter' && address.functionInstantiation !== undefined)
      bounds.at('functionInstantiations', address.functionInstantiation, what);
  }
}

function checkFields(bounds: Bounds): void {
  for (const { owner, field } of bounds.unit.fieldHandles) {
    const { fields } = bounds.at('structDefinitions', owner, 'struct of a field handle');
    const count = fields.kind === 'declared' ? fields.fields.length : 0;
    if (field >= count) throw outOfBounds('field', field, count);
  }
}

const INSTANTIATED = [
  ['structInstantiations', 'structDefinitions'],
  ['functionInstantiations', 'functionHandles'],
  ['fieldInstantiations', 'fieldHandles'],
  ['enumInstantiations', 'enumDefinitions'],
  ['variantInstantiations', 'variantHandles'],
  ['variantFieldInstantiations', 'variantFieldHandles'],
] as const;

function checkInstantiations(bounds: Bounds): void {
  for (const [instantiations, generics] of INSTANTIATED)
    for (const { generic, typeArguments } of bounds.unit[instantiations]) {
      bounds.at(generics, generic, `what one of ${instantiations} instantiates`);
      bounds.at('signatures', typeArguments, `type arguments of one of ${instantiations}`);
    }
}

function checkStruct(bounds: Bounds, { handle, fields }: StructDefinition): void {
  const arity = bounds.at('datatypeHandles', handle, 'handle of a struct').typeParameters.length;
  if (fields.kind === 'declared') checkFieldTypes(bounds, fields.fields, arity);
  else if (fields.kind === 'variants') {
    checkVariants(bounds, fields.variants, arity);
    if (fields.variants.length === 0)
      throw new FormatError('ZERO_VARIANTS_ERROR', 'an enum without variants');
  }
}

function checkVariants(
  bounds: Bounds,
  variants: readonly VariantDefinition[],
  typeParameters: number,
): void {
  for (const { name, fields } of variants) {
    bounds.at('identifiers', name, 'name of a variant');
    checkFieldTypes(bounds, fields, typeParameters);
  }
}

function checkFieldTypes(
  bounds: Bounds,
  fields: readonly FieldDefinition[],
  typeParameters: number,
): void {
  for (const { name, type } of fields) {
    bounds.at('identifiers', name, 'name of a field');
    bounds.type(type, 'type of a field');
    bounds.coversType(type, typeParameters, 'type parameter of a field');
  }
}

/** The variants of an enum: a struct definition on Aptos, an enum definition on Sui. */
function variantsOf(bounds: Bounds, owner: number): readonly VariantDefinition[] {
  const what = 'enum of a variant';
  if (bounds.unit.flavour === 'sui') return bounds.at('enumDefinitions', owner, what).variants;
  const { fields } = bounds.at('structDefinitions', owner, what);
  return fields.kind === 'variants' ? fields.variants : [];
}

function checkVariantHandles(bounds: Bounds): void {
  const { unit } = bounds;
  const checkVariant = (owner: number, variant: number): void => {
    const count = variantsOf(bounds, owner).length;
    if (variant >= count) throw outOfBounds('variant', variant, count);
  };
  for (const { owner, variant } of unit.variantHandles) checkVariant(owner, variant);
  for (const { owner, variant } of unit.enumVariantInstantiations)
    checkVariant(bounds.at('enumInstantiations', owner, 'enum of a variant').generic, variant);
  for (const { owner, field, variants } of unit.variantFieldHandles) {
    const defined = variantsOf(bounds, owner);
    if (variants.length === 0)
      throw new FormatError('ZERO_VARIANTS_ERROR', 'a variant field without variants');
    for (const variant of variants) {
      const count = defined[variant]?.fields.length;
      if (count === undefined) throw outOfBounds('variant', variant, defined.length);
      if (field >= count) throw outOfBounds('field of a variant', field, count);
    }
  }
}

function checkFunctions(bounds: Bounds): void {
  const { unit } = bounds;
  for (const { handle, acquires, code } of unit.functionDefinitions) {
    const { typeParameters, parameters } = bounds.at(
      'functionHandles',
      handle,
      'handle of a function',
    );
    for (const acquired of acquires) bounds.at('structDefinitions', acquired, 'acquired resource');
    if (code !== undefined) checkCode(bounds, code, typeParameters.length, parameters);
  }
  if (unit.kind === 'script') {
    const arity = unit.typeParameters.length;
    bounds.at('signatures', unit.parameters, 'parameters of a script');
    bounds.coversSignature(unit.parameters, arity, 'type parameter of a script');
    checkAccess(bounds, unit.accessSpecifiers);
    checkCode(bounds, unit.code, arity, unit.parameters);
  }
}
