import { type Codec, list, uleb } from './codec';
import type { Flavour } from './config';
import { FormatError } from './errors';
import {
  ABILITIES_MAX,
  SIGNATURE_SIZE_MAX,
  SIGNATURE_TOKEN_DEPTH_MAX,
  TABLE_INDEX_MAX,
  TYPE_PARAMETER_COUNT_MAX,
  TYPE_PARAMETER_INDEX_MAX,
} from './limits';
import type { Reader } from './reader';
import type { PrimitiveKind, Signature, SignatureToken } from './types';
import type { Writer } from './writer';

const REFERENCE = 0x6;
const MUTABLE_REFERENCE = 0x7;
const DATATYPE = 0x8;
const TYPE_PARAMETER = 0x9;
const VECTOR = 0xa;
const DATATYPE_INSTANTIATION = 0xb;
const FUNCTION = 0x10;

interface Primitive {
  readonly byte: number;
  readonly token: { readonly kind: PrimitiveKind };
  readonly since: number;
  /** Undefined for both. */
  readonly flavour: Flavour | undefined;
}

const PRIMITIVES: readonly Primitive[] = (
  [
    [0x1, 'bool', 5],
    [0x2, 'u8', 5],
    [0x3, 'u64', 5],
    [0x4, 'u128', 5],
    [0x5, 'address', 5],
    [0xc, 'signer', 5],
    [0xd, 'u16', 6],
    [0xe, 'u32', 6],
    [0xf, 'u256', 6],
    [0x11, 'i8', 9, 'aptos'],
    [0x12, 'i16', 9, 'aptos'],
    [0x13, 'i32', 9, 'aptos'],
    [0x14, 'i64', 9, 'aptos'],
    [0x15, 'i128', 9, 'aptos'],
    [0x16, 'i256', 9, 'aptos'],
  ] as const
).map(([byte, kind, since, flavour]) => ({ byte, token: { kind }, since, flavour }));

const BY_BYTE = new Map(PRIMITIVES.map((row) => [row.byte, row]));
const BY_KIND = new Map<string, Primitive>(PRIMITIVES.map((row) => [row.token.kind, row]));

/** `SerializedType` bytes and what follows them, at most 256 deep (deserializer.rs `load_signature_token`). */
export const SIGNATURE_TOKEN: Codec<SignatureToken> = {
  read: (reader) => readToken(reader, 1),
  write: (writer, token) => writeToken(writer, token, 1),
};

export const SIGNATURE: Codec<Signature> = list(SIGNATURE_SIZE_MAX, 'types', SIGNATURE_TOKEN);

export const ABILITY_SET: Codec<number> = uleb(ABILITIES_MAX, 'abilities');

function readToken(reader: Reader, depth: number): SignatureToken {
  if (depth > SIGNATURE_TOKEN_DEPTH_MAX)
    throw reader.fail('MALFORMED', `a type deeper than ${SIGNATURE_TOKEN_DEPTH_MAX}`);
  const at = reader.position;
  const byte = reader.u8('type');
  const { config, version } = reader.format;
  const primitive = BY_BYTE.get(byte);
  if (primitive !== undefined && isOf(primitive.flavour, config.flavour)) {
    if (version < primitive.since)
      throw reader.fail('MALFORMED', `${primitive.token.kind} in version ${version}`, at);
    return primitive.token;
  }
  switch (byte) {
    case VECTOR:
      return { kind: 'vector', element: readToken(reader, depth + 1) };
    case REFERENCE:
    case MUTABLE_REFERENCE:
      return {
        kind: 'reference',
        mutable: byte === MUTABLE_REFERENCE,
        to: readToken(reader, depth + 1),
      };
    case DATATYPE:
      return {
        kind: 'datatype',
        handle: reader.uleb(TABLE_INDEX_MAX, 'datatype handle'),
        typeArguments: [],
      };
    case DATATYPE_INSTANTIATION: {
      const handle = reader.uleb(TABLE_INDEX_MAX, 'datatype handle');
      const arity = reader.uleb(TYPE_PARAMETER_COUNT_MAX, 'number of type arguments');
      if (arity === 0) throw reader.fail('MALFORMED', 'an instantiation without arguments', at);
      return { kind: 'datatype', handle, typeArguments: readTokens(reader, arity, depth + 1) };
    }
    case TYPE_PARAMETER:
      return {
        kind: 'typeParameter',
        index: reader.uleb(TYPE_PARAMETER_INDEX_MAX, 'type parameter'),
      };
    default:
      if (byte !== FUNCTION || config.flavour !== 'aptos')
        throw reader.fail('UNKNOWN_SERIALIZED_TYPE', `type ${byte} of ${config.flavour}`, at);
      if (version < 8) throw reader.fail('MALFORMED', `function type in version ${version}`, at);
      return readFunction(reader, depth);
  }
}

function readFunction(reader: Reader, depth: number): SignatureToken {
  const abilities = ABILITY_SET.read(reader);
  const parameterCount = reader.uleb(TYPE_PARAMETER_COUNT_MAX, 'number of parameters');
  const resultCount = reader.uleb(TYPE_PARAMETER_COUNT_MAX, 'number of results');
  const parameters = readTokens(reader, parameterCount, depth + 1);
  const results = readTokens(reader, resultCount, depth + 1);
  return { kind: 'function', parameters, results, abilities };
}

function readTokens(reader: Reader, count: number, depth: number): SignatureToken[] {
  const tokens: SignatureToken[] = [];
  for (let i = 0; i < count; i++) tokens.push(readToken(reader, depth));
  return tokens;
}

function writeToken(writer: Writer, token: SignatureToken, depth: number): void {
  if (depth > SIGNATURE_TOKEN_DEPTH_MAX)
    throw new FormatError('MALFORMED', `a type deeper than ${SIGNATURE_TOKEN_DEPTH_MAX}`);
  const write = (inner: SignatureToken): void => writeToken(writer, inner, depth + 1);
  switch (token.kind) {
    case 'vector':
      writer.u8(VECTOR, 'type');
      write(token.element);
      break;
    case 'reference':
      writer.u8(token.mutable ? MUTABLE_REFERENCE : REFERENCE, 'type');
      write(token.to);
      break;
    case 'datatype': {
      const count = token.typeArguments.length;
      writer.u8(count === 0 ? DATATYPE : DATATYPE_INSTANTIATION, 'type');
      writer.uleb(token.handle, TABLE_INDEX_MAX, 'datatype handle');
      if (count > 0) writer.uleb(count, TYPE_PARAMETER_COUNT_MAX, 'number of type arguments');
      token.typeArguments.forEach(write);
      break;
    }
    case 'typeParameter':
      writer.u8(TYPE_PARAMETER, 'type');
      writer.uleb(token.index, TYPE_PARAMETER_INDEX_MAX, 'type parameter');
      break;
    case 'function':
      requireVersion(writer, 'aptos', 8, 'function type');
      writer.u8(FUNCTION, 'type');
      ABILITY_SET.write(writer, token.abilities);
      writer.uleb(token.parameters.length, TYPE_PARAMETER_COUNT_MAX, 'number of parameters');
      writer.uleb(token.results.length, TYPE_PARAMETER_COUNT_MAX, 'number of results');
      token.parameters.forEach(write);
      token.results.forEach(write);
      break;
    default: {
      const row = BY_KIND.get(token.kind);
      if (row === undefined) throw new FormatError('UNKNOWN_SERIALIZED_TYPE', token.kind);
      requireVersion(writer, row.flavour, row.since, token.kind);
      writer.u8(row.byte, 'type');
    }
  }
}

function requireVersion(
  writer: Writer,
  flavour: Flavour | undefined,
  version: number,
  what: string,
): void {
  const { format } = writer;
  if (format.version < version || !isOf(flavour, format.config.flavour))
    throw new FormatError('MALFORMED', `${what} in ${format.config.flavour} ${format.version}`);
}

function isOf(row: Flavour | undefined, flavour: Flavour): boolean {
  return row === undefined || row === flavour;
}
