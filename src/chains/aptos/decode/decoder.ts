/** Reads values of state by the layout that the chain's own modules give their types. */
import { CannotPreview, LookaheadError } from '../../../vm-preview/errors';
import type { ModuleCache } from '../../../vm-preview/move/aptos/storage';
import { APTOS_FORMAT } from '../../../vm-preview/move/core/format';
import {
  Loader,
  type ModuleId,
  type ModuleSource,
  type MoveFunction,
  moduleId,
  primitive,
  type Type,
} from '../../../vm-preview/move/core/loader';
import { MoveError } from '../../../vm-preview/move/core/runtime';
import type { TypeTag } from '../../../vm-preview/move/core/types';
import {
  Address,
  ByteVector,
  ItemVector,
  Struct,
  type Value,
} from '../../../vm-preview/move/core/values';
import { toHex } from '../../hex';
import { fullAddress } from '../address';
import type { MoveJson } from './json';

/** Bytes of code by module: null for one that is not on the chain, undefined for one never loaded. */
export interface CodeSource {
  code(id: ModuleId): Uint8Array | null | undefined;
  readonly decoded: ModuleCache;
}

/** A table that a value holds: what its items are. */
export interface TableType {
  readonly key: Type;
  readonly value: Type;
}

const STRING = '0x1::string::String';
const OPTION = '0x1::option::Option';
const TABLES: ReadonlySet<string> = new Set([
  '0x1::table::Table',
  '0x1::table_with_length::TableWithLength',
]);
const UTF8 = new TextDecoder();

export class MoveDecoder {
  readonly #loader: Loader;
  readonly #tables = new Map<string, TableType>();

  constructor(source: CodeSource) {
    const modules: ModuleSource = {
      module: (id) => {
        const code = source.code(id);
        // One that is not at hand cannot be asked for layouts; all others still can.
        if (code === undefined || code === null) return null;
        return source.decoded.decode(code, APTOS_FORMAT);
      },
    };
    this.#loader = new Loader(modules);
  }

  /** Types of a table's items, where a value that was decoded holds the table. */
  table(handle: string): TableType | undefined {
    return this.#tables.get(handle);
  }

  /** Undefined where the bytes do not fit the type, or a module that declares it is not at hand. */
  value(bytes: Uint8Array, type: TypeTag | Type): MoveJson | undefined {
    return attempt(() => {
      const known = 'key' in type ? type : this.#type(type);
      return this.#json(this.#loader.codec.decode(bytes, known), known);
    });
  }

  /** The function, where its module is at hand. */
  function(address: Address, module: string, name: string): MoveFunction | undefined {
    return attempt(() => this.#loader.function(moduleId(address, module), name));
  }

  /** The type with type arguments in the place of its parameters. */
  substitute(type: Type, typeArguments: readonly TypeTag[]): Type | undefined {
    return attempt(() =>
      this.#loader.types.substitute(
        type,
        typeArguments.map((tag) => this.#type(tag)),
      ),
    );
  }

  #type(tag: TypeTag): Type {
    const { types } = this.#loader;
    switch (tag.kind) {
      case 'vector':
        return types.vector(this.#type(tag.element));
      case 'struct': {
        const id = moduleId(Address.fromBytes(tag.address), tag.module);
        const datatype = this.#loader.datatype(id, tag.name);
        return types.datatype(
          datatype,
          tag.typeArguments.map((argument) => this.#type(argument)),
        );
      }
      case 'function':
        throw new CannotPreview('move-function-type', 'a value that is a function');
      default:
        return primitive(tag.kind);
    }
  }

  #json(value: Value, type: Type): MoveJson {
    switch (type.kind) {
      case 'u8':
      case 'u16':
      case 'u32':
      case 'i8':
      case 'i16':
      case 'i32':
        return Number(value);
      case 'bool':
        return value === true;
      case 'address':
        return value instanceof Address ? fullAddress(value) : null;
      case 'vector':
        if (value instanceof ByteVector) return `0x${toHex(value.bytes)}`;
        if (!(value instanceof ItemVector)) return null;
        return value.items.map((item) => this.#json(item, type.element));
      case 'datatype':
        return value instanceof Struct ? this.#structJson(value, type) : null;
      default:
        return String(value);
    }
  }

  #structJson(value: Struct, type: Extract<Type, { kind: 'datatype' }>): MoveJson {
    const { datatype, typeArguments } = type;
    const fields = datatype.fields(value.variant);
    const [first] = value.fields;
    if (datatype.key === STRING && first instanceof ByteVector) return UTF8.decode(first.bytes);
    const json: Record<string, MoveJson> = {};
    fields.forEach((field, i) => {
      const inner = value.fields[i];
      if (inner === undefined) return;
      json[field.name] = this.#json(
        inner,
        this.#loader.types.substitute(field.type, typeArguments),
      );
    });
    if (TABLES.has(datatype.key)) this.#rememberTable(json, typeArguments);
    if (value.variant === undefined) return json;
    if (datatype.key === OPTION) return { vec: Object.values(json) };
    const { shape } = datatype;
    const name = shape.kind === 'enum' ? shape.variants[value.variant]?.name : undefined;
    return { __variant__: name ?? String(value.variant), ...json };
  }

  #rememberTable(json: Record<string, MoveJson>, [key, value]: readonly Type[]): void {
    const { handle, inner } = json;
    const found =
      handle ??
      (typeof inner === 'object' && inner !== null && 'handle' in inner ? inner.handle : undefined);
    if (typeof found === 'string' && key !== undefined && value !== undefined) {
      this.#tables.set(found, { key, value });
    }
  }
}

/** State comes from a node, and modules from strangers: what cannot be read is shown as bytes. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof LookaheadError || error instanceof MoveError) return undefined;
    throw error;
  }
}
