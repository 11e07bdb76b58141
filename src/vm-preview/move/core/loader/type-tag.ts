import type { PassedTag, TypeTag } from '../types';
import { Address, illTyped } from '../values';
import type { Type } from './type';

/** The tag of a concrete type, e.g. for a key of global storage. */
export function typeTagOf(type: Type): TypeTag {
  switch (type.kind) {
    case 'vector':
      return { kind: 'vector', element: typeTagOf(type.element) };
    case 'datatype': {
      const { module, name } = type.datatype;
      return {
        kind: 'struct',
        address: Address.parse(module.address).bytes,
        module: module.name,
        name,
        typeArguments: type.typeArguments.map(typeTagOf),
      };
    }
    case 'function':
      return {
        kind: 'function',
        parameters: type.parameters.map(passedTag),
        results: type.results.map(passedTag),
        abilities: type.abilities,
      };
    case 'reference':
    case 'typeParameter':
      throw illTyped(`takes ${type.key} for a type with a tag`);
    default:
      return { kind: type.kind };
  }
}

function passedTag(type: Type): PassedTag {
  if (type.kind !== 'reference') return { by: 'value', tag: typeTagOf(type) };
  return { by: type.mutable ? 'mutableReference' : 'reference', tag: typeTagOf(type.to) };
}
