import type { DatatypeType, FunctionInstance, Type } from '../../core/loader';

/** Numbers of nodes of some types, and their sum. */
export interface NodeCounts {
  readonly each: readonly number[];
  readonly sum: number;
}

/** Counts the nodes of types with their type arguments in place, without making the types. */
export class TypeNodes {
  readonly #fields = new Map<DatatypeType, Map<number | undefined, NodeCounts>>();
  readonly #locals = new Map<FunctionInstance, NodeCounts>();

  ofFields(type: DatatypeType, variant: number | undefined): NodeCounts {
    let byVariant = this.#fields.get(type);
    if (byVariant === undefined) {
      byVariant = new Map();
      this.#fields.set(type, byVariant);
    }
    let counts = byVariant.get(variant);
    if (counts === undefined) {
      const fields = type.datatype.fields(variant).map((field) => field.type);
      counts = countsOf(fields, type.typeArguments);
      byVariant.set(variant, counts);
    }
    return counts;
  }

  /** Of all locals, parameters among them. */
  ofLocals(callee: FunctionInstance): NodeCounts {
    let counts = this.#locals.get(callee);
    if (counts === undefined) {
      counts = countsOf(callee.definition.locals, callee.typeArguments);
      this.#locals.set(callee, counts);
    }
    return counts;
  }
}

function countsOf(types: readonly Type[], typeArguments: readonly Type[]): NodeCounts {
  const each = types.map((type) => nodesIn(type, typeArguments));
  return { each, sum: each.reduce((sum, nodes) => sum + nodes, 0) };
}

function nodesIn(type: Type, typeArguments: readonly Type[]): number {
  if (type.concrete) return type.nodes;
  const all = (types: readonly Type[]): number =>
    types.reduce((sum, part) => sum + nodesIn(part, typeArguments), 0);
  switch (type.kind) {
    case 'typeParameter':
      return typeArguments[type.index]?.nodes ?? 1;
    case 'vector':
      return 1 + nodesIn(type.element, typeArguments);
    case 'reference':
      return 1 + nodesIn(type.to, typeArguments);
    case 'datatype':
      return 1 + all(type.typeArguments);
    case 'function':
      return 1 + all(type.parameters) + all(type.results);
    default:
      return 1;
  }
}
