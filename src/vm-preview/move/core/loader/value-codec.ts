import { CannotPreview } from '../../../errors';
import { BcsReader, BcsWriter } from '../bcs';
import { MoveError } from '../runtime/errors';
import {
  Address,
  ByteVector,
  Closure,
  INTEGERS,
  type IntegerKind,
  ItemVector,
  illTyped,
  integer,
  isIntegerKind,
  itemVector,
  type Layout,
  Struct,
  VALUE_DEPTH_MAX,
  type Value,
} from '../values';
import { ClosureCodec } from './closure-codec';
import type { Loader } from './loader';
import type { Type } from './type';

/** BCS of values by their type, or by the layout that a stored function carries. */
export class ValueCodec {
  readonly #closures: ClosureCodec;

  constructor(private readonly loader: Loader) {
    this.#closures = new ClosureCodec(loader, this);
  }

  /** @throws BcsError for bytes that are no canonical value of the type, or more than one */
  decode(bytes: Uint8Array, type: Type): Value {
    const reader = new BcsReader(bytes);
    const value = this.read(reader, this.loader.layouts.of(type), 1);
    if (reader.remaining > 0) throw reader.fail('trailing-bytes', type.key);
    return value;
  }

  /** @throws MoveError VALUE_SERIALIZATION_ERROR for a function that cannot be stored */
  encode(value: Value, type: Type): Uint8Array {
    const writer = new BcsWriter();
    this.write(writer, value, this.loader.layouts.of(type), 1);
    return writer.finish();
  }

  read(reader: BcsReader, layout: Layout, depth: number): Value {
    if (depth > VALUE_DEPTH_MAX) throw new MoveError('VM_MAX_VALUE_DEPTH_REACHED');
    switch (layout.kind) {
      case 'bool':
        return reader.bool('bool');
      case 'address':
        return Address.fromBytes(reader.take(32, 'address'));
      case 'vector': {
        const { element } = layout;
        if (element.kind === 'u8') return new ByteVector(reader.blob('vector<u8>').slice());
        return itemVector(
          reader.list('vector', () => this.read(reader, element, elementDepth(element, depth))),
          isIntegerKind(element.kind) ? element.kind : undefined,
        );
      }
      case 'struct':
        return new Struct(layout.fields.map((field) => this.read(reader, field, depth + 1)));
      case 'enum': {
        const variant = reader.variant(layout.variants.length, 'variant of an enum');
        const fields = layout.variants[variant] ?? [];
        return new Struct(
          fields.map((field) => this.read(reader, field, depth + 1)),
          variant,
        );
      }
      case 'function':
        return this.#closures.read(reader, depth);
      case 'signer':
        throw noBcs(layout);
      default:
        return readInteger(reader, layout.kind);
    }
  }

  write(writer: BcsWriter, value: Value, layout: Layout, depth: number): void {
    if (depth > VALUE_DEPTH_MAX) throw new MoveError('VM_MAX_VALUE_DEPTH_REACHED');
    switch (layout.kind) {
      case 'bool':
        if (typeof value !== 'boolean') throw mismatch(layout);
        writer.bool(value);
        break;
      case 'address':
        if (!(value instanceof Address)) throw mismatch(layout);
        writer.bytes(value.bytes);
        break;
      case 'vector':
        if (value instanceof ByteVector && layout.element.kind === 'u8') writer.blob(value.bytes);
        else if (value instanceof ItemVector)
          writer.list(value.items, (_, item) =>
            this.write(writer, item, layout.element, elementDepth(layout.element, depth)),
          );
        else throw mismatch(layout);
        break;
      case 'struct':
      case 'enum':
        if (!(value instanceof Struct)) throw mismatch(layout);
        this.#writeFields(writer, value, layout, depth);
        break;
      case 'function':
        if (!(value instanceof Closure)) throw mismatch(layout);
        this.#closures.write(writer, value, depth);
        break;
      case 'signer':
        throw noBcs(layout);
      default:
        if (typeof value !== 'number' && typeof value !== 'bigint') throw mismatch(layout);
        writeInteger(writer, value, layout.kind);
    }
  }

  #writeFields(
    writer: BcsWriter,
    { variant, fields }: Struct,
    layout: Extract<Layout, { kind: 'struct' | 'enum' }>,
    depth: number,
  ): void {
    if (layout.kind === 'enum') writer.uleb32(variant ?? -1, 'variant of an enum');
    const layouts = layout.kind === 'enum' ? layout.variants[variant ?? -1] : layout.fields;
    if (layouts?.length !== fields.length) throw mismatch(layout);
    for (const [i, field] of layouts.entries()) {
      const value = fields[i];
      if (value === undefined) throw mismatch(layout);
      this.write(writer, value, field, depth + 1);
    }
  }
}

/** The chain keeps elements without parts in one piece and counts no level for them. */
function elementDepth({ kind }: Layout, depth: number): number {
  return kind === 'bool' || kind === 'address' || isIntegerKind(kind) ? depth : depth + 1;
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

function noBcs({ kind }: Layout): CannotPreview {
  return new CannotPreview('move-value-encoding', `BCS of a ${kind}`, { kind });
}

function mismatch({ kind }: Layout): CannotPreview {
  return illTyped(`encodes what is no ${kind}`);
}
