/**
 * Functions through which other modules make, take apart and borrow from a module's structs and enums
 * (Aptos, version 10): their names, attributes and code agree, so that others can trust the attributes.
 */
import type {
  CompiledModule,
  FieldDefinition,
  FunctionAttribute,
  SignatureToken,
  StructDefinition,
} from '../../format';
import { ABILITY } from '../../format';
import { at } from '../../loader/at';
import { has } from '../abilities';
import { VerificationError } from '../errors';
import type { CodeReader, Instruction, Operation } from '../instruction';
import { tokenKey } from '../tokens';
import { apiName, type ParsedName } from './struct-api-name';

const SINCE = 10;

/** What the compiler writes for an attribute. */
interface Wrapper {
  readonly parameters: readonly SignatureToken[];
  /** Undefined where the type checker knows it. */
  readonly returns: readonly SignatureToken[] | undefined;
  readonly operation: Operation;
  readonly variant?: number;
  readonly field?: number;
  /** Of the enum, those that have the field. */
  readonly variants?: readonly number[];
}

/** Checks one function; each is checked before its body is. */
export type StructApiCheck = (definition: number) => void;

/** @throws VerificationError INVALID_STRUCT_API_CODE for a handle with two such attributes */
export function structApiCheck(module: CompiledModule, reader: CodeReader): StructApiCheck {
  if (module.flavour !== 'aptos' || module.version < SINCE) return () => undefined;
  for (const { attributes } of module.functionHandles) attributeOf(attributes);
  const structs = new Map(
    module.structDefinitions.map(({ handle }, i) => [
      at(module.identifiers, at(module.datatypeHandles, handle).name),
      i,
    ]),
  );
  return (definition) => checkFunction(module, reader, structs, definition);
}

function attributeOf(attributes: readonly FunctionAttribute[]): FunctionAttribute | undefined {
  const found = attributes.filter(({ kind }) => kind !== 'persistent' && kind !== 'moduleLock');
  if (found.length > 1) throw bad('function has multiple struct API attributes');
  return found[0];
}

function checkFunction(
  module: CompiledModule,
  reader: CodeReader,
  structs: ReadonlyMap<string, number>,
  definition: number,
): void {
  const { handle: index, code } = at(module.functionDefinitions, definition);
  const handle = at(module.functionHandles, index);
  const attribute = attributeOf(handle.attributes);
  const name = apiName(at(module.identifiers, handle.name), structs, attribute);
  if (attribute === undefined && name === undefined) return;
  if (attribute === undefined || name === undefined)
    throw bad('struct API name and attribute do not belong together');
  const struct = at(module.structDefinitions, name.definition);
  const datatype = at(module.datatypeHandles, struct.handle);
  const arity = datatype.typeParameters.length;
  if (has(datatype.abilities, ABILITY.key)) throw bad('struct with key ability');
  if (handle.typeParameters.length !== arity) throw bad('another number of type parameters');
  if (code === undefined) throw bad('native struct API function');
  const wrapper = wrapperFor(module, struct, arity, attribute, name);
  const given = (signature: number): string => keys(at(module.signatures, signature));
  const isTyped =
    given(handle.parameters) === keys(wrapper.parameters) &&
    (wrapper.returns === undefined || given(handle.returns) === keys(wrapper.returns));
  if (!isTyped) throw bad('signature does not fit the struct');
  checkCode(module, reader.instructions(code), wrapper, name.definition, arity);
}

function wrapperFor(
  module: CompiledModule,
  { handle, fields }: StructDefinition,
  arity: number,
  attribute: FunctionAttribute,
  name: ParsedName,
): Wrapper {
  const typeArguments = canonical(arity);
  const self: SignatureToken = { kind: 'datatype', handle, typeArguments };
  if (fields.kind === 'native') throw bad('native struct');
  const variants = fields.kind === 'variants' ? fields.variants : undefined;
  const types = (list: readonly FieldDefinition[]): SignatureToken[] =>
    list.map(({ type }) => type);
  const own = (): SignatureToken[] => {
    if (fields.kind !== 'declared') throw bad('an enum where a struct is expected');
    return types(fields.fields);
  };
  const variantFields = (index: number): SignatureToken[] => {
    const variant = variants?.[index];
    if (variant === undefined || at(module.identifiers, variant.name) !== name.variant)
      throw bad('variant of the name is not that of the attribute');
    return types(variant.fields);
  };
  switch (attribute.kind) {
    case 'pack':
      return { parameters: own(), returns: [self], operation: 'Pack' };
    case 'unpack':
      return { parameters: [self], returns: own(), operation: 'Unpack' };
    case 'packVariant': {
      const { index: variant } = attribute;
      const parameters = variantFields(variant);
      return { parameters, returns: [self], operation: 'PackVariant', variant };
    }
    case 'unpackVariant': {
      const { index: variant } = attribute;
      const returns = variantFields(variant);
      return { parameters: [self], returns, operation: 'UnpackVariant', variant };
    }
    case 'testVariant': {
      const { index: variant } = attribute;
      variantFields(variant);
      const parameters = [reference(self, false)];
      return { parameters, returns: undefined, operation: 'TestVariant', variant };
    }
    case 'borrowFieldImmutable':
    case 'borrowFieldMutable': {
      const { index: field } = attribute;
      if (field !== name.offset) throw bad('field of the name is not that of the attribute');
      const mutable = attribute.kind === 'borrowFieldMutable';
      const { type, among } =
        variants === undefined
          ? { type: name.typeOrder === undefined ? own()[field] : undefined, among: undefined }
          : fieldAmong(variants, field, name.typeOrder);
      if (type === undefined) throw bad('no such field');
      const verb = mutable ? 'Mut' : 'Imm';
      return {
        parameters: [reference(self, mutable)],
        returns: [reference(type, mutable)],
        operation: among === undefined ? `${verb}BorrowField` : `${verb}BorrowVariantField`,
        field,
        ...(among === undefined ? {} : { variants: among }),
      };
    }
    default:
      throw bad('no struct API attribute');
  }
}

/** Fields at the same place in several variants are told apart by the order in which types first occur. */
function fieldAmong(
  variants: readonly { readonly fields: readonly FieldDefinition[] }[],
  field: number,
  typeOrder: number | undefined,
): { readonly type: SignatureToken | undefined; readonly among: readonly number[] } {
  const found = new Map<string, { offset: number; type: SignatureToken; among: number[] }>();
  for (const [index, { fields }] of variants.entries())
    for (const [offset, { type }] of fields.entries()) {
      const key = `${offset} ${tokenKey(type)}`;
      const entry = found.get(key) ?? { offset, type, among: [] };
      entry.among.push(index);
      found.set(key, entry);
    }
  const entry = typeOrder === undefined ? undefined : [...found.values()][typeOrder];
  if (entry === undefined || entry.offset !== field) return { type: undefined, among: [] };
  return entry;
}

/** Moves its arguments in order, does the one thing, and returns. */
function checkCode(
  module: CompiledModule,
  code: readonly Instruction[],
  wrapper: Wrapper,
  definition: number,
  arity: number,
): void {
  const count = wrapper.parameters.length;
  const moves = code.slice(0, count);
  const [step, end] = code.slice(count);
  const isShaped =
    code.length === count + 2 &&
    moves.every(({ operation, operand }, i) => operation === 'MoveLoc' && operand === i) &&
    step?.operation === wrapper.operation &&
    end?.operation === 'Ret';
  if (!isShaped || step === undefined) throw bad('code is not that of a struct API function');
  const { datatype, field, typeArguments } = step;
  const given = typeArguments === undefined ? [] : at(module.signatures, typeArguments);
  const isSame =
    datatype?.definition === definition &&
    datatype.variant === wrapper.variant &&
    field?.field === wrapper.field &&
    keys(given) === keys(canonical(arity)) &&
    (wrapper.variants === undefined ||
      wrapper.variants.join() === variantsOf(module, step)?.join());
  if (!isSame) throw bad('code works on something else');
}

function variantsOf(module: CompiledModule, { field }: Instruction): readonly number[] | undefined {
  return field === undefined ? undefined : module.variantFieldHandles[field.fieldHandle]?.variants;
}

function canonical(arity: number): SignatureToken[] {
  return Array.from({ length: arity }, (_, index) => ({ kind: 'typeParameter', index }));
}

function reference(to: SignatureToken, mutable: boolean): SignatureToken {
  return { kind: 'reference', mutable, to };
}

function keys(types: readonly SignatureToken[]): string {
  return types.map(tokenKey).join(',');
}

function bad(what: string): VerificationError {
  return new VerificationError('INVALID_STRUCT_API_CODE', what);
}
