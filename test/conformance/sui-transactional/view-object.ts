/** An object's contents as `view-object` prints them (move-core-types, annotated_value.rs). */
import type { Field, Loader, Type } from '../../../src/vm-preview/move/core/loader';
import { typeTagOf } from '../../../src/vm-preview/move/core/loader/type-tag';
import {
  Address,
  ByteVector,
  ItemVector,
  Struct,
  type Value,
} from '../../../src/vm-preview/move/core/values';
import type { ProtocolConfig, SuiObject, SuiState } from '../../../src/vm-preview/move/sui';
import {
  Linkage,
  LinkContexts,
  PackageCache,
  Packages,
} from '../../../src/vm-preview/move/sui/linkage';
import type { Naming } from './naming';
import { ownerText, typeText } from './output';

interface ViewContext {
  readonly state: SuiState;
  readonly protocol: ProtocolConfig;
  readonly naming: Naming;
}

export function viewObject(
  object: SuiObject,
  hidesContents: boolean,
  { state, protocol, naming }: ViewContext,
): string {
  const { data, owner, version } = object;
  if (data.kind === 'package') throw new TypeError('a package has no contents');
  const about = `Owner: ${ownerText(owner)}\nVersion: ${version}`;
  const packages = new Packages(state, new PackageCache());
  const { context, tag } = new Linkage(packages, new LinkContexts(), protocol).load(data.type);
  const type = context.typeOf(tag);
  if (hidesContents && type.kind === 'datatype')
    return naming.stabilize(`${about}\nType: ${typeText(typeTagOf(type))}`);
  const value = context.loader.codec.decode(data.contents, type);
  const contents = new Printer(context.loader).text(value, type, '');
  return naming.stabilize(`${about}\nContents: ${contents}`);
}

export function viewPackage(object: SuiObject, name: string): string {
  if (object.data.kind !== 'package') throw new TypeError('an object is no package');
  const modules = [...object.data.modules.keys()].join(', ');
  return object.data.modules.size > 1 ? `${name}::{${modules}}` : `${name}::${modules}`;
}

class Printer {
  constructor(private readonly loader: Loader) {}

  text(value: Value, type: Type, indent: string): string {
    if (type.kind === 'vector') return this.#vector(value, type.element, indent);
    if (value instanceof Struct && type.kind === 'datatype')
      return this.#datatype(value, type, indent);
    if (value instanceof Address) return value.toString();
    if (typeof value === 'boolean') return String(value);
    return `${value}${type.kind}`;
  }

  #vector(value: Value, element: Type, indent: string): string {
    const items =
      value instanceof ByteVector
        ? [...value.bytes].map((byte) => `${byte}u8`)
        : value instanceof ItemVector
          ? value.items.map((item) => this.text(item, element, `${indent}    `))
          : [];
    return `vector${listed('[', items, ']', indent)}`;
  }

  #datatype(value: Struct, type: Extract<Type, { kind: 'datatype' }>, indent: string): string {
    const fields = type.datatype.fields(value.variant);
    // As code names it, not as the object does: by the first version of the package.
    const tag = typeTagOf(type);
    const lines = fields.map((field, i) => this.#field(value, field, i, type, indent));
    return `${typeText(tag)}${variantName(type, value.variant)}${listed('{', lines, '}', indent)}`;
  }

  #field(
    value: Struct,
    { name, type }: Field,
    place: number,
    of: Extract<Type, { kind: 'datatype' }>,
    indent: string,
  ): string {
    const inner = value.fields[place];
    if (inner === undefined) throw new TypeError(`${name} is not there`);
    const concrete = this.loader.types.substitute(type, of.typeArguments);
    return `${name}: ${this.text(inner, concrete, `${indent}    `)}`;
  }
}

function variantName(
  { datatype }: Extract<Type, { kind: 'datatype' }>,
  variant: number | undefined,
): string {
  const { shape } = datatype;
  // A blank stands after the name of a struct only.
  if (shape.kind === 'struct') return ' ';
  return `::${shape.variants[variant ?? 0]?.name}`;
}

/** One a line, each with a comma. */
function listed(open: string, items: readonly string[], close: string, indent: string): string {
  if (items.length === 0) return `${open}${close}`;
  return [open, ...items.map((item) => `${indent}    ${item},`), `${indent}${close}`].join('\n');
}
