import { CannotPreview } from '../../../errors';
import { BcsReader, BcsWriter } from '../bcs';
import { MoveError } from '../runtime/errors';
import {
  Address,
  ByteVector,
  INTEGERS,
  type IntegerKind,
  ItemVector,
  illTyped,
  integer,
  isIntegerKind,
  itemVector,
  Struct,
  VALUE_DEPTH_MAX,
  type Value,
} from '../values';
import type { DatatypeType, Type, TypeTable } from './type';

/** BCS of values by their type. */
export class ValueCodec {
  constructor(private readonly types: TypeTable) {}

  /** @throws BcsError for bytes that are no canonical value of the type, or more than one */
  decode(bytes: Uint8Array, type: Type): Value {
    const reader = new BcsReader(bytes);
    const value = this.read(reader, type, 1);
    if (reader.remaining > 0) throw reader.fail('trailing-bytes', type.key);
    return value;
  }

  encode(value: Value, type: Type): Uint8Array {
    const writer = new BcsWriter();
    this.write(writer, value, type, 1);
    return writer.finish();
  }

  private read(reader: BcsReader, type: Type, depth: number): Value {
    if (depth > VALUE_DEPTH_MAX) throw new MoveError('VM_MAX_VALUE_DEPTH_REACHED');
    switch (type.kind) {
      case 'bool':
        return reader.bool('bool');
      case 'address':
        return Address.fromBytes(reader.take(32, 'address'));
      case 'vector': {
        const { element } = type;
        if (element.kind === 'u8') return new ByteVector(reader.blob(type.key).slice());
        return itemVector(
          reader.list(type.key, () => this.read(reader, element, depth + 1)),
          isIntegerKind(element.kind) ? element.kind : undefined,
        );
      }
      case 'datatype':
        return this.readDatatype(reader, type, depth);
      case 'signer':
      case 'reference':
      case 'function':
      case 'typeParameter':
        throw noBcs(type);
      default:
        return readInteger(reader, type.kind);
    }
  }

  private readDatatype(reader: BcsReader, type: DatatypeType, depth: number): Struct {
    const { shape } = type.datatype;
    const variant =
      shape.kind === 'enum' ? reader.variant(shape.variants.length, type.key) : undefined;
    const fields = type.datatype
      .fields(variant)
      .map((field) =>
        this.read(reader, this.types.substitute(field.type, type.typeArguments), depth + 1),
      );
    return variant === undefined ? new Struct(fields) : new Struct(fields, variant);
  }

  private write(writer: BcsWriter, value: Value, type: Type, depth: number): void {
    if (depth > VALUE_DEPTH_MAX) throw new MoveError('VM_MAX_VALUE_DEPTH_REACHED');
    switch (type.kind) {
      case 'bool':
        if (typeof value !== 'boolean') throw mismatch(type);
        writer.bool(value);
        break;
      case 'address':
        if (!(value instanceof Address)) throw mismatch(type);
        writer.bytes(value.bytes);
        break;
      case 'vector':
        if (value instanceof ByteVector && type.element.kind === 'u8') writer.blob(value.bytes);
        else if (value instanceof ItemVector)
          writer.list(value.items, (_, item) => this.write(writer, item, type.element, depth + 1));
        else throw mismatch(type);
        break;
      case 'datatype':
        if (!(value instanceof Struct)) throw mismatch(type);
        this.writeDatatype(writer, value, type, depth);
        break;
      case 'signer':
      case 'reference':
      case 'function':
      case 'typeParameter':
        throw noBcs(type);
      default:
        if (typeof value !== 'number' && typeof value !== 'bigint') throw mismatch(type);
        writeInteger(writer, value, type.kind);
    }
  }

  private writeDatatype(writer: BcsWriter, value: Struct, type: DatatypeType, depth: number): void {
    if (value.variant !== undefined) writer.uleb32(value.variant);
    for (const [i, field] of type.datatype.fields(value.variant).entries()) {
      const fieldType = this.types.substitute(field.type, type.typeArguments);
      this.write(writer, value.fields[i] ?? missing(type), fieldType, depth + 1);
    }
  }
}

function readInteger(reader: BcsReader, kind: IntegerKind): Value {
  switch (kind) {
    case 'u8':
      return reader.u8(kind);
    case 'u16':
      return reader.u16(kind);
    case 'u32':
      return reader.u32(kind);
    case 'u64':
      return integer(reader.u64(kind));
    case 'u128':
      return integer(reader.u128(kind));
    case 'u256':
      return integer(reader.u256(kind));
    default:
      return integer(reader.signed(INTEGERS[kind].bits / 8, kind));
  }
}

function writeInteger(writer: BcsWriter, value: number | bigint, kind: IntegerKind): void {
  switch (kind) {
    case 'u8':
      writer.u8(Number(value));
      break;
    case 'u16':
      writer.u16(Number(value));
      break;
    case 'u32':
      writer.u32(Number(value));
      break;
    case 'u64':
      writer.u64(BigInt(value));
      break;
    case 'u128':
      writer.u128(BigInt(value));
      break;
    case 'u256':
      writer.u256(BigInt(value));
      break;
    default:
      writer.signed(BigInt(value), INTEGERS[kind].bits / 8);
  }
}

function noBcs(type: Type): CannotPreview {
  return new CannotPreview('move-value-encoding', `BCS of a ${type.kind}`, { type: type.key });
}

function mismatch(type: Type): CannotPreview {
  return illTyped(`encodes what is no ${type.key}`);
}

function missing(type: Type): never {
  throw mismatch(type);
}
