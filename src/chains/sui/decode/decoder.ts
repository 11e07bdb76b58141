/** Reads objects and events by the layout that the chain's own packages give their types. */
import { LookaheadError } from '../../../vm-preview/errors';
import { moduleId, type Type } from '../../../vm-preview/move/core/loader';
import { MoveError } from '../../../vm-preview/move/core/runtime';
import type { StructTag } from '../../../vm-preview/move/core/types';
import {
  Address,
  ByteVector,
  ItemVector,
  Struct,
  type Value,
} from '../../../vm-preview/move/core/values';
import {
  Linkage,
  type LinkContext,
  LinkContexts,
  type PackageCache,
  Packages,
} from '../../../vm-preview/move/sui/linkage';
import { ProtocolConfig } from '../../../vm-preview/move/sui/protocol';
import {
  MissingObjectsError,
  type ObjectRequest,
  type SuiState,
} from '../../../vm-preview/move/sui/state';
import type { SuiEnvironment } from '../../../vm-preview/move/sui/types';
import { toHex } from '../../hex';
import { fullAddress } from '../address';
import type { MoveJson } from './json';

const STRINGS: ReadonlySet<string> = new Set(['0x1::string::String', '0x1::ascii::String']);
const OPTION = '0x1::option::Option';
/** Structs of one field that stand for it. */
const WRAPPERS: ReadonlySet<string> = new Set(['0x2::object::UID', '0x2::object::ID']);
const UTF8 = new TextDecoder();

export class MoveDecoder {
  readonly #linkage: Linkage;
  readonly #wanted: ObjectRequest[] = [];

  constructor(state: SuiState, cache: PackageCache, environment: SuiEnvironment) {
    const packages = new Packages(state, cache);
    this.#linkage = new Linkage(packages, new LinkContexts(), ProtocolConfig.of(environment));
  }

  /** Packages that were needed and never loaded. */
  get wanted(): readonly ObjectRequest[] {
    return this.#wanted;
  }

  /** Undefined where the bytes do not fit the type, or a package that declares it is not at hand. */
  value(bytes: Uint8Array, tag: StructTag): MoveJson | undefined {
    return this.#attempt(() => {
      const { context, tag: defining } = this.#linkage.load(tag);
      const type = context.typeOf(defining);
      return json(context.loader.codec.decode(bytes, type), type, context);
    });
  }

  /** Types of a function's parameters; undefined where its package is not at hand. */
  parameters(id: Uint8Array, module: string, name: string): readonly Type[] | undefined {
    return this.#attempt(() => {
      const root = this.#linkage.packages.find(toHex(id)) ?? undefined;
      if (root === undefined) return undefined;
      const { loader } = this.#linkage.context(root, []);
      return loader.function(moduleId(Address.parse(root.originalId), module), name).parameters;
    });
  }

  /** The id of a package's first version; undefined where the package is not at hand. */
  originalId(id: Uint8Array): string | undefined {
    return this.#attempt(() => this.#linkage.packages.find(toHex(id))?.originalId);
  }

  /** Objects come from a node, and packages from strangers: what cannot be read is shown as bytes. */
  #attempt<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (error instanceof MissingObjectsError) this.#wanted.push(...error.requests);
      else if (!(error instanceof LookaheadError || error instanceof MoveError)) throw error;
      return undefined;
    }
  }
}

function json(value: Value, type: Type, context: LinkContext): MoveJson {
  switch (type.kind) {
    case 'u8':
    case 'u16':
    case 'u32':
      return Number(value);
    case 'bool':
      return value === true;
    case 'address':
      return value instanceof Address ? fullAddress(value.bytes) : null;
    case 'vector':
      if (value instanceof ByteVector) return `0x${toHex(value.bytes)}`;
      if (!(value instanceof ItemVector)) return null;
      return value.items.map((item) => json(item, type.element, context));
    case 'datatype':
      return value instanceof Struct ? structJson(value, type, context) : null;
    default:
      return String(value);
  }
}

function structJson(
  value: Struct,
  { datatype, typeArguments }: Extract<Type, { kind: 'datatype' }>,
  context: LinkContext,
): MoveJson {
  const { types } = context.loader;
  const [first] = value.fields;
  if (STRINGS.has(datatype.key) && first instanceof ByteVector) return UTF8.decode(first.bytes);
  const fields: [string, MoveJson][] = datatype.fields(value.variant).flatMap((field, i) => {
    const inner = value.fields[i];
    if (inner === undefined) return [];
    return [[field.name, json(inner, types.substitute(field.type, typeArguments), context)]];
  });
  const [only] = fields;
  if (WRAPPERS.has(datatype.key) && only !== undefined) return only[1];
  if (datatype.key === OPTION && only !== undefined) {
    const [, items] = only;
    return Array.isArray(items) ? (items[0] ?? null) : items;
  }
  if (value.variant === undefined) return Object.fromEntries(fields);
  const { shape } = datatype;
  const name = shape.kind === 'enum' ? shape.variants[value.variant]?.name : undefined;
  return { '@variant': name ?? String(value.variant), ...Object.fromEntries(fields) };
}
