/** What the operands of field, datatype and variant instructions point at, in both flavours. */
import { at } from './at';
import type { Field } from './datatype';
import type { LinkedUnit } from './module';
import type { DatatypeType, Type } from './type';

const NONE: readonly Type[] = [];

/** A datatype, or one variant of it. */
export interface DatatypeTarget {
  readonly type: DatatypeType;
  readonly variant: number | undefined;
}

export function structTarget(
  owner: LinkedUnit,
  definition: number,
  generic: boolean,
): DatatypeTarget {
  const { unit } = owner;
  if (!generic) return { type: structType(owner, definition, NONE), variant: undefined };
  const instantiation = at(unit.structInstantiations, definition);
  const typeArguments = owner.signature(instantiation.typeArguments);
  return { type: structType(owner, instantiation.generic, typeArguments), variant: undefined };
}

/** @param index - into `variantHandles`, or the flavour's table of instantiations of them */
export function variantTarget(owner: LinkedUnit, index: number, generic: boolean): DatatypeTarget {
  const { unit } = owner;
  if (unit.flavour === 'sui') {
    if (!generic) {
      const handle = at(unit.variantHandles, index);
      return { type: enumType(owner, handle.owner, NONE), variant: handle.variant };
    }
    const handle = at(unit.enumVariantInstantiations, index);
    const instantiation = at(unit.enumInstantiations, handle.owner);
    const typeArguments = owner.signature(instantiation.typeArguments);
    return { type: enumType(owner, instantiation.generic, typeArguments), variant: handle.variant };
  }
  const instantiation = generic ? at(unit.variantInstantiations, index) : undefined;
  const handle = at(unit.variantHandles, instantiation?.generic ?? index);
  const typeArguments =
    instantiation === undefined ? NONE : owner.signature(instantiation.typeArguments);
  return { type: structType(owner, handle.owner, typeArguments), variant: handle.variant };
}

export interface FieldTarget {
  readonly index: number;
  readonly variants: readonly number[] | undefined;
  readonly owner: DatatypeType;
  readonly type: Type;
}

export function fieldTarget(owner: LinkedUnit, index: number, generic: boolean): FieldTarget {
  const { unit } = owner;
  const instantiation = generic ? at(unit.fieldInstantiations, index) : undefined;
  const handle = at(unit.fieldHandles, instantiation?.generic ?? index);
  const typeArguments =
    instantiation === undefined ? NONE : owner.signature(instantiation.typeArguments);
  const type = structType(owner, handle.owner, typeArguments);
  const fieldType = at(fieldTypes(owner, { type, variant: undefined }), handle.field);
  return { index: handle.field, variants: undefined, owner: type, type: fieldType };
}

export function variantFieldTarget(
  owner: LinkedUnit,
  index: number,
  generic: boolean,
): FieldTarget {
  const { unit } = owner;
  const instantiation = generic ? at(unit.variantFieldInstantiations, index) : undefined;
  const handle = at(unit.variantFieldHandles, instantiation?.generic ?? index);
  const typeArguments =
    instantiation === undefined ? NONE : owner.signature(instantiation.typeArguments);
  const type = structType(owner, handle.owner, typeArguments);
  const fieldType = at(fieldTypes(owner, { type, variant: at(handle.variants, 0) }), handle.field);
  return { index: handle.field, variants: handle.variants, owner: type, type: fieldType };
}

/** In terms of the type parameters that the target itself is written in. */
export function fieldTypes(owner: LinkedUnit, { type, variant }: DatatypeTarget): readonly Type[] {
  const fields: readonly Field[] = type.datatype.fields(variant);
  return owner.loader.types.substituteAll(
    fields.map((field) => field.type),
    type.typeArguments,
  );
}

function structType(owner: LinkedUnit, definition: number, typeArguments: readonly Type[]) {
  return declaredType(owner, at(owner.unit.structDefinitions, definition).handle, typeArguments);
}

function enumType(owner: LinkedUnit, definition: number, typeArguments: readonly Type[]) {
  return declaredType(owner, at(owner.unit.enumDefinitions, definition).handle, typeArguments);
}

function declaredType(
  owner: LinkedUnit,
  handle: number,
  typeArguments: readonly Type[],
): DatatypeType {
  const { unit, id, loader } = owner;
  if (id === undefined) throw new TypeError('a script declares no types');
  const name = at(unit.identifiers, at(unit.datatypeHandles, handle).name);
  return loader.types.datatype(loader.datatype(id, name), typeArguments);
}
