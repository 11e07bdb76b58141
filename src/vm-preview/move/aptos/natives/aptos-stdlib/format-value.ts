import {
  type DatatypeType,
  FunctionInstance,
  type Loader,
  StoredFunction,
  type Type,
} from '../../../core/loader';
import { typeTagOf } from '../../../core/loader/type-tag';
import { MoveError } from '../../../core/runtime';
import { typeTagText } from '../../../core/types';
import {
  type Address,
  asAddress,
  asBool,
  asBytes,
  asClosure,
  asInteger,
  asStruct,
  ByteVector,
  type Closure,
  ItemVector,
  illTyped,
  type Layout,
  type Slots,
  type Struct,
  type Value,
} from '../../../core/values';
import { type Prices, pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { HOST_COST } from '../host-cost';
import { stringBytes, utf8 } from '../values';
import { FEATURE } from '../versions';

const OPTION = '0x1::option::Option';

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

/** Writes a value of a container with what stands before it. */
type Item = (depth: number) => string;

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

  /** @throws MoveError OUT_OF_GAS */
  format(type: Type, value: Value): string {
    return this.#named(type, value, 0);
  }

  #named(type: Type, value: Value | undefined, depth: number): string {
    switch (type.kind) {
      case 'vector':
        this.#charge();
        if (type.element.kind === 'u8') return this.#bytes(asBytes(value));
        return this.#vector(
          value,
          depth,
          type.element.kind === 'vector' || type.element.kind === 'datatype',
          (item, below) => this.#named(type.element, item, below),
        );
      case 'datatype':
        return this.#datatype(type, asStruct(value), depth);
      case 'reference':
      case 'typeParameter':
        throw illTyped(`writes a ${type.kind}`);
      default:
        return this.#plain({ kind: type.kind }, value, depth);
    }
  }

  #datatype(type: DatatypeType, value: Struct, depth: number): string {
    const { datatype, typeArguments } = type;
    if (datatype.shape.kind === 'enum' && datatype.key !== OPTION)
      return this.#plain(this.loader.layouts.of(type), value, depth);
    this.#charge();
    if (datatype.key === '0x1::string::String') return this.#string(value);
    if (datatype.key === OPTION) return this.#option(type, value, depth);
    const items = datatype.fields().map(({ name, type: field }, i): Item => {
      const fieldType = this.loader.types.instantiate(field, typeArguments);
      return (below) => `${name}: ${this.#named(fieldType, value.fields[i], below)}`;
    });
    const name = this.options.typeTag ? typeTagText(typeTagOf(type)) : datatype.name;
    return `${name} {${this.#list(items, depth, true)}}`;
  }

  /** An enum now, and a struct around a vector before; written alike. */
  #option(type: DatatypeType, { fields, variant }: Struct, depth: number): string {
    const [element] = type.typeArguments;
    const [field] = fields;
    const value = variant === undefined ? firstOf(field) : field;
    if (value === undefined) return 'None';
    if (element === undefined) throw illTyped('writes an option of no type');
    return `Some(${this.#named(element, value, depth)})`;
  }

  /** Nothing inside an enum or captured by a function has a name, not even its structs. */
  #plain(layout: Layout, value: Value | undefined, depth: number): string {
    this.#charge();
    switch (layout.kind) {
      case 'bool':
        return String(asBool(value));
      case 'address':
        return `@${this.#address(asAddress(value))}`;
      case 'signer':
        return this.#signer(asStruct(value));
      case 'vector': {
        const { element } = layout;
        if (element.kind === 'u8') return this.#bytes(asBytes(value));
        const inLines = ['vector', 'struct', 'enum'].includes(element.kind);
        return this.#vector(value, depth, inLines, (item, below) =>
          this.#plain(element, item, below),
        );
      }
      case 'struct':
        return `{${this.#plainFields(layout.fields, asStruct(value).fields, depth)}}`;
      case 'enum': {
        const { variant, fields } = asStruct(value);
        const layouts = layout.variants[variant ?? 0] ?? [];
        return `#${variant}{${this.#plainFields(layouts, fields, depth)}}`;
      }
      case 'function':
        return this.#closure(asClosure(value), depth);
      default:
        return `${asInteger(value)}${this.options.integerTypes ? layout.kind : ''}`;
    }
  }

  #plainFields(layouts: readonly Layout[], values: Slots, depth: number): string {
    const items = layouts.map(
      (layout, i): Item =>
        (below) =>
          this.#plain(layout, values[i], below),
    );
    return this.#list(items, depth, true);
  }

  /** Its name, and of its arguments those that are given: `_` for others, and ever `..` in the end. */
  #closure({ target, mask, captured, layouts }: Closure, depth: number): string {
    if (!(target instanceof FunctionInstance) && !(target instanceof StoredFunction))
      throw illTyped('writes the function of a script');
    const name = nameOf(target);
    if (captured.length === 0) return `${name}()`;
    const known = layouts ?? this.#capturedLayouts(target, mask);
    let next = 0;
    const parts = [...mask.toString(2)].reverse().map((bit) => {
      if (bit === '0') return '_';
      const layout = known[next];
      if (layout === undefined) throw illTyped('captures more than it has layouts for');
      return this.#plain(layout, captured[next++], depth + 1);
    });
    const separator = space(!this.options.singleLine, depth + 1);
    return `${name}(${[...parts, '..'].join(`,${separator}`)})`;
  }

  #capturedLayouts(target: FunctionInstance | StoredFunction, mask: bigint): readonly Layout[] {
    const { definition } =
      target instanceof FunctionInstance ? target : target.resolve(this.loader);
    return definition.parameters.flatMap((parameter, i) => {
      if (((mask >> BigInt(i)) & 1n) === 0n) return [];
      return [
        this.loader.layouts.of(this.loader.types.instantiate(parameter, target.typeArguments)),
      ];
    });
  }

  #charge(): void {
    this.#prices.base('string_utils.format.base');
    this.context.host.charge(HOST_COST.formatValue);
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

  #string(value: Struct): string {
    const bytes = stringBytes(value);
    this.#prices.each('string_utils.format.per_byte', bytes.length);
    this.context.host.charge(bytes.length * HOST_COST.formatByte);
    const text = utf8(bytes);
    if (text === undefined) throw illTyped('makes a string that is no UTF-8');
    return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  }

  #vector(
    value: Value | undefined,
    depth: number,
    inLines: boolean,
    write: (item: Value, depth: number) => string,
  ): string {
    if (!(value instanceof ItemVector)) throw illTyped('writes another value for a vector');
    const items = value.items.map(
      (item): Item =>
        (below) =>
          write(item, below),
    );
    return `[${this.#list(items, depth, inLines)}]`;
  }

  #list(items: readonly Item[], depth: number, inLines: boolean): string {
    if (items.length === 0) return '';
    const lines = inLines && !this.options.singleLine;
    const separator = space(lines, depth + 1);
    const written = items.map((item) => item(depth + 1));
    return `${separator}${written.join(`,${separator}`)}${space(lines, depth)}`;
  }
}

/** With the module's address short only for special ones (account_address.rs, `to_standard_string`). */
function nameOf(target: FunctionInstance | StoredFunction): string {
  const { module, name, typeArguments } = target;
  if (module === undefined) throw illTyped('writes the function of a script');
  const owner = /^0{63}/.test(module.address) ? module.address.slice(-1) : module.address;
  const types = typeArguments.map((type) => typeTagText(typeTagOf(type))).join(', ');
  return `0x${owner}::${module.name}::${name}${types === '' ? '' : `<${types}>`}`;
}

function space(lines: boolean, depth: number): string {
  return lines ? `\n${'  '.repeat(depth)}` : ' ';
}

/** Of an option's vector. */
function firstOf(vector: Value | undefined): Value | undefined {
  if (vector instanceof ByteVector || vector instanceof ItemVector) return vector.get(0);
  throw illTyped('writes another value for an option');
}
