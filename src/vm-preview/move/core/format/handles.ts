import { ACCESS_SPECIFIERS, FUNCTION_ATTRIBUTES } from './access';
import { type Codec, list, record, since, uleb } from './codec';
import {
  FIELD_OFFSET_MAX,
  TABLE_INDEX_MAX,
  TYPE_PARAMETER_COUNT_MAX,
  VARIANT_COUNT_MAX,
  VARIANT_OFFSET_MAX,
} from './limits';
import { ABILITY_SET } from './signature';
import type {
  DatatypeHandle,
  DatatypeTypeParameter,
  FieldHandle,
  FunctionHandle,
  Instantiation,
  ModuleHandle,
  VariantFieldHandle,
  VariantHandle,
} from './types';

export const index = (what: string): Codec<number> => uleb(TABLE_INDEX_MAX, what);

export const MODULE_HANDLE = record<ModuleHandle>({
  address: index('address of a module handle'),
  name: index('name of a module handle'),
});

const PHANTOM: Codec<boolean> = {
  read: (reader) => reader.uleb(1, 'phantom flag') === 1,
  write: (writer, value) => writer.uleb(value ? 1 : 0, 1, 'phantom flag'),
};

const TYPE_PARAMETERS = list(
  TYPE_PARAMETER_COUNT_MAX,
  'type parameters',
  record<DatatypeTypeParameter>({ constraints: ABILITY_SET, isPhantom: PHANTOM }),
);

export const ABILITY_SETS = list(TYPE_PARAMETER_COUNT_MAX, 'type parameters', ABILITY_SET);

export const DATATYPE_HANDLE = record<DatatypeHandle>({
  module: index('module of a datatype handle'),
  name: index('name of a datatype handle'),
  abilities: ABILITY_SET,
  typeParameters: TYPE_PARAMETERS,
});

export const FUNCTION_HANDLE = record<FunctionHandle>({
  module: index('module of a function handle'),
  name: index('name of a function handle'),
  parameters: index('parameters of a function handle'),
  returns: index('results of a function handle'),
  typeParameters: ABILITY_SETS,
  accessSpecifiers: since('aptos', 7, ACCESS_SPECIFIERS, undefined),
  attributes: since('aptos', 8, FUNCTION_ATTRIBUTES, []),
});

export const INSTANTIATION = record<Instantiation>({
  generic: index('what is instantiated'),
  typeArguments: index('type arguments'),
});

export const FIELD_HANDLE = record<FieldHandle>({
  owner: index('struct of a field handle'),
  field: uleb(FIELD_OFFSET_MAX, 'field'),
});

export const VARIANT_FIELD_HANDLE = record<VariantFieldHandle>({
  owner: index('struct of a variant field handle'),
  field: uleb(FIELD_OFFSET_MAX, 'field'),
  variants: list(VARIANT_COUNT_MAX, 'variants', uleb(VARIANT_OFFSET_MAX, 'variant')),
});

export const VARIANT_HANDLE = record<VariantHandle>({
  owner: index('owner of a variant'),
  variant: uleb(VARIANT_OFFSET_MAX, 'variant'),
});
