import { CODE } from './code';
import { type Codec, choice, list, record } from './codec';
import { FormatError } from './errors';
import { index } from './handles';
import { ACQUIRES_COUNT_MAX, FIELD_COUNT_MAX, TABLE_INDEX_MAX, VARIANT_COUNT_MAX } from './limits';
import { SIGNATURE_TOKEN } from './signature';
import type {
  EnumDefinition,
  FieldDefinition,
  FunctionDefinition,
  StructDefinition,
  StructFields,
  VariantDefinition,
} from './types';

const FIELDS = list(
  FIELD_COUNT_MAX,
  'fields',
  record<FieldDefinition>({ name: index('name of a field'), type: SIGNATURE_TOKEN }),
);

const VARIANTS = list(
  VARIANT_COUNT_MAX,
  'variants',
  record<VariantDefinition>({ name: index('name of a variant'), fields: FIELDS }),
);

const STRUCT_KIND = choice(
  'kind of struct',
  [
    [1, 'native'],
    [2, 'declared'],
    [3, 'variants'],
  ],
  'UNKNOWN_NATIVE_STRUCT_FLAG',
);

const STRUCT_FIELDS: Codec<StructFields> = {
  read(reader) {
    const at = reader.position;
    const kind = STRUCT_KIND.read(reader);
    if (kind === 'native') return { kind };
    if (kind === 'declared') return { kind, fields: FIELDS.read(reader) };
    const { config, version } = reader.format;
    if (config.flavour !== 'aptos')
      throw reader.fail('UNKNOWN_NATIVE_STRUCT_FLAG', 'kind of struct is unknown', at);
    if (version < 7) throw reader.fail('MALFORMED', `enum in version ${version}`, at);
    return { kind, variants: VARIANTS.read(reader) };
  },
  write(writer, value) {
    const { config, version } = writer.format;
    if (value.kind === 'variants' && (config.flavour !== 'aptos' || version < 7))
      throw new FormatError('MALFORMED', `enum in ${config.flavour} ${version}`);
    STRUCT_KIND.write(writer, value.kind);
    if (value.kind === 'declared') FIELDS.write(writer, value.fields);
    else if (value.kind === 'variants') VARIANTS.write(writer, value.variants);
  },
};

export const STRUCT_DEFINITION = record<StructDefinition>({
  handle: index('handle of a struct'),
  fields: STRUCT_FIELDS,
});

const ENUM_FLAG = choice('kind of enum', [[2, true]], 'UNKNOWN_ENUM_FLAG');

export const ENUM_DEFINITION: Codec<EnumDefinition> = {
  read(reader) {
    const handle = reader.uleb(TABLE_INDEX_MAX, 'handle of an enum');
    ENUM_FLAG.read(reader);
    return { handle, variants: VARIANTS.read(reader) };
  },
  write(writer, value) {
    writer.uleb(value.handle, TABLE_INDEX_MAX, 'handle of an enum');
    ENUM_FLAG.write(writer, true);
    VARIANTS.write(writer, value.variants);
  },
};

const VISIBILITY = choice('visibility', [
  [0, 'private'],
  [1, 'public'],
  [3, 'friend'],
]);

const ACQUIRES = list(ACQUIRES_COUNT_MAX, 'acquired resources', index('acquired resource'));

const NATIVE = 0b010;
const ENTRY = 0b100;

/** As since version 5: visibility, flags, acquired resources, code unless native. */
export const FUNCTION_DEFINITION: Codec<FunctionDefinition> = {
  read(reader) {
    const handle = reader.uleb(TABLE_INDEX_MAX, 'handle of a function');
    const visibility = VISIBILITY.read(reader);
    const at = reader.position;
    const flags = reader.u8('flags of a function');
    const acquires = ACQUIRES.read(reader);
    const code = (flags & NATIVE) === 0 ? CODE.read(reader) : undefined;
    if ((flags & ~(NATIVE | ENTRY)) !== 0)
      throw reader.fail('INVALID_FLAG_BITS', `flags ${flags} of a function`, at);
    return { handle, visibility, isEntry: (flags & ENTRY) !== 0, acquires, code };
  },
  write(writer, value) {
    writer.uleb(value.handle, TABLE_INDEX_MAX, 'handle of a function');
    VISIBILITY.write(writer, value.visibility);
    writer.u8((value.code === undefined ? NATIVE : 0) | (value.isEntry ? ENTRY : 0), 'flags');
    ACQUIRES.write(writer, value.acquires);
    if (value.code !== undefined) CODE.write(writer, value.code);
  },
};
