import type { Codec } from './codec';
import type { Flavour } from './config';
import { ENUM_DEFINITION, FUNCTION_DEFINITION, STRUCT_DEFINITION } from './definitions';
import { FormatError } from './errors';
import {
  DATATYPE_HANDLE,
  FIELD_HANDLE,
  FUNCTION_HANDLE,
  INSTANTIATION,
  MODULE_HANDLE,
  VARIANT_FIELD_HANDLE,
  VARIANT_HANDLE,
} from './handles';
import { TABLE_COUNT_MAX, TABLE_OFFSET_MAX } from './limits';
import { ADDRESS, CONSTANT, IDENTIFIER, METADATA } from './pools';
import { Reader } from './reader';
import { SIGNATURE } from './signature';
import type { TableName, Tables } from './types';
import { Writer } from './writer';

type ElementCodecs = { readonly [K in TableName]: Codec<Tables[K][number]> };

const ELEMENTS: ElementCodecs = {
  moduleHandles: MODULE_HANDLE,
  datatypeHandles: DATATYPE_HANDLE,
  functionHandles: FUNCTION_HANDLE,
  functionInstantiations: INSTANTIATION,
  signatures: SIGNATURE,
  constants: CONSTANT,
  identifiers: IDENTIFIER,
  addresses: ADDRESS,
  metadata: METADATA,
  structDefinitions: STRUCT_DEFINITION,
  structInstantiations: INSTANTIATION,
  functionDefinitions: FUNCTION_DEFINITION,
  fieldHandles: FIELD_HANDLE,
  fieldInstantiations: INSTANTIATION,
  friends: MODULE_HANDLE,
  enumDefinitions: ENUM_DEFINITION,
  enumInstantiations: INSTANTIATION,
  variantHandles: VARIANT_HANDLE,
  variantInstantiations: INSTANTIATION,
  enumVariantInstantiations: VARIANT_HANDLE,
  variantFieldHandles: VARIANT_FIELD_HANDLE,
  variantFieldInstantiations: INSTANTIATION,
};

interface TableRow {
  readonly byte: number;
  readonly name: TableName;
  readonly inScript: boolean;
  readonly since: number;
}

const row = (byte: number, name: TableName, inScript = false, since = 5): TableRow => ({
  byte,
  name,
  inScript,
  since,
});

const SHARED = [
  row(0x1, 'moduleHandles', true),
  row(0x2, 'datatypeHandles', true),
  row(0x3, 'functionHandles', true),
  row(0x4, 'functionInstantiations', true),
  row(0x5, 'signatures', true),
  row(0x7, 'identifiers', true),
  row(0x8, 'addresses', true),
  row(0x6, 'constants', true),
  row(0x10, 'metadata', true),
  row(0xa, 'structDefinitions'),
  row(0xb, 'structInstantiations'),
  row(0xc, 'functionDefinitions'),
  row(0xd, 'fieldHandles'),
  row(0xe, 'fieldInstantiations'),
  row(0xf, 'friends'),
];

/** In the order in which the chain's serializer writes them; the last four bytes differ by chain. */
const ROWS: Readonly<Record<Flavour, readonly TableRow[]>> = {
  aptos: [
    ...SHARED,
    row(0x11, 'variantFieldHandles', false, 7),
    row(0x12, 'variantFieldInstantiations', false, 7),
    row(0x13, 'variantHandles', false, 7),
    row(0x14, 'variantInstantiations', false, 7),
  ],
  sui: [
    ...SHARED,
    row(0x11, 'enumDefinitions', false, 7),
    row(0x12, 'enumInstantiations', false, 7),
    row(0x13, 'variantHandles', false, 7),
    row(0x14, 'enumVariantInstantiations', false, 7),
  ],
};

const NAMES = Object.keys(ELEMENTS) as readonly TableName[];

interface Header {
  readonly row: TableRow;
  readonly offset: number;
  readonly size: number;
}

type MutableTables = { -readonly [K in TableName]: Tables[K][number][] };

/** Tables, none of which has an element. */
export function emptyTables(): MutableTables {
  return {
    moduleHandles: [],
    datatypeHandles: [],
    functionHandles: [],
    functionInstantiations: [],
    signatures: [],
    constants: [],
    identifiers: [],
    addresses: [],
    metadata: [],
    structDefinitions: [],
    structInstantiations: [],
    functionDefinitions: [],
    fieldHandles: [],
    fieldInstantiations: [],
    friends: [],
    enumDefinitions: [],
    enumInstantiations: [],
    variantHandles: [],
    variantInstantiations: [],
    enumVariantInstantiations: [],
    variantFieldHandles: [],
    variantFieldInstantiations: [],
  };
}

export interface ReadTables {
  readonly tables: Tables;
  readonly headers: readonly TableName[];
  readonly contents: readonly TableName[];
}

/**
 * Reads the headers at the reader's position and the contents behind them, and leaves the reader
 * after those. Tables may be named in any order, but cover the contents without a gap.
 */
export function readTables(reader: Reader, bytes: Uint8Array, inScript: boolean): ReadTables {
  const headers = readHeaders(reader, inScript);
  const sorted = [...headers].sort((a, b) => a.offset - b.offset);
  const start = reader.position;
  let size = 0;
  for (const header of sorted) {
    const what = `table ${header.row.name}`;
    if (header.offset !== size) throw reader.fail('BAD_HEADER_TABLE', `${what} leaves a gap`);
    if (header.size === 0) throw reader.fail('BAD_HEADER_TABLE', `${what} is empty`);
    size += header.size;
    if (size > bytes.length) throw reader.fail('BAD_HEADER_TABLE', `${what} is cut off`);
  }
  reader.take(size, 'contents of the tables');
  const tables = emptyTables();
  for (const header of sorted) {
    const begin = start + header.offset;
    readTable(tables, header, new Reader(bytes, reader.format, begin, begin + header.size));
  }
  return {
    tables,
    headers: headers.map(({ row }) => row.name),
    contents: sorted.map(({ row }) => row.name),
  };
}

function readHeaders(reader: Reader, inScript: boolean): Header[] {
  const { config, version } = reader.format;
  const count = reader.uleb(TABLE_COUNT_MAX, 'number of tables');
  const headers: Header[] = [];
  const seen = new Set<number>();
  for (let i = 0; i < count; i++) {
    const at = reader.position;
    const byte = reader.u8('kind of table');
    const offset = reader.uleb(TABLE_OFFSET_MAX, 'offset of a table');
    const size = reader.uleb(TABLE_OFFSET_MAX, 'size of a table');
    const found = ROWS[config.flavour].find((candidate) => candidate.byte === byte);
    if (found === undefined) throw reader.fail('UNKNOWN_TABLE_TYPE', `table ${byte}`, at);
    if (seen.has(byte)) throw reader.fail('DUPLICATE_TABLE', `table ${found.name} twice`, at);
    if (version < found.since)
      throw reader.fail('MALFORMED', `table ${found.name} in version ${version}`, at);
    if (inScript && !found.inScript)
      throw reader.fail('MALFORMED', `table ${found.name} in a script`, at);
    // Sui's deserializer ties this to the check of trailing bytes.
    if (found.name === 'metadata' && config.flavour === 'sui' && config.checkNoExtraneousBytes)
      throw reader.fail('MALFORMED', 'metadata in a Sui module', at);
    seen.add(byte);
    headers.push({ row: found, offset, size });
  }
  return headers;
}

function readTable(tables: MutableTables, { row: { name } }: Header, reader: Reader): void {
  const limit = reader.format.config.tableLimits[name] ?? Number.POSITIVE_INFINITY;
  const load = <T>(into: T[], element: Codec<T>): void => {
    while (reader.position < reader.end) {
      if (into.length >= limit) throw reader.fail('MALFORMED', `${name} has over ${limit} entries`);
      into.push(element.read(reader));
    }
  };
  loadInto(tables, name, load);
}

// Correlates a table with its codec, which a lookup by a union of names cannot.
function loadInto<K extends TableName>(
  tables: { readonly [N in K]: Tables[N][number][] },
  name: K,
  load: <T>(into: T[], element: Codec<T>) => void,
): void {
  const codec: Codec<Tables[K][number]> = ELEMENTS[name];
  load<Tables[K][number]>(tables[name], codec);
}

/** Writes headers and contents in the layout given, or as the chain's serializer does. */
export function writeTables(
  writer: Writer,
  tables: Tables,
  layout: Pick<ReadTables, 'headers' | 'contents'> | undefined,
): void {
  const rows = ROWS[writer.format.config.flavour];
  const filled = NAMES.filter((name) => tables[name].length > 0);
  const canonical = rows.map(({ name }) => name).filter((name) => filled.includes(name));
  const { headers, contents } = layout ?? { headers: canonical, contents: canonical };
  const names = [...filled].sort().join();
  if ([headers, contents].some((order) => [...order].sort().join() !== names))
    throw new FormatError('BAD_HEADER_TABLE', 'the layout names other tables than there are');
  const placed = new Map<TableName, { offset: number; size: number }>();
  const body = new Writer(writer.format);
  for (const name of contents) {
    const offset = body.length;
    writeElements(body, tables, name);
    placed.set(name, { offset, size: body.length - offset });
  }
  writer.uleb(headers.length, TABLE_COUNT_MAX, 'number of tables');
  for (const name of headers) {
    const { byte, since } = rows.find((candidate) => candidate.name === name) ?? row(-1, name);
    const place = placed.get(name);
    if (place === undefined || writer.format.version < since)
      throw new FormatError('BAD_HEADER_TABLE', `table ${name} has no place`);
    writer.u8(byte, `table ${name}`);
    writer.uleb(place.offset, TABLE_OFFSET_MAX, 'offset of a table');
    writer.uleb(place.size, TABLE_OFFSET_MAX, 'size of a table');
  }
  writer.bytes(body.finish());
}

function writeElements<K extends TableName>(writer: Writer, tables: Tables, name: K): void {
  const codec: Codec<Tables[K][number]> = ELEMENTS[name];
  for (const element of tables[name]) codec.write(writer, element);
}
