/** Move values as a node's JSON has them, both ways. Source: aptos-core `api/types/src/{move_types,convert}.rs`. */
import { fromHex, toHex } from '../../../src/chains/hex';
import type { Loader, Type } from '../../../src/vm-preview/move/core/loader';
import {
  Address,
  ByteVector,
  INTEGERS,
  ItemVector,
  integer,
  isIntegerKind,
  itemVector,
  Struct,
  type Value,
} from '../../../src/vm-preview/move/core/values';
import type { Json } from '../../json';

const STRING = '0x1::string::String';
const OPTION = '0x1::option::Option';
const OBJECT = '0x1::object::Object';
const SMALL: ReadonlySet<string> = new Set(['u8', 'u16', 'u32', 'i8', 'i16', 'i32']);
const UTF8 = new TextDecoder();

export function valueJson(loader: Loader, value: Value, type: Type): Json {
  if (SMALL.has(type.kind)) return Number(value);
  switch (type.kind) {
    case 'bool':
      return value === true;
    case 'address':
      return String(value);
    case 'reference':
      return valueJson(loader, value, type.to);
    case 'vector':
      if (value instanceof ByteVector) return `0x${toHex(value.bytes)}`;
      if (!(value instanceof ItemVector)) throw new TypeError(`${type.key} is no vector`);
      return value.items.map((item) => valueJson(loader, item, type.element));
    case 'datatype':
      if (!(value instanceof Struct)) throw new TypeError(`${type.key} is no struct`);
      return structJson(loader, value, type);
    default:
      return String(value);
  }
}

type Datatype = Extract<Type, { kind: 'datatype' }>;

function structJson(loader: Loader, value: Struct, { datatype, typeArguments }: Datatype): Json {
  const [first] = value.fields;
  if (datatype.key === STRING && first instanceof ByteVector) return UTF8.decode(first.bytes);
  const members = datatype.fields(value.variant).map(({ name, type }, i): [string, Json] => {
    const field = value.fields[i];
    if (field === undefined) throw new TypeError(`${datatype.key} has no ${name}`);
    return [name, valueJson(loader, field, loader.types.substitute(type, typeArguments))];
  });
  if (value.variant === undefined) return Object.fromEntries(members);
  if (datatype.key === OPTION) return { vec: members.map(([, json]) => json) };
  const { shape } = datatype;
  const name = shape.kind === 'enum' ? shape.variants[value.variant]?.name : undefined;
  return { __variant__: name ?? String(value.variant), ...Object.fromEntries(members) };
}

/** What is asked is not what the type takes. */
export class JsonValueError extends Error {
  override readonly name = 'JsonValueError';
}

/** @throws JsonValueError */
export function parseValue(loader: Loader, json: unknown, type: Type): Value {
  const wrong = () => new JsonValueError(`${JSON.stringify(json)?.slice(0, 80)} is no ${type.key}`);
  if (isIntegerKind(type.kind)) {
    if (typeof json !== 'number' && typeof json !== 'string') throw wrong();
    if (!/^-?\d{1,78}$/.test(String(json))) throw wrong();
    const value = BigInt(json);
    const { max, min } = INTEGERS[type.kind];
    if (value < min || value > max) throw wrong();
    return integer(value);
  }
  switch (type.kind) {
    case 'bool':
      if (typeof json !== 'boolean') throw wrong();
      return json;
    case 'address':
      return addressOf(json, wrong);
    case 'vector':
      return vectorOf(loader, json, type.element, wrong);
    case 'datatype':
      return datatypeOf(loader, json, type, wrong);
    default:
      throw wrong();
  }
}

function addressOf(json: unknown, wrong: () => Error): Address {
  if (typeof json !== 'string' || !/^(0x)?[0-9a-fA-F]{1,64}$/.test(json)) throw wrong();
  return Address.parse(json);
}

function vectorOf(loader: Loader, json: unknown, element: Type, wrong: () => Error): Value {
  if (element.kind === 'u8' && typeof json === 'string') {
    if (!/^(0x)?([0-9a-fA-F]{2})*$/.test(json)) throw wrong();
    return new ByteVector(fromHex(json));
  }
  if (!Array.isArray(json)) throw wrong();
  const kind = isIntegerKind(element.kind) ? element.kind : undefined;
  if (kind === 'u8') return new ByteVector(Uint8Array.from(json.map(Number)));
  return itemVector(
    json.map((item) => parseValue(loader, item, element)),
    kind,
  );
}

function datatypeOf(loader: Loader, json: unknown, type: Datatype, wrong: () => Error): Value {
  const { datatype, typeArguments } = type;
  if (datatype.key === STRING) {
    if (typeof json !== 'string') throw wrong();
    return new Struct([new ByteVector(new TextEncoder().encode(json))]);
  }
  if (datatype.key === OBJECT && typeof json === 'string')
    return new Struct([addressOf(json, wrong)]);
  if (typeof json !== 'object' || json === null) throw wrong();
  const given = new Map<string, unknown>(Object.entries(json));
  if (datatype.shape.kind === 'enum') {
    const vec = given.get('vec');
    const [element] = typeArguments;
    if (datatype.key !== OPTION || !Array.isArray(vec) || vec.length > 1 || element === undefined)
      throw wrong();
    return new Struct(
      vec.map((item) => parseValue(loader, item, element)),
      vec.length,
    );
  }
  const fields = datatype.fields(undefined).map(({ name, type: field }) => {
    if (!given.has(name)) throw wrong();
    return parseValue(loader, given.get(name), loader.types.substitute(field, typeArguments));
  });
  return new Struct(fields);
}
