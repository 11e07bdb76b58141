import { CannotPreview } from '../../../../errors';
import type { DatatypeType, Loader, Type } from '../../../core/loader';
import { typeTagOf } from '../../../core/loader/type-tag';
import { MoveError } from '../../../core/runtime';
import { typeTagText } from '../../../core/types';
import {
  type Address,
  asAddress,
  asBool,
  asBytes,
  asInteger,
  asStruct,
  ByteVector,
  ItemVector,
  illTyped,
  type Slots,
  type Struct,
  type Value,
} from '../../../core/values';
import { type Prices, pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { HOST_COST } from '../host-cost';
import { stringBytes, utf8 } from '../values';
import { FEATURE } from '../versions';

/** Two digits by byte. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export interface FormatOptions {
  /** Structs with their module. */
  readonly typeTag: boolean;
  /** Addresses with all 64 digits, and without 0x. */
  readonly canonicalize: boolean;
  readonly singleLine: boolean;
  /** `1u8` */
  readonly integerTypes: boolean;
}

interface Part {
  /** `field: `, empty where there is none. */
  readonly label: string;
  readonly type: Type;
}

/** Writes values as `native_format` does, each paid for before it is written (string_utils.rs). */
export class ValueFormatter {
  readonly #prices: Prices;

  constructor(
    private readonly context: NativeContext,
    private readonly loader: Loader,
    private readonly options: FormatOptions,
  ) {
    this.#prices = pricesOf(context, 'aptos_framework');
  }

  /** @throws MoveError OUT_OF_GAS, CannotPreview for a function value */
  format(type: Type, value: Value): string {
    return this.#write(type, value, 0, true);
  }

  /**
   * @param named - whether names are known: nothing inside an enum has one, not even its structs
   */
  #write(type: Type, value: Value | undefined, depth: number, named: boolean): string {
    this.#prices.base('string_utils.format.base');
    this.context.host.charge(HOST_COST.formatValue);
    switch (type.kind) {
      case 'bool':
        return String(asBool(value));
      case 'address':
        return `@${this.#address(asAddress(value))}`;
      case 'signer':
        return this.#signer(asStruct(value));
      case 'vector':
        return type.element.kind === 'u8'
          ? this.#bytes(asBytes(value))
          : this.#vector(type.element, value, depth, named);
      case 'datatype':
        return this.#datatype(type, asStruct(value), depth, named);
      case 'function':
        throw new CannotPreview('aptos-format-function', 'the text of a function value');
      case 'reference':
      case 'typeParameter':
        throw illTyped(`writes a ${type.kind}`);
      default:
        return `${asInteger(value)}${this.options.integerTypes ? type.kind : ''}`;
    }
  }

  #address(address: Address): string {
    return this.options.canonicalize ? address.hex : address.toString();
  }

  /** Before the fix the chain took a signer for an address, and failed. */
  #signer(signer: Struct): string {
    if (!this.context.features.isEnabled(FEATURE.signerNativeFormatFix))
      throw new MoveError('INTERNAL_TYPE_ERROR');
    return `signer(@${this.#address(asAddress(signer.fields[0]))})`;
  }

  #bytes(bytes: Uint8Array): string {
    if (this.context.timedFeatures.isEnabled('ChargeBytesForPrints'))
      this.#prices.each('string_utils.format.per_byte', bytes.length);
    this.context.host.charge(bytes.length * HOST_COST.formatByte);
    let text = '0x';
    for (const byte of bytes) text += HEX[byte];
    return text;
  }

  #vector(element: Type, value: Value | undefined, depth: number, named: boolean): string {
    if (!(value instanceof ItemVector)) throw illTyped('writes another value for a vector');
    const parts = value.items.map(() => ({ label: '', type: element }));
    const inLines = element.kind === 'vector' || element.kind === 'datatype';
    return `[${this.#list(parts, value.items, depth, inLines, named)}]`;
  }

  #datatype(type: DatatypeType, value: Struct, depth: number, named: boolean): string {
    const { datatype, typeArguments } = type;
    const { shape, key } = datatype;
    if (named && key === '0x1::string::String') return this.#string(value);
    if (named && key === '0x1::option::Option') return this.#option(type, value, depth);
    const isEnum = shape.kind === 'enum';
    const fields = datatype.fields(value.variant).map(({ name, type: field }) => ({
      label: named && !isEnum ? `${name}: ` : '',
      type: this.loader.types.substitute(field, typeArguments),
    }));
    const inner = this.#list(fields, value.fields, depth, true, named && !isEnum);
    return `${this.#head(type, value, named)}{${inner}}`;
  }

  #head(type: DatatypeType, { variant }: Struct, named: boolean): string {
    if (variant !== undefined) return `#${variant}`;
    if (!named) return '';
    return `${this.options.typeTag ? typeTagText(typeTagOf(type)) : type.datatype.name} `;
  }

  #string(value: Struct): string {
    const bytes = stringBytes(value);
    this.#prices.each('string_utils.format.per_byte', bytes.length);
    this.context.host.charge(bytes.length * HOST_COST.formatByte);
    const text = utf8(bytes);
    if (text === undefined) throw illTyped('makes a string that is no UTF-8');
    return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  }

  /** An enum now, and a struct around a vector before; written alike. */
  #option(type: DatatypeType, { fields, variant }: Struct, depth: number): string {
    const [element] = type.typeArguments;
    const [field] = fields;
    const value = variant === undefined ? firstOf(field) : field;
    if (value === undefined) return 'None';
    if (element === undefined) throw illTyped('writes an option of no type');
    return `Some(${this.#write(element, value, depth, true)})`;
  }

  #list(
    parts: readonly Part[],
    values: Slots,
    depth: number,
    inLines: boolean,
    named: boolean,
  ): string {
    if (parts.length === 0) return '';
    const lines = inLines && !this.options.singleLine;
    const items = parts.map(
      ({ label, type }, i) => `${label}${this.#write(type, values[i], depth + 1, named)}`,
    );
    const separator = space(lines, depth + 1);
    return `${separator}${items.join(`,${separator}`)}${space(lines, depth)}`;
  }
}

function space(lines: boolean, depth: number): string {
  return lines ? `\n${'  '.repeat(depth)}` : ' ';
}

/** Of an option's vector. */
function firstOf(vector: Value | undefined): Value | undefined {
  if (vector instanceof ByteVector || vector instanceof ItemVector) return vector.get(0);
  throw illTyped('writes another value for an option');
}
