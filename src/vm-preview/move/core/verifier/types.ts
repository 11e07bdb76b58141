/** Types while code is checked: equal ones are the same object, so that comparing costs nothing. */
import type { AbilitySet, PrimitiveKind, Signature, SignatureToken } from '../format';
import { at } from '../loader/at';
import {
  has,
  polymorphic,
  REFERENCE_ABILITIES,
  SIGNER_ABILITIES,
  VALUE_ABILITIES,
} from './abilities';
import type { Unit } from './instruction';

interface Base {
  readonly id: number;
  /** Nodes of the type written out. */
  readonly size: number;
  /** No type parameter occurs in it. */
  readonly concrete: boolean;
}

export type CodeType = Base &
  (
    | { readonly kind: PrimitiveKind }
    | { readonly kind: 'vector'; readonly element: CodeType }
    | { readonly kind: 'reference'; readonly mutable: boolean; readonly to: CodeType }
    | {
        readonly kind: 'datatype';
        readonly handle: number;
        readonly typeArguments: readonly CodeType[];
      }
    | { readonly kind: 'typeParameter'; readonly index: number }
    | {
        readonly kind: 'function';
        readonly parameters: readonly CodeType[];
        readonly results: readonly CodeType[];
        readonly abilities: AbilitySet;
      }
  );

const ids = (types: readonly CodeType[]): string => types.map(({ id }) => id).join(',');
const sizes = (types: readonly CodeType[]): number =>
  types.reduce((sum, { size }) => sum + size, 0);
const concrete = (types: readonly CodeType[]): boolean => types.every((type) => type.concrete);

/** Makes the types of one module or script. */
export class CodeTypes {
  readonly #types = new Map<string, CodeType>();
  readonly #tokens = new Map<SignatureToken, CodeType>();
  readonly #signatures: (readonly CodeType[])[] = [];
  readonly #instances = new Map<CodeType, Map<readonly CodeType[], CodeType>>();

  constructor(private readonly unit: Unit) {}

  primitive(kind: PrimitiveKind): CodeType {
    return this.#intern(kind, 1, true, (base) => ({ ...base, kind }));
  }

  vector(element: CodeType): CodeType {
    const { size, id } = element;
    return this.#intern(`[${id}`, size + 1, element.concrete, (base) => ({
      ...base,
      kind: 'vector',
      element,
    }));
  }

  reference(to: CodeType, mutable: boolean): CodeType {
    const key = `${mutable ? '*' : '&'}${to.id}`;
    return this.#intern(key, to.size + 1, to.concrete, (base) => ({
      ...base,
      kind: 'reference',
      mutable,
      to,
    }));
  }

  datatype(handle: number, typeArguments: readonly CodeType[]): CodeType {
    const key = `${handle}<${ids(typeArguments)}`;
    return this.#intern(key, 1 + sizes(typeArguments), concrete(typeArguments), (base) => ({
      ...base,
      kind: 'datatype',
      handle,
      typeArguments,
    }));
  }

  parameter(index: number): CodeType {
    return this.#intern(`#${index}`, 1, false, (base) => ({
      ...base,
      kind: 'typeParameter',
      index,
    }));
  }

  function(
    parameters: readonly CodeType[],
    results: readonly CodeType[],
    abilities: AbilitySet,
  ): CodeType {
    const key = `|${ids(parameters)}|${ids(results)}|${abilities}`;
    const size = 1 + sizes(parameters) + sizes(results);
    return this.#intern(key, size, concrete(parameters) && concrete(results), (base) => ({
      ...base,
      kind: 'function',
      parameters,
      results,
      abilities,
    }));
  }

  token(token: SignatureToken): CodeType {
    let type = this.#tokens.get(token);
    if (type === undefined) {
      type = this.#make(token);
      this.#tokens.set(token, type);
    }
    return type;
  }

  tokens(signature: Signature): readonly CodeType[] {
    return signature.map((token) => this.token(token));
  }

  /** The types of a signature, by its index; the same array each time. */
  signature(index: number): readonly CodeType[] {
    let types = this.#signatures[index];
    if (types === undefined) {
      types = this.tokens(at(this.unit.signatures, index));
      this.#signatures[index] = types;
    }
    return types;
  }

  /** The type with arguments in the place of its parameters; no arguments leave it as it is. */
  instantiate(type: CodeType, typeArguments: readonly CodeType[]): CodeType {
    if (type.concrete || typeArguments.length === 0) return type;
    let known = this.#instances.get(type);
    if (known === undefined) {
      known = new Map();
      this.#instances.set(type, known);
    }
    let instance = known.get(typeArguments);
    if (instance === undefined) {
      instance = this.#instantiate(type, typeArguments);
      known.set(typeArguments, instance);
    }
    return instance;
  }

  #instantiate(type: CodeType, typeArguments: readonly CodeType[]): CodeType {
    const inner = (part: CodeType): CodeType => this.instantiate(part, typeArguments);
    switch (type.kind) {
      case 'typeParameter':
        return at(typeArguments, type.index);
      case 'vector':
        return this.vector(inner(type.element));
      case 'reference':
        return this.reference(inner(type.to), type.mutable);
      case 'datatype':
        return this.datatype(type.handle, type.typeArguments.map(inner));
      case 'function':
        return this.function(type.parameters.map(inner), type.results.map(inner), type.abilities);
      default:
        return type;
    }
  }

  #make(token: SignatureToken): CodeType {
    switch (token.kind) {
      case 'vector':
        return this.vector(this.token(token.element));
      case 'reference':
        return this.reference(this.token(token.to), token.mutable);
      case 'datatype':
        return this.datatype(token.handle, this.tokens(token.typeArguments));
      case 'typeParameter':
        return this.parameter(token.index);
      case 'function':
        return this.function(
          this.tokens(token.parameters),
          this.tokens(token.results),
          token.abilities,
        );
      default:
        return this.primitive(token.kind);
    }
  }

  #intern(
    key: string,
    size: number,
    isConcrete: boolean,
    make: (base: Base) => CodeType,
  ): CodeType {
    let type = this.#types.get(key);
    if (type === undefined) {
      type = make({ id: this.#types.size, size, concrete: isConcrete });
      this.#types.set(key, type);
    }
    return type;
  }
}

/** binary_views.rs, `abilities`. @param parameters - of the type parameters at hand */
export function abilitiesOf(
  unit: Unit,
  type: CodeType,
  parameters: readonly AbilitySet[],
): AbilitySet {
  switch (type.kind) {
    case 'reference':
      return REFERENCE_ABILITIES;
    case 'signer':
      return SIGNER_ABILITIES;
    case 'typeParameter':
      return at(parameters, type.index);
    case 'vector':
      return polymorphic(VALUE_ABILITIES, () => false, [
        abilitiesOf(unit, type.element, parameters),
      ]);
    case 'function':
      return type.abilities;
    case 'datatype': {
      const { abilities, typeParameters } = at(unit.datatypeHandles, type.handle);
      return polymorphic(
        abilities,
        (i) => at(typeParameters, i).isPhantom,
        type.typeArguments.map((argument) => abilitiesOf(unit, argument, parameters)),
      );
    }
    default:
      return VALUE_ABILITIES;
  }
}

/** A value of the second type may stand where the first is wanted (file_format.rs, `is_assignable_from`). */
export function isAssignable(wanted: CodeType, given: CodeType): boolean {
  if (wanted === given) return true;
  if (wanted.kind === 'reference' && given.kind === 'reference')
    return !wanted.mutable && !given.mutable && isAssignable(wanted.to, given.to);
  return (
    wanted.kind === 'function' &&
    given.kind === 'function' &&
    sameList(wanted.parameters, given.parameters) &&
    sameList(wanted.results, given.results) &&
    has(given.abilities, wanted.abilities)
  );
}

function sameList(a: readonly CodeType[], b: readonly CodeType[]): boolean {
  return a.length === b.length && a.every((type, i) => type === b[i]);
}
