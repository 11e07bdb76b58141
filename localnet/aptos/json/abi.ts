/** What a module offers, as a node tells it. Source: aptos-core `api/types/src/bytecode.rs`. */
import { toHex } from '../../../src/chains/hex';
import { moduleMetadata } from '../../../src/vm-preview/move/aptos';
import {
  ABILITY,
  type AbilitySet,
  type CompiledModule,
  type FunctionDefinition,
  type SignatureToken,
  type StructDefinition,
} from '../../../src/vm-preview/move/core/format';
import { addressText } from '../../../src/vm-preview/move/core/types';
import type { Json } from '../../json';

export function moduleJson(bytes: Uint8Array, module: CompiledModule): Json {
  return { bytecode: `0x${toHex(bytes)}`, abi: abiJson(module) };
}

function abiJson(module: CompiledModule): Json {
  const self = module.moduleHandles[module.selfModule];
  const metadata = moduleMetadata(module);
  const nameOf = ({ handle }: { handle: number }, handles: readonly { name: number }[]) =>
    identifier(module, handles[handle]?.name);
  return {
    address: addressText(module.addresses[self?.address ?? -1] ?? new Uint8Array(32)),
    name: identifier(module, self?.name),
    friends: module.friends.map((friend) => moduleName(module, friend)),
    exposed_functions: module.functionDefinitions
      .filter(({ isEntry, visibility }) => isEntry || visibility !== 'private')
      .map((definition) => {
        const name = nameOf(definition, module.functionHandles);
        const attributes = metadata?.functions.get(name) ?? [];
        return functionJson(
          module,
          definition,
          name,
          attributes.some(({ kind }) => kind === 'view'),
        );
      }),
    structs: module.structDefinitions.map((definition) => {
      const name = nameOf(definition, module.datatypeHandles);
      const attributes = metadata?.structs.get(name) ?? [];
      return structJson(
        module,
        definition,
        name,
        attributes.some(({ kind }) => kind === 'event'),
      );
    }),
  };
}

function functionJson(
  module: CompiledModule,
  { handle, isEntry, visibility }: FunctionDefinition,
  name: string,
  isView: boolean,
): Json {
  const found = module.functionHandles[handle];
  const types = (signature: number | undefined) =>
    (module.signatures[signature ?? -1] ?? []).map((token) => typeText(module, token));
  return {
    name,
    visibility,
    is_entry: isEntry,
    is_view: isView,
    generic_type_params: (found?.typeParameters ?? []).map((constraints) => ({
      constraints: abilityNames(constraints),
    })),
    params: types(found?.parameters),
    return: types(found?.returns),
  };
}

function structJson(
  module: CompiledModule,
  { fields, handle }: StructDefinition,
  name: string,
  isEvent: boolean,
): Json {
  const found = module.datatypeHandles[handle];
  const isOption =
    name === 'Option' &&
    moduleName(module, module.moduleHandles[module.selfModule]) === '0x1::option';
  return {
    name,
    is_native: fields.kind === 'native',
    is_event: isEvent,
    is_enum: fields.kind === 'variants' && !isOption,
    abilities: abilityNames(found?.abilities ?? 0),
    generic_type_params: (found?.typeParameters ?? []).map(({ constraints }) => ({
      constraints: abilityNames(constraints),
    })),
    fields: isOption ? OPTION_FIELDS : fieldsJson(module, fields),
  };
}

/** Of `Option`, which is shown as it was before it became an enum. */
const OPTION_FIELDS: Json = [{ name: 'vec', type: 'vector<T0>' }];

function fieldsJson(module: CompiledModule, fields: StructDefinition['fields']): Json {
  if (fields.kind !== 'declared') return [];
  return fields.fields.map(({ name, type }) => ({
    name: identifier(module, name),
    type: typeText(module, type),
  }));
}

function identifier(module: CompiledModule, index: number | undefined): string {
  return module.identifiers[index ?? -1] ?? '';
}

function moduleName(
  module: CompiledModule,
  handle: { readonly address: number; readonly name: number } | undefined,
): string {
  const address = module.addresses[handle?.address ?? -1] ?? new Uint8Array(32);
  return `${addressText(address)}::${identifier(module, handle?.name)}`;
}

function abilityNames(set: AbilitySet): string[] {
  return Object.entries(ABILITY).flatMap(([name, bit]) => ((set & bit) === 0 ? [] : [name]));
}

function typeText(module: CompiledModule, token: SignatureToken): string {
  const all = (tokens: readonly SignatureToken[], separator: string) =>
    tokens.map((one) => typeText(module, one)).join(separator);
  switch (token.kind) {
    case 'vector':
      return `vector<${typeText(module, token.element)}>`;
    case 'reference':
      return `&${token.mutable ? 'mut ' : ''}${typeText(module, token.to)}`;
    case 'typeParameter':
      return `T${token.index}`;
    case 'function':
      return `|${all(token.parameters, ',')}|${all(token.results, ',')}`;
    case 'datatype': {
      const handle = module.datatypeHandles[token.handle];
      const owner = moduleName(module, module.moduleHandles[handle?.module ?? -1]);
      const args = token.typeArguments.length === 0 ? '' : `<${all(token.typeArguments, ', ')}>`;
      return `${owner}::${identifier(module, handle?.name)}${args}`;
    }
    default:
      return token.kind;
  }
}
