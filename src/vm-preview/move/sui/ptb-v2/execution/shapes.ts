/** Reads and writes values of the types that commands name. */
import { StateError } from '../../../../errors';
import { BcsError } from '../../../core/bcs';
import type { DatatypeType, Loader, Type } from '../../../core/loader';
import type { StructTag, TypeTag } from '../../../core/types';
import type { Value } from '../../../core/values';
import { coinCurrency } from '../../data';
import { invariantViolation } from '../../execution/error';
import type { ValueType } from '../../execution/value';
import type { Id, Linkage } from '../../linkage';
import { containedIds } from '../../object-runtime';
import { COIN_SHAPE } from './coin-value';

/** A type and the loader whose codec knows it. */
export interface LoadedType {
  readonly type: Type;
  readonly loader: Loader;
}

export interface Shape extends LoadedType {
  readonly type: DatatypeType;
}

export interface DecodedObject {
  readonly value: Value;
  /** Its own id, and those of objects that it holds. */
  readonly containedIds: ReadonlySet<Id>;
}

export class Shapes {
  constructor(private readonly linkage: Linkage) {}

  /** Of bytes that were held to the type before. */
  pure(tag: TypeTag, bytes: Uint8Array): Value {
    const { loader, type } = this.typeOf(tag);
    return decoded(loader, type, bytes);
  }

  of(tag: StructTag): Shape {
    const { loader, type } = this.typeOf(tag);
    if (type.kind !== 'datatype') throw invariantViolation('Expected struct type tag');
    return { loader, type };
  }

  /** @param tag - with defining packages */
  typeOf(tag: TypeTag): LoadedType {
    if (tag.kind === 'struct' && coinCurrency(tag) !== undefined) return COIN_SHAPE;
    const context = this.linkage.context(undefined, [tag]);
    return { loader: context.loader, type: context.typeOf(tag) };
  }
}

/** @throws StateError for contents that are not of the type; MoveError where it is too large */
export function decodeObject({ loader, type }: Shape, contents: Uint8Array): DecodedObject {
  const value = decoded(loader, type, contents);
  return { value, containedIds: containedIds(value, type, loader) };
}

/** Of a type that is an object's. */
export function structTag({ tag }: ValueType): StructTag {
  if (tag.kind !== 'struct') throw invariantViolation('Expected struct type tag');
  return tag;
}

function decoded(loader: Loader, type: Type, bytes: Uint8Array): Value {
  try {
    return loader.codec.decode(bytes, type);
  } catch (error) {
    if (!(error instanceof BcsError)) throw error;
    throw new StateError('sui-object-contents', 'the contents of an object are not of its type', {
      type: type.key,
    });
  }
}
