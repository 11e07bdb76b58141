/** What Aptos adds to function handles: access specifiers (version 7) and attributes (version 8). */
import { type Codec, choice, list, option, record, uleb } from './codec';
import { FormatError } from './errors';
import {
  ACCESS_SPECIFIER_COUNT_MAX,
  ATTRIBUTE_COUNT_MAX,
  LOCAL_INDEX_MAX,
  TABLE_INDEX_MAX,
} from './limits';
import type {
  AccessSpecifier,
  AddressSpecifier,
  FunctionAttribute,
  ResourceSpecifier,
} from './types';

const ADDRESS = uleb(TABLE_INDEX_MAX, 'address of an access specifier');
const MODULE = uleb(TABLE_INDEX_MAX, 'module of an access specifier');
const HANDLE = uleb(TABLE_INDEX_MAX, 'resource of an access specifier');
const TYPE_ARGUMENTS = uleb(TABLE_INDEX_MAX, 'type arguments of an access specifier');
const LOCAL = uleb(LOCAL_INDEX_MAX, 'parameter of an access specifier');
const FUNCTION = option(
  'function of an access specifier',
  uleb(TABLE_INDEX_MAX, 'function of an access specifier'),
);

const RESOURCE_KIND = choice('resource specifier', [
  [1, 'any'],
  [2, 'declaredAtAddress'],
  [3, 'declaredInModule'],
  [4, 'resource'],
  [5, 'resourceInstantiation'],
]);

const RESOURCE: Codec<ResourceSpecifier> = {
  read(reader) {
    const kind = RESOURCE_KIND.read(reader);
    switch (kind) {
      case 'any':
        return { kind };
      case 'declaredAtAddress':
        return { kind, address: ADDRESS.read(reader) };
      case 'declaredInModule':
        return { kind, module: MODULE.read(reader) };
      case 'resource':
        return { kind, handle: HANDLE.read(reader) };
      case 'resourceInstantiation':
        return { kind, handle: HANDLE.read(reader), typeArguments: TYPE_ARGUMENTS.read(reader) };
    }
  },
  write(writer, value) {
    RESOURCE_KIND.write(writer, value.kind);
    if (value.kind === 'declaredAtAddress') ADDRESS.write(writer, value.address);
    else if (value.kind === 'declaredInModule') MODULE.write(writer, value.module);
    else if (value.kind !== 'any') HANDLE.write(writer, value.handle);
    if (value.kind === 'resourceInstantiation') TYPE_ARGUMENTS.write(writer, value.typeArguments);
  },
};

const ADDRESS_KIND = choice('address specifier', [
  [1, 'any'],
  [2, 'literal'],
  [3, 'parameter'],
]);

const ADDRESS_SPECIFIER: Codec<AddressSpecifier> = {
  read(reader) {
    const kind = ADDRESS_KIND.read(reader);
    switch (kind) {
      case 'any':
        return { kind };
      case 'literal':
        return { kind, address: ADDRESS.read(reader) };
      case 'parameter':
        return { kind, local: LOCAL.read(reader), functionInstantiation: FUNCTION.read(reader) };
    }
  },
  write(writer, value) {
    ADDRESS_KIND.write(writer, value.kind);
    if (value.kind === 'literal') ADDRESS.write(writer, value.address);
    else if (value.kind === 'parameter') {
      LOCAL.write(writer, value.local);
      FUNCTION.write(writer, value.functionInstantiation);
    }
  },
};

const ACCESS_KIND = choice('kind of access', [
  [1, 'reads'],
  [2, 'writes'],
]);

const NEGATED = choice('negation of an access specifier', [
  [1, false],
  [2, true],
]);

/** Undefined where a function does not say what it touches. */
export const ACCESS_SPECIFIERS: Codec<readonly AccessSpecifier[] | undefined> = option(
  'access specifiers',
  list(
    ACCESS_SPECIFIER_COUNT_MAX,
    'access specifiers',
    record<AccessSpecifier>({
      kind: ACCESS_KIND,
      negated: NEGATED,
      resource: RESOURCE,
      address: ADDRESS_SPECIFIER,
    }),
  ),
);

/** Those from the third on are of version 10. */
const PLAIN_ATTRIBUTES = [
  [1, 'persistent', 8],
  [2, 'moduleLock', 8],
  [3, 'pack', 10],
  [5, 'unpack', 10],
] as const;
const INDEXED_ATTRIBUTES = [
  [4, 'packVariant', 10],
  [6, 'unpackVariant', 10],
  [7, 'testVariant', 10],
  [8, 'borrowFieldImmutable', 10],
  [9, 'borrowFieldMutable', 10],
] as const;

const ATTRIBUTE: Codec<FunctionAttribute> = {
  read(reader) {
    const at = reader.position;
    const byte = reader.u8('function attribute');
    const plain = PLAIN_ATTRIBUTES.find(([code]) => code === byte);
    const indexed = INDEXED_ATTRIBUTES.find(([code]) => code === byte);
    const since = plain?.[2] ?? indexed?.[2];
    if (since === undefined || reader.format.version < since)
      throw reader.fail('MALFORMED', `function attribute ${byte}`, at);
    if (plain !== undefined) return { kind: plain[1] };
    if (indexed !== undefined)
      return { kind: indexed[1], index: reader.u16('index of a function attribute') };
    throw reader.fail('MALFORMED', `function attribute ${byte}`, at);
  },
  write(writer, value) {
    const row =
      'index' in value
        ? INDEXED_ATTRIBUTES.find(([, kind]) => kind === value.kind)
        : PLAIN_ATTRIBUTES.find(([, kind]) => kind === value.kind);
    if (row === undefined || writer.format.version < row[2])
      throw new FormatError('MALFORMED', `function attribute ${value.kind}`);
    writer.u8(row[0], 'function attribute');
    if ('index' in value) writer.u16(value.index, 'index of a function attribute');
  },
};

export const FUNCTION_ATTRIBUTES: Codec<readonly FunctionAttribute[]> = list(
  ATTRIBUTE_COUNT_MAX,
  'function attributes',
  ATTRIBUTE,
);
