/**
 * Abstract sizes that tell kinds of integers apart (move-vm-runtime, shared/views.rs,
 * `abstract_memory_size`), by which values are priced since gas model 11. A value does not know its kind,
 * so its type is needed.
 */
import type { DatatypeType, FunctionInstance, Loader, Type } from '../../core/loader';
import {
  asReference,
  ByteVector,
  INTEGERS,
  ItemVector,
  illTyped,
  isIntegerKind,
  Struct,
  type Value,
} from '../../core/values';

/** The same for all values of the type, or counted. */
type Size = number | ((value: Value) => number);

/** Of a bool or an integer of up to 64 bits. */
const PRIMITIVE = 8;
const ADDRESS = 32;
const REFERENCE = 8;
/** Of a struct, a variant, a vector. */
const CONTAINER = 2;

/** Of concrete types. */
const SIZES = new WeakMap<Type, Size>();
/** Of types in terms of a function's type parameters. */
const GENERIC_SIZES = new WeakMap<FunctionInstance, Map<Type, Type>>();

/** The function that runs, in terms of whose type parameters types are; or the loader of concrete types. */
export type TypesOf = FunctionInstance | Loader;

/** @param traverses - whether what a reference points to is counted too */
export function runningSize(
  value: Value,
  type: Type,
  typesOf: TypesOf,
  traverses: boolean,
): number {
  if (!('definition' in typesOf)) return abstractSize(value, type, typesOf, traverses);
  const concrete = type.concrete ? type : concreteType(type, typesOf);
  return abstractSize(value, concrete, typesOf.definition.owner.loader, traverses);
}

/** @param type - of the loader, without type parameters */
export function abstractSize(value: Value, type: Type, loader: Loader, traverses: boolean): number {
  if (type.kind === 'reference')
    return (
      REFERENCE + (traverses ? abstractSize(asReference(value).get(), type.to, loader, true) : 0)
    );
  const size = sizeOf(type, loader);
  return typeof size === 'number' ? size : size(value);
}

function concreteType(type: Type, running: FunctionInstance): Type {
  let known = GENERIC_SIZES.get(running);
  if (known === undefined) {
    known = new Map();
    GENERIC_SIZES.set(running, known);
  }
  let concrete = known.get(type);
  if (concrete === undefined) {
    const { types } = running.definition.owner.loader;
    concrete = types.substitute(type, running.typeArguments);
    known.set(type, concrete);
  }
  return concrete;
}

function sizeOf(type: Type, loader: Loader): Size {
  let size = SIZES.get(type);
  if (size === undefined) {
    size = makeSize(type, loader);
    SIZES.set(type, size);
  }
  return size;
}

function makeSize(type: Type, loader: Loader): Size {
  switch (type.kind) {
    case 'u128':
    case 'u256':
      return INTEGERS[type.kind].bits / 8;
    case 'address':
    case 'signer':
      return ADDRESS;
    case 'vector':
      return vectorSize(type.element, loader);
    case 'datatype':
      return datatypeSize(type, loader);
    default:
      return PRIMITIVE;
  }
}

function vectorSize(element: Type, loader: Loader): Size {
  if (element.kind === 'u8') return (value) => CONTAINER + asByteVector(value).length;
  const packed = packedSize(element);
  if (packed !== undefined) return (value) => CONTAINER + asItemVector(value).length * packed;
  return (value) => {
    const { items } = asItemVector(value);
    const size = sizeOf(element, loader);
    if (typeof size === 'number') return CONTAINER + items.length * size;
    let total = CONTAINER;
    for (const item of items) total += size(item);
    return total;
  };
}

/** Of an element where a vector holds its elements in one piece. */
function packedSize({ kind }: Type): number | undefined {
  if (isIntegerKind(kind)) return INTEGERS[kind].bits / 8;
  if (kind === 'bool') return 1;
  return kind === 'address' ? ADDRESS : undefined;
}

function datatypeSize(type: DatatypeType, loader: Loader): Size {
  const { shape } = type.datatype;
  if (shape.kind === 'struct') return fieldsSize(type, undefined, loader);
  const variants = shape.variants.map((_, variant) => fieldsSize(type, variant, loader));
  return (value) => {
    const { variant } = asDatatype(value);
    const size = variants[variant ?? 0];
    if (size === undefined) throw illTyped('has a variant that its type has not');
    return typeof size === 'number' ? size : size(value);
  };
}

function fieldsSize(
  { datatype, typeArguments }: DatatypeType,
  variant: number | undefined,
  loader: Loader,
): Size {
  let fixed = CONTAINER;
  const counted: (readonly [number, (value: Value) => number])[] = [];
  for (const [i, field] of datatype.fields(variant).entries()) {
    const size = sizeOf(loader.types.substitute(field.type, typeArguments), loader);
    if (typeof size === 'number') fixed += size;
    else counted.push([i, size]);
  }
  if (counted.length === 0) return fixed;
  return (value) => {
    const { fields } = asDatatype(value);
    let total = fixed;
    for (const [i, size] of counted) {
      const field = fields[i];
      if (field === undefined) throw illTyped('measures a field without a value');
      total += size(field);
    }
    return total;
  };
}

function asByteVector(value: Value): ByteVector {
  if (!(value instanceof ByteVector)) throw illTyped('takes another value for a vector of bytes');
  return value;
}

function asItemVector(value: Value): ItemVector {
  if (!(value instanceof ItemVector)) throw illTyped('takes another value for a vector');
  return value;
}

function asDatatype(value: Value): Struct {
  if (!(value instanceof Struct)) throw illTyped('takes another value for a struct');
  return value;
}
