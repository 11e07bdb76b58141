/** BCS of layouts, as stored functions carry them (move-core-types, value.rs). */
import { CannotPreview } from '../../../errors';
import type { BcsReader, BcsWriter } from '../bcs';
import type { PrimitiveKind } from '../format';
import type { Layout } from '../values';

const PRIMITIVES: readonly (readonly [number, PrimitiveKind | 'function'])[] = [
  [0, 'bool'],
  [1, 'u8'],
  [2, 'u64'],
  [3, 'u128'],
  [4, 'address'],
  [7, 'signer'],
  [8, 'u16'],
  [9, 'u32'],
  [10, 'u256'],
  [12, 'function'],
  [13, 'i8'],
  [14, 'i16'],
  [15, 'i32'],
  [16, 'i64'],
  [17, 'i128'],
  [18, 'i256'],
];
const VECTOR = 5;
const STRUCT = 6;
/** A delayed field, which is never captured. */
const NATIVE = 11;
const VARIANT_COUNT = 19;

const BY_VARIANT = new Map(PRIMITIVES);
const BY_KIND = new Map<string, number>(PRIMITIVES.map(([variant, kind]) => [kind, variant]));

/** Variants of `MoveStructLayout` that have no names in them, and of all. */
const RUNTIME = 0;
const RUNTIME_VARIANTS = 1;
const STRUCT_VARIANT_COUNT = 5;

/** Nesting of layouts that is read; deeper values are refused anyway. */
const DEPTH_MAX = 128;

export function writeLayout(writer: BcsWriter, layout: Layout): void {
  switch (layout.kind) {
    case 'vector':
      writer.uleb32(VECTOR);
      writeLayout(writer, layout.element);
      break;
    case 'struct':
      writer.uleb32(STRUCT).uleb32(RUNTIME).list(layout.fields, writeLayout);
      break;
    case 'enum':
      writer.uleb32(STRUCT).uleb32(RUNTIME_VARIANTS);
      writer.list(layout.variants, (inner, fields) => inner.list(fields, writeLayout));
      break;
    default:
      writer.uleb32(BY_KIND.get(layout.kind) ?? -1, 'layout');
  }
}

/** @throws BcsError; CannotPreview for a kind of layout that the chain does not store */
export function readLayout(reader: BcsReader, depth = 1): Layout {
  const at = reader.position;
  if (depth > DEPTH_MAX) throw reader.fail('length', 'a layout too deep', at);
  const variant = reader.variant(VARIANT_COUNT, 'layout');
  const kind = BY_VARIANT.get(variant);
  if (kind !== undefined) return { kind };
  const inner = (from: BcsReader): Layout => readLayout(from, depth + 1);
  if (variant === VECTOR) return { kind: 'vector', element: inner(reader) };
  if (variant === NATIVE)
    throw new CannotPreview('move-layout', 'a function value that captures a delayed field');
  switch (reader.variant(STRUCT_VARIANT_COUNT, 'struct layout')) {
    case RUNTIME:
      return { kind: 'struct', fields: reader.list('fields of a layout', inner) };
    case RUNTIME_VARIANTS:
      return {
        kind: 'enum',
        variants: reader.list('variants of a layout', (from) =>
          from.list('fields of a layout', inner),
        ),
      };
    default:
      throw new CannotPreview('move-layout', 'a function value with a layout that has names');
  }
}
