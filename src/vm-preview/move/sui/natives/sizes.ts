/** Sizes by which natives are priced: how the VM counted memory at first (values_impl.rs, `legacy_size`). */
import type { Loader, Type } from '../../core/loader';
import type { TypeTag } from '../../core/types';
import {
  ByteVector,
  INTEGERS,
  ItemVector,
  illTyped,
  isIntegerKind,
  Struct,
  type Value,
} from '../../core/values';
import { abstractSize } from '../gas/abstract-size';
import type { SuiNativeContext } from './context';

const CONSTANT = 16;
const STRUCT = 2;
const VARIANT_TAG = 2;
const ADDRESS = 32;
/** Of a reference, to whatever. */
export const REFERENCE_SIZE = 8;

/** Of a type tag, whatever is in it: an enum's base and a box. */
const TAG = 24;

const encoder = new TextEncoder();

/** @param type - in `loader` */
export function legacySize(value: Value, type: Type, loader: Loader): number {
  switch (type.kind) {
    case 'address':
      return ADDRESS;
    case 'vector':
      return vectorSize(value, type.element, loader);
    case 'datatype': {
      if (!(value instanceof Struct)) throw illTyped('measures what is no struct');
      const { datatype, typeArguments } = type;
      const tag = datatype.shape.kind === 'enum' ? VARIANT_TAG : 0;
      return datatype.fields(value.variant).reduce<number>((sum, field, i) => {
        const inner = value.fields[i];
        if (inner === undefined) throw illTyped('measures a field without a value');
        return sum + legacySize(inner, loader.types.substitute(field.type, typeArguments), loader);
      }, STRUCT + tag);
    }
    case 'reference':
      return REFERENCE_SIZE;
    default:
      return CONSTANT;
  }
}

function vectorSize(value: Value, element: Type, loader: Loader): number {
  if (value instanceof ByteVector) return value.length;
  if (!(value instanceof ItemVector)) throw illTyped('measures what is no vector');
  if (element.kind === 'bool') return value.length;
  if (element.kind === 'address') return value.length * ADDRESS;
  if (isIntegerKind(element.kind)) return (value.length * INTEGERS[element.kind].bits) / 8;
  return value.items.reduce<number>((sum, item) => sum + legacySize(item, element, loader), STRUCT);
}

/** `abstract_size_for_gas_metering` of a tag; of a struct's tag alone, `inner` of it. */
export function tagSize(tag: TypeTag): number {
  return TAG + innerTagSize(tag);
}

/** Of a struct's tag as such, or of what a tag of another kind holds. */
export function innerTagSize(tag: TypeTag): number {
  switch (tag.kind) {
    case 'vector':
      return tagSize(tag.element);
    case 'struct':
      return tag.typeArguments.reduce(
        (sum, argument) => sum + tagSize(argument),
        ADDRESS + encoder.encode(tag.module).length + encoder.encode(tag.name).length,
      );
    default:
      return 0;
  }
}

/**
 * By which a value is priced: by its kinds of integers since the object runtime counts so
 * (`abstract_size_in_object_runtime`), before as the VM counted memory at first.
 *
 * @param type - in `loader`
 */
export function pricedSize(
  { protocol }: SuiNativeContext,
  value: Value,
  type: Type,
  loader: Loader,
): number {
  return protocol.feature(ABSTRACT_SIZES)
    ? abstractSize(value, type, loader, false)
    : legacySize(value, type, loader);
}

export const ABSTRACT_SIZES = 'abstract_size_in_object_runtime';
