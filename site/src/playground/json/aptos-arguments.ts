/** Arguments of Aptos calls from JSON, by the types that the function has for them. */
import { parseAddress } from '../../../../src/chains/aptos/address';
import { BcsWriter } from '../../../../src/vm-preview/move/core/bcs';
import {
  parseTypeTag,
  type TypeTag,
  typeTagText,
} from '../../../../src/vm-preview/move/core/types';
import { Address } from '../../../../src/vm-preview/move/core/values';
import {
  bigOf,
  bytesIn,
  field,
  fromHex,
  has,
  isArray,
  type Json,
  listOf,
  textOf,
  unreadable,
  unresolved,
} from './read';

const MAX_NESTING = 8;

/**
 * BCS of an argument.
 *
 * @param type - as the node writes it: `vector<0x1::object::Object<T0>>`
 * @throws MalformedError where the value does not fit, or the type is none that JSON can tell
 */
export function argumentBytes(
  value: Json,
  type: string,
  typeArguments: readonly TypeTag[],
): Uint8Array {
  const given = type.replace(/\bT(\d+)\b/g, (_, index: string) => {
    const tag = typeArguments[Number(index)];
    if (tag === undefined) throw unreadable(`type argument ${Number(index) + 1} is missing`);
    return typeTagText(tag);
  });
  // The SDK keeps bytes that somebody else encoded under two values.
  const encoded = bytesIn(field(field(value, 'value'), 'value'));
  if (encoded !== undefined) return encoded;
  const writer = new BcsWriter();
  write(writer, value, parseTypeTag(given), 0);
  return writer.finish();
}

/** What the SDK's classes keep their value under. */
function plain(json: Json): Json {
  const inner = has(json, 'value') ? field(json, 'value') : field(json, 'values');
  return inner ?? json;
}

const WIDTHS: Readonly<Record<string, number>> = {
  u8: 1,
  u16: 2,
  u32: 4,
  u64: 8,
  u128: 16,
  u256: 32,
};

function write(writer: BcsWriter, json: Json, type: TypeTag, depth: number): void {
  if (depth > MAX_NESTING) throw unreadable('an argument is nested too deep');
  const value = plain(json);
  const width = WIDTHS[type.kind];
  if (width !== undefined) {
    writeNumber(writer, bigOf(value, `an argument of type ${type.kind}`), width);
    return;
  }
  switch (type.kind) {
    case 'bool':
      if (typeof value !== 'boolean') throw unreadable('an argument of type bool is neither');
      writer.bool(value);
      return;
    case 'address':
      writer.bytes(addressOf(value));
      return;
    case 'vector':
      writeVector(writer, value, type.element, depth);
      return;
    case 'struct':
      writeStruct(writer, value, type, depth);
      return;
    default:
      throw unresolved(`arguments of type ${typeTagText(type)} cannot be read from JSON`);
  }
}

function writeNumber(writer: BcsWriter, value: bigint, width: number): void {
  if (value >= 1n << BigInt(8 * width)) throw unreadable('a number is too large for its type');
  const bytes = new Uint8Array(width);
  for (let i = 0; i < width; i += 1) bytes[i] = Number((value >> BigInt(8 * i)) & 0xffn);
  writer.bytes(bytes);
}

function addressOf(value: Json): Uint8Array {
  const bytes = bytesIn(field(value, 'data'));
  if (bytes?.length === 32) return bytes;
  return Address.parse(parseAddress(textOf(field(value, 'inner') ?? value, 'an address'))).bytes;
}

function writeVector(writer: BcsWriter, value: Json, element: TypeTag, depth: number): void {
  if (element.kind === 'u8' && typeof value === 'string') {
    const bytes = fromHex(value);
    if (bytes === undefined || !value.startsWith('0x')) {
      throw unreadable('bytes are written neither as 0x and hex nor as a list');
    }
    writer.blob(bytes);
    return;
  }
  const items = element.kind === 'u8' && !isArray(value) ? bytesIn(value) : undefined;
  if (items !== undefined) {
    writer.blob(items);
    return;
  }
  writer.list(listOf(value, 'an argument that is a vector'), (inner, item) =>
    write(inner, item, element, depth + 1),
  );
}

function writeStruct(
  writer: BcsWriter,
  value: Json,
  type: Extract<TypeTag, { kind: 'struct' }>,
  depth: number,
): void {
  const name = typeTagText({ ...type, typeArguments: [] });
  switch (name) {
    case '0x1::string::String':
      writer.string(textOf(value, 'an argument that is a text'));
      return;
    case '0x1::object::Object':
      writer.bytes(addressOf(value));
      return;
    case '0x1::option::Option': {
      const [element] = type.typeArguments;
      if (element === undefined) break;
      const items = field(value, 'vec') ?? (value === null ? [] : [value]);
      writer.list(listOf(items, 'an option'), (inner, item) =>
        write(inner, item, element, depth + 1),
      );
      return;
    }
  }
  throw unresolved(
    `arguments of type ${name} cannot be read from JSON: paste the transaction’s BCS bytes instead`,
  );
}
