import type { BcsReader, BcsWriter } from '../bcs';

const PRIMITIVES = [
  [0, 'bool'],
  [1, 'u8'],
  [2, 'u64'],
  [3, 'u128'],
  [4, 'address'],
  [5, 'signer'],
  [8, 'u16'],
  [9, 'u32'],
  [10, 'u256'],
  [12, 'i8'],
  [13, 'i16'],
  [14, 'i32'],
  [15, 'i64'],
  [16, 'i128'],
  [17, 'i256'],
] as const;

const VECTOR = 6;
const STRUCT = 7;
/** Aptos; signed integers came after it, so theirs are 12 to 17. */
const FUNCTION = 11;
const VARIANTS = 18;

const PASSING = ['reference', 'mutableReference', 'value'] as const;

export type PrimitiveTag = (typeof PRIMITIVES)[number][1];

/** `TypeTag` of move-core-types (language_storage.rs): a type without type parameters. */
export type TypeTag =
  | { readonly kind: PrimitiveTag }
  | { readonly kind: 'vector'; readonly element: TypeTag }
  | StructTag
  | FunctionTag;

export interface StructTag {
  readonly kind: 'struct';
  /** 32 bytes. */
  readonly address: Uint8Array;
  readonly module: string;
  readonly name: string;
  readonly typeArguments: readonly TypeTag[];
}

export interface FunctionTag {
  readonly kind: 'function';
  readonly parameters: readonly PassedTag[];
  readonly results: readonly PassedTag[];
  /** Sum of copy 1, drop 2, store 4, key 8. */
  readonly abilities: number;
}

/** What a function takes or returns, and how. */
export interface PassedTag {
  readonly by: (typeof PASSING)[number];
  readonly tag: TypeTag;
}

const ADDRESS_LENGTH = 32;

/** Vectors, structs and functions in each other that Aptos reads (safe_serialize.rs). */
export const MAX_TYPE_TAG_NESTING = 8;

const BY_VARIANT = new Map<number, PrimitiveTag>(PRIMITIVES);
const BY_KIND = new Map<string, number>(PRIMITIVES.map(([variant, kind]) => [kind, variant]));

/**
 * @param levels - how many vectors, structs and functions may be in each other
 * @throws BcsError for a variant unknown or types deeper than that
 */
export function readTypeTag(reader: BcsReader, levels = MAX_TYPE_TAG_NESTING): TypeTag {
  const at = reader.position;
  const variant = reader.variant(VARIANTS, 'type tag');
  const kind = BY_VARIANT.get(variant);
  if (kind !== undefined) return { kind };
  if (levels === 0) throw reader.fail('length', 'a type tag too deep', at);
  if (variant === VECTOR) return { kind: 'vector', element: readTypeTag(reader, levels - 1) };
  return variant === STRUCT
    ? readStructTag(reader, levels - 1)
    : readFunctionTag(reader, levels - 1);
}

/** @param levels - as for `readTypeTag`, of each type argument */
export function readStructTag(reader: BcsReader, levels = MAX_TYPE_TAG_NESTING): StructTag {
  return {
    kind: 'struct',
    address: reader.take(ADDRESS_LENGTH, 'address of a struct tag').slice(),
    module: reader.string('module of a struct tag'),
    name: reader.string('name of a struct tag'),
    typeArguments: reader.list('type arguments', (inner) => readTypeTag(inner, levels)),
  };
}

function readFunctionTag(reader: BcsReader, levels: number): FunctionTag {
  const passed = (inner: BcsReader): PassedTag => {
    const by = PASSING[inner.variant(PASSING.length, 'passing of a value')];
    if (by === undefined) throw inner.fail('variant', 'passing of a value');
    return { by, tag: readTypeTag(inner, levels) };
  };
  const parameters = reader.list('parameters of a function tag', passed);
  const results = reader.list('results of a function tag', passed);
  const at = reader.position;
  const abilities = reader.u8('abilities of a function tag');
  if (abilities > 0xf) throw reader.fail('out-of-range', 'abilities of a function tag', at);
  return { kind: 'function', parameters, results, abilities };
}

export function writeTypeTag(writer: BcsWriter, tag: TypeTag): void {
  switch (tag.kind) {
    case 'vector':
      writer.uleb32(VECTOR);
      writeTypeTag(writer, tag.element);
      break;
    case 'struct':
      writer.uleb32(STRUCT);
      writeStructTag(writer, tag);
      break;
    case 'function': {
      const passed = (inner: BcsWriter, { by, tag: type }: PassedTag): void => {
        inner.uleb32(PASSING.indexOf(by));
        writeTypeTag(inner, type);
      };
      writer.uleb32(FUNCTION).list(tag.parameters, passed).list(tag.results, passed);
      writer.u8(tag.abilities);
      break;
    }
    default:
      // A kind that is no primitive has no variant, and -1 is refused.
      writer.uleb32(BY_KIND.get(tag.kind) ?? -1, 'type tag');
  }
}

export function writeStructTag(writer: BcsWriter, tag: StructTag): void {
  writer.bytes(tag.address).string(tag.module).string(tag.name);
  writer.list(tag.typeArguments, writeTypeTag);
}
