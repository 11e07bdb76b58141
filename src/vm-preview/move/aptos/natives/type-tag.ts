import type { Type } from '../../core/loader';
import { typeTagOf } from '../../core/loader/type-tag';
import { MoveError } from '../../core/runtime';
import type { TypeTag } from '../../core/types';

/** `type_max_cost`, `type_base_cost` and, for a byte of a struct's name, 1 (prod_configs.rs). */
const COST_MAX = 5000;
const NODE_COST = 100;
const ADDRESS_LENGTH = 32;

const ENCODER = new TextEncoder();

/** The tag of a type. @throws MoveError TYPE_TAG_LIMIT_EXCEEDED for one too large (ty_tag_converter.rs) */
export function limitedTypeTag(type: Type): TypeTag {
  if (costOf(type) > COST_MAX) throw new MoveError('TYPE_TAG_LIMIT_EXCEEDED');
  return typeTagOf(type);
}

function costOf(type: Type): number {
  const sum = (types: readonly Type[]): number =>
    types.reduce((cost, inner) => cost + costOf(inner), NODE_COST);
  switch (type.kind) {
    case 'vector':
      return sum([type.element]);
    case 'datatype': {
      const { module, name } = type.datatype;
      const names = ENCODER.encode(module.name + name).length;
      return sum(type.typeArguments) + ADDRESS_LENGTH + names;
    }
    case 'function':
      return sum([...type.parameters, ...type.results]);
    case 'reference':
      // Of a function's parameter: what it refers to is a node, and the reference none.
      return costOf(type.to);
    default:
      return NODE_COST;
  }
}
