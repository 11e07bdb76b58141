/** Types as commands and objects name them (env.rs `load_type_input`, `load_type_from_struct`). */
import type { StructTag, TypeTag } from '../../../core/types';
import { Address } from '../../../core/values';
import { SIGNER_ABILITIES, VALUE_ABILITIES } from '../../../core/verifier/abilities';
import { coinCurrency } from '../../data';
import { ExecutionError } from '../../execution/error';
import { type ValueType, valueType } from '../../execution/value';
import { idOf, type Linkage, TypeLoadError } from '../../linkage';
import { abilitiesOf, declarationOf, has } from '../../linkage/abilities';
import { KEY, STORE } from './ptb-type';

export class TypeLoader {
  constructor(private readonly linkage: Linkage) {}

  /**
   * A type that a command gives, where any version of a package may stand for the one that defined it.
   *
   * @param place - index of the type argument
   * @throws ExecutionError TypeArgumentError, TypeArityMismatch; MissingObjectsError
   */
  input(tag: TypeTag, place: number): ValueType {
    return this.#load(this.#defining(tag, place), place);
  }

  /** The type of an object. Nothing is loaded for a coin. @throws MissingObjectsError */
  object(tag: StructTag): ValueType & { readonly tag: StructTag } {
    if (coinCurrency(tag) !== undefined) return { ...valueType(tag, KEY | STORE), tag };
    return { ...this.#load(tag, undefined), tag };
  }

  #defining(tag: TypeTag, place: number): TypeTag {
    if (tag.kind === 'vector')
      return { kind: 'vector', element: this.#defining(tag.element, place) };
    if (tag.kind !== 'struct') return tag;
    const origin = this.linkage.packages.find(idOf(tag.address))?.originOf(tag.module, tag.name);
    if (origin === undefined) throw typeError(place, 'TypeNotFound');
    return {
      ...tag,
      address: Address.parse(origin).bytes,
      typeArguments: tag.typeArguments.map((argument) => this.#defining(argument, place)),
    };
  }

  #load(tag: TypeTag, place: number | undefined): ValueType {
    if (tag.kind === 'vector')
      return valueType(tag, VALUE_ABILITIES & this.#load(tag.element, place).abilities);
    if (tag.kind !== 'struct')
      return valueType(tag, tag.kind === 'signer' ? SIGNER_ABILITIES : VALUE_ABILITIES);
    const context = this.linkage.context(undefined, [tag]);
    const type = context.typeOf(tag);
    if (type.kind !== 'datatype') throw new TypeError('a struct is a datatype');
    const constraints = declarationOf(context.loader, type)?.typeParameters ?? [];
    if (constraints.length !== type.typeArguments.length)
      throw failure(place, 'NUMBER_OF_TYPE_ARGUMENTS_MISMATCH');
    const given = tag.typeArguments.map((argument) => this.#load(argument, place));
    for (const [i, { abilities }] of given.entries())
      if (!has(abilities, constraints[i]?.constraints ?? 0))
        throw failure(place, 'CONSTRAINT_NOT_SATISFIED');
    return valueType(tag, abilitiesOf(context.loader, type));
  }
}

function typeError(
  argument: number,
  kind: 'TypeNotFound' | 'ConstraintNotSatisfied',
): ExecutionError {
  return new ExecutionError({ kind: 'TypeArgumentError', argument, error: { kind } });
}

/** Of a type argument as such, of an object's type as the Move VM fails (`convert_type_argument_error`). */
function failure(
  place: number | undefined,
  status: 'NUMBER_OF_TYPE_ARGUMENTS_MISMATCH' | 'CONSTRAINT_NOT_SATISFIED',
): Error {
  if (place === undefined) return new TypeLoadError(status);
  return status === 'CONSTRAINT_NOT_SATISFIED'
    ? typeError(place, 'ConstraintNotSatisfied')
    : new ExecutionError({ kind: 'TypeArityMismatch' });
}
