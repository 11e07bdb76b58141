/** What the parameters of a called function are, by its package. */
import type { Type } from '../../../vm-preview/move/core/loader';
import type { MoveCall } from '../../../vm-preview/move/sui/data';
import type { ParameterKind } from './commands';
import type { MoveDecoder } from './decoder';

const STRINGS: ReadonlySet<string> = new Set(['0x1::string::String', '0x1::ascii::String']);

export function parameterKinds(
  { function: name, module, package: id }: MoveCall,
  decoder: MoveDecoder,
): readonly ParameterKind[] | undefined {
  return decoder.parameters(id, module, name)?.map(kindOf);
}

function kindOf(type: Type): ParameterKind {
  switch (type.kind) {
    case 'u8':
    case 'u16':
    case 'u32':
    case 'u64':
    case 'u128':
    case 'u256':
      return 'number';
    case 'bool':
      return 'bool';
    case 'address':
      return 'address';
    case 'reference':
      return kindOf(type.to);
    case 'datatype':
      if (STRINGS.has(type.datatype.key)) return 'text';
      return type.datatype.key === '0x2::object::ID' ? 'address' : 'other';
    default:
      return 'other';
  }
}
