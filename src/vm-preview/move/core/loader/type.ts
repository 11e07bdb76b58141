import type { PrimitiveKind } from '../format';
import type { VmConfig } from '../runtime/config';
import { MoveError } from '../runtime/errors';
import type { Datatype } from './datatype';

/** A type at run time. Interned by a `TypeTable`: equal types are the same object. */
export type Type =
  | PrimitiveType
  | VectorType
  | ReferenceType
  | DatatypeType
  | FunctionType
  | TypeParameter;

interface TypeBase {
  /** As the chain writes it, e.g. `0x1::coin::Coin<u8>`; unique in a table. */
  readonly key: string;
  /** False where a type parameter occurs in it. */
  readonly concrete: boolean;
  /** Types it is made of, itself among them; the chains price and bound types by it. */
  readonly nodes: number;
}

export interface PrimitiveType extends TypeBase {
  readonly kind: PrimitiveKind;
}

export interface VectorType extends TypeBase {
  readonly kind: 'vector';
  readonly element: Type;
}

export interface ReferenceType extends TypeBase {
  readonly kind: 'reference';
  readonly mutable: boolean;
  readonly to: Type;
}

export interface DatatypeType extends TypeBase {
  readonly kind: 'datatype';
  readonly datatype: Datatype;
  readonly typeArguments: readonly Type[];
}

export interface FunctionType extends TypeBase {
  readonly kind: 'function';
  readonly parameters: readonly Type[];
  readonly results: readonly Type[];
  readonly abilities: number;
}

export interface TypeParameter extends TypeBase {
  readonly kind: 'typeParameter';
  readonly index: number;
}

const PRIMITIVE_KINDS: readonly PrimitiveKind[] = [
  ...(['bool', 'address', 'signer', 'u8', 'u16', 'u32', 'u64', 'u128', 'u256'] as const),
  ...(['i8', 'i16', 'i32', 'i64', 'i128', 'i256'] as const),
];

const PRIMITIVES: ReadonlyMap<PrimitiveKind, PrimitiveType> = new Map(
  PRIMITIVE_KINDS.map((kind) => [kind, { kind, key: kind, concrete: true, nodes: 1 }]),
);

export function primitive(kind: PrimitiveKind): PrimitiveType {
  const type = PRIMITIVES.get(kind);
  if (type === undefined) throw new TypeError(`no primitive type ${kind}`);
  return type;
}

const keys = (types: readonly Type[]): string => types.map(({ key }) => key).join(', ');
const allConcrete = (types: readonly Type[]): boolean => types.every(({ concrete }) => concrete);
const nodesOf = (types: readonly Type[]): number =>
  types.reduce((sum, { nodes }) => sum + nodes, 0);

/** Makes types; the only way to have one, but for primitives. */
export class TypeTable {
  readonly #types = new Map<string, Type>();
  // What is made most often, found without its key: putting keys together takes most of the time.
  readonly #vectors = new Map<Type, VectorType>();
  readonly #immutable = new Map<Type, ReferenceType>();
  readonly #mutable = new Map<Type, ReferenceType>();
  /** Those without type arguments. */
  readonly #plain = new Map<Datatype, DatatypeType>();
  readonly #substituted = new Map<Type, Map<string, Type>>();
  readonly #bounded = new Set<Type>();

  constructor(private readonly config: VmConfig) {}

  vector(element: Type): VectorType {
    let known = this.#vectors.get(element);
    if (known === undefined) {
      known = this.#vector(element);
      this.#vectors.set(element, known);
    }
    return known;
  }

  #vector(element: Type): VectorType {
    const key = `vector<${element.key}>`;
    const { concrete } = element;
    return this.#intern({ kind: 'vector', key, concrete, nodes: 1 + element.nodes, element });
  }

  reference(to: Type, mutable: boolean): ReferenceType {
    const made = mutable ? this.#mutable : this.#immutable;
    let known = made.get(to);
    if (known === undefined) {
      known = this.#reference(to, mutable);
      made.set(to, known);
    }
    return known;
  }

  #reference(to: Type, mutable: boolean): ReferenceType {
    const key = `${mutable ? '&mut ' : '&'}${to.key}`;
    const { concrete } = to;
    return this.#intern({ kind: 'reference', key, concrete, nodes: 1 + to.nodes, to, mutable });
  }

  datatype(datatype: Datatype, typeArguments: readonly Type[]): DatatypeType {
    if (typeArguments.length > 0) return this.#datatype(datatype, typeArguments);
    let known = this.#plain.get(datatype);
    if (known === undefined) {
      known = this.#datatype(datatype, typeArguments);
      this.#plain.set(datatype, known);
    }
    return known;
  }

  #datatype(datatype: Datatype, typeArguments: readonly Type[]): DatatypeType {
    const key =
      typeArguments.length === 0 ? datatype.key : `${datatype.key}<${keys(typeArguments)}>`;
    const concrete = allConcrete(typeArguments);
    const nodes = 1 + nodesOf(typeArguments);
    return this.#intern({ kind: 'datatype', key, concrete, nodes, datatype, typeArguments });
  }

  function(parameters: readonly Type[], results: readonly Type[], abilities: number): FunctionType {
    const key = `|${keys(parameters)}|(${keys(results)}) with ${abilities}`;
    const concrete = allConcrete(parameters) && allConcrete(results);
    const nodes = 1 + nodesOf(parameters) + nodesOf(results);
    return this.#intern({
      kind: 'function',
      key,
      concrete,
      nodes,
      parameters,
      results,
      abilities,
    });
  }

  parameter(index: number): TypeParameter {
    const key = `#${index}`;
    return this.#intern({ kind: 'typeParameter', key, concrete: false, nodes: 1, index });
  }

  /**
   * As `substitute`, at run time, where the chain bounds what comes out (runtime_types.rs,
   * `create_ty_with_subst`).
   *
   * @throws MoveError TOO_MANY_TYPE_NODES, VM_MAX_TYPE_DEPTH_REACHED
   */
  instantiate(type: Type, typeArguments: readonly Type[]): Type {
    if (type.kind === 'datatype' && type.typeArguments.length > 0)
      this.requireFewArguments(typeArguments, type.typeArguments);
    const result = this.substitute(type, typeArguments);
    if (typeArguments.length > 0) this.requireBounded(result);
    return result;
  }

  /**
   * What Sui bounds: type arguments of the running function, and of what it names (its loader.rs).
   *
   * @throws MoveError TOO_MANY_TYPE_NODES
   */
  requireFewArguments(own: readonly Type[], named: readonly Type[]): void {
    const { countsTypeArguments, maxTypeNodes } = this.config;
    if (countsTypeArguments && 1 + nodesOf(own) + nodesOf(named) > maxTypeNodes)
      throw new MoveError('TOO_MANY_TYPE_NODES');
  }

  /** @throws MoveError TOO_MANY_TYPE_NODES, VM_MAX_TYPE_DEPTH_REACHED */
  requireBounded(type: Type): void {
    if (this.#bounded.has(type)) return;
    this.#bound(type, { nodes: 0 }, 1);
    this.#bounded.add(type);
  }

  #bound(type: Type, count: { nodes: number }, depth: number): void {
    const { maxTypeNodes, maxTypeDepth, countsReferences, countsTypeArguments } = this.config;
    if (type.kind === 'reference' && !countsReferences) {
      this.#bound(type.to, count, depth);
      return;
    }
    if (count.nodes >= maxTypeNodes && !countsTypeArguments)
      throw new MoveError('TOO_MANY_TYPE_NODES', {
        reason: `Type size is larger than maximum ${maxTypeNodes}`,
      });
    if (depth > maxTypeDepth)
      throw new MoveError('VM_MAX_TYPE_DEPTH_REACHED', {
        reason: `Type depth is larger than maximum ${maxTypeDepth}`,
      });
    count.nodes++;
    for (const part of partsOf(type)) this.#bound(part, count, depth + 1);
  }

  /** The type with `typeArguments` in the place of its parameters. */
  substitute(type: Type, typeArguments: readonly Type[]): Type {
    if (type.concrete || typeArguments.length === 0) return type;
    const argumentsKey = keys(typeArguments);
    let known = this.#substituted.get(type);
    if (known === undefined) {
      known = new Map();
      this.#substituted.set(type, known);
    }
    let result = known.get(argumentsKey);
    if (result === undefined) {
      result = this.#substitute(type, typeArguments);
      known.set(argumentsKey, result);
    }
    return result;
  }

  substituteAll(types: readonly Type[], typeArguments: readonly Type[]): readonly Type[] {
    return allConcrete(types) ? types : types.map((type) => this.substitute(type, typeArguments));
  }

  #substitute(type: Type, typeArguments: readonly Type[]): Type {
    switch (type.kind) {
      case 'typeParameter': {
        const argument = typeArguments[type.index];
        if (argument === undefined) throw new TypeError(`no type argument ${type.index}`);
        return argument;
      }
      case 'vector':
        return this.vector(this.substitute(type.element, typeArguments));
      case 'reference':
        return this.reference(this.substitute(type.to, typeArguments), type.mutable);
      case 'datatype':
        return this.datatype(type.datatype, this.substituteAll(type.typeArguments, typeArguments));
      case 'function':
        return this.function(
          this.substituteAll(type.parameters, typeArguments),
          this.substituteAll(type.results, typeArguments),
          type.abilities,
        );
      default:
        return type;
    }
  }

  #intern<T extends Type>(type: T): T {
    const known = this.#types.get(type.key);
    if (known === undefined) {
      this.#types.set(type.key, type);
      return type;
    }
    if (!sameKind(known, type)) throw new TypeError(`two types are called ${type.key}`);
    return known;
  }
}

function partsOf(type: Type): readonly Type[] {
  switch (type.kind) {
    case 'vector':
      return [type.element];
    case 'reference':
      return [type.to];
    case 'datatype':
      return type.typeArguments;
    case 'function':
      return [...type.parameters, ...type.results];
    default:
      return [];
  }
}

function sameKind<T extends Type>(known: Type, wanted: T): known is T {
  return known.kind === wanted.kind;
}
