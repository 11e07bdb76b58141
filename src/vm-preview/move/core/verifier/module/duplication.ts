/** No table has the same entry twice, and what is declared here is defined here (check_duplication.rs). */
import type { CompiledModule, FieldDefinition, Instantiation, Tables } from '../../format';
import { at } from '../../loader/at';
import { type IndexKind, VerificationError, within } from '../errors';
import type { Unit } from '../instruction';
import { tokenKey } from '../tokens';

/** A table with what makes two of its entries the same. */
interface Rule {
  readonly kind: IndexKind;
  readonly keys: (unit: Unit) => Iterable<string | number>;
}

function rule<K extends keyof Tables>(
  kind: IndexKind,
  table: K,
  key: (entry: Tables[K][number]) => string | number,
): Rule {
  return {
    kind,
    *keys(unit) {
      const entries: Tables[K] = unit[table];
      for (const entry of entries) yield key(entry);
    },
  };
}

const pair = (a: number, b: number): number => a * 0x1_0000 + b;
const instantiation = ({ generic, typeArguments }: Instantiation): number =>
  pair(generic, typeArguments);

function bytes(data: Uint8Array): string {
  let text = '';
  for (const byte of data) text += String.fromCharCode(byte);
  return text;
}

const COMMON: readonly Rule[] = [
  rule('Identifier', 'identifiers', (name) => name),
  rule('AddressIdentifier', 'addresses', bytes),
  rule('ConstantPool', 'constants', ({ type, data }) => `${tokenKey(type)} ${bytes(data)}`),
  rule('Signature', 'signatures', (tokens) => tokens.map(tokenKey).join(',')),
  rule('ModuleHandle', 'moduleHandles', ({ address, name }) => pair(address, name)),
];

const HANDLES: readonly Rule[] = [
  rule('StructHandle', 'datatypeHandles', ({ module, name }) => pair(module, name)),
  rule('FunctionHandle', 'functionHandles', ({ module, name }) => pair(module, name)),
  rule('FunctionInstantiation', 'functionInstantiations', instantiation),
];

const FRIENDS = rule('ModuleHandle', 'friends', ({ address, name }) => pair(address, name));
const FIELDS: readonly Rule[] = [
  rule('FieldHandle', 'fieldHandles', ({ owner, field }) => pair(owner, field)),
  rule('FieldInstantiation', 'fieldInstantiations', instantiation),
];
const VARIANTS: readonly Rule[] = [
  rule(
    'VariantFieldHandle',
    'variantFieldHandles',
    ({ owner, field, variants }) => `${owner} ${field} ${variants.join(',')}`,
  ),
  rule('VariantFieldInstantiation', 'variantFieldInstantiations', instantiation),
  rule('StructVariantHandle', 'variantHandles', ({ owner, variant }) => pair(owner, variant)),
  rule('StructVariantInstantiation', 'variantInstantiations', instantiation),
];
const SUI_VARIANTS = rule('VariantHandle', 'variantHandles', ({ owner, variant }) =>
  pair(owner, variant),
);
const STRUCT_INSTANTIATIONS = rule('StructDefInstantiation', 'structInstantiations', instantiation);
const ENUM_INSTANTIATIONS = rule('EnumDefInstantiation', 'enumInstantiations', instantiation);

export function checkDuplication(unit: Unit): void {
  check(unit, COMMON);
  if (unit.kind === 'module') check(unit, [FRIENDS]);
  check(unit, HANDLES);
  if (unit.kind === 'script') return;
  check(unit, FIELDS);
  if (unit.flavour === 'aptos') check(unit, VARIANTS);
  else check(unit, [SUI_VARIANTS]);
  checkFunctions(unit);
  checkStructs(unit);
  if (unit.flavour === 'aptos') checkImplemented(unit);
  check(unit, [STRUCT_INSTANTIATIONS]);
  if (unit.flavour === 'aptos') return;
  checkEnums(unit);
  check(unit, [ENUM_INSTANTIATIONS]);
  checkImplemented(unit);
}

function check(unit: Unit, rules: readonly Rule[]): void {
  for (const { kind, keys } of rules) refuseDuplicates(kind, keys(unit));
}

function refuseDuplicates(kind: IndexKind, keys: Iterable<string | number>): void {
  const index = firstDuplicate(keys);
  if (index !== undefined) throw new VerificationError('DUPLICATE_ELEMENT').at(kind, index);
}

function firstDuplicate(keys: Iterable<string | number>): number | undefined {
  const seen = new Set<string | number>();
  let index = 0;
  for (const key of keys) {
    if (seen.has(key)) return index;
    seen.add(key);
    index++;
  }
  return undefined;
}

function checkFunctions(module: CompiledModule): void {
  const { functionDefinitions, functionHandles, selfModule } = module;
  const defined = functionDefinitions.map(({ handle }) => handle);
  refuseDuplicates('FunctionDefinition', defined);
  for (const [i, { acquires }] of functionDefinitions.entries())
    if (firstDuplicate(acquires) !== undefined)
      throw new VerificationError('DUPLICATE_ACQUIRES_ANNOTATION').at('FunctionDefinition', i);
  for (const [i, handle] of defined.entries())
    if (at(functionHandles, handle).module !== selfModule)
      throw new VerificationError('INVALID_MODULE_HANDLE').at('FunctionDefinition', i);
  const implemented = new Set(defined);
  for (const [i, handle] of functionHandles.entries())
    if (handle.module === selfModule && !implemented.has(i))
      throw new VerificationError('UNIMPLEMENTED_HANDLE').at('FunctionHandle', i);
}

function checkStructs(module: CompiledModule): void {
  const { structDefinitions, datatypeHandles, selfModule } = module;
  const defined = structDefinitions.map(({ handle }) => handle);
  refuseDuplicates('StructDefinition', defined);
  for (const [i, { fields }] of structDefinitions.entries()) {
    if (fields.kind === 'declared') {
      if (fields.fields.length === 0)
        throw new VerificationError('ZERO_SIZED_STRUCT').at('StructDefinition', i);
      refuseDuplicates('FieldDefinition', names(fields.fields));
    } else if (fields.kind === 'variants') {
      refuseDuplicates(
        'VariantDefinition',
        fields.variants.map(({ name }) => name),
      );
      for (const variant of fields.variants)
        refuseDuplicates('FieldDefinition', names(variant.fields));
    }
  }
  for (const [i, handle] of defined.entries())
    if (at(datatypeHandles, handle).module !== selfModule)
      throw new VerificationError('INVALID_MODULE_HANDLE').at('StructDefinition', i);
}

function checkEnums(module: CompiledModule): void {
  const { structDefinitions, enumDefinitions, datatypeHandles, selfModule } = module;
  refuseDuplicates(
    'EnumDefinition',
    [...structDefinitions, ...enumDefinitions].map(({ handle }) => handle),
  );
  for (const [i, { variants }] of enumDefinitions.entries())
    within('EnumDefinition', i, () => {
      if (variants.length === 0) throw new VerificationError('ZERO_SIZED_ENUM');
      refuseDuplicates(
        'VariantTag',
        variants.map(({ name }) => name),
      );
      for (const [tag, { fields }] of variants.entries())
        within('VariantTag', tag, () => refuseDuplicates('FieldDefinition', names(fields)));
    });
  for (const [i, { handle }] of enumDefinitions.entries())
    if (at(datatypeHandles, handle).module !== selfModule)
      throw new VerificationError('INVALID_MODULE_HANDLE').at('EnumDefinition', i);
}

/** Each datatype handle of the module itself has a definition. */
function checkImplemented(module: CompiledModule): void {
  const { structDefinitions, enumDefinitions, datatypeHandles, selfModule } = module;
  const implemented = new Set(
    [...structDefinitions, ...enumDefinitions].map(({ handle }) => handle),
  );
  for (const [i, { module: owner }] of datatypeHandles.entries())
    if (owner === selfModule && !implemented.has(i))
      throw new VerificationError('UNIMPLEMENTED_HANDLE').at('StructHandle', i);
}

const names = (fields: readonly FieldDefinition[]): number[] => fields.map(({ name }) => name);
