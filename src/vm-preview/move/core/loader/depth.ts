import type { VmConfig } from '../runtime/config';
import { MoveError } from '../runtime/errors';
import { VALUE_DEPTH_MAX } from '../values';
import type { Type, TypeTable } from './type';

/**
 * Holds a type's values to the depth limit before one is made (interpreter.rs,
 * `check_depth_of_type`). Types that passed are remembered.
 */
export class TypeDepths {
  readonly #depths = new Map<Type, number>();

  constructor(
    private readonly types: TypeTable,
    private readonly config: VmConfig,
  ) {}

  /** Does nothing on a chain that looks at values instead. @throws MoveError VM_MAX_VALUE_DEPTH_REACHED */
  check(type: Type): void {
    if (!this.config.checksTypeDepth) return;
    if (this.#depth(type, 0) > VALUE_DEPTH_MAX) throw tooDeep();
  }

  #depth(type: Type, above: number): number {
    const known = this.#depths.get(type);
    if (known !== undefined) return known;
    // A struct that holds itself ends here too.
    if (above > VALUE_DEPTH_MAX) throw tooDeep();
    const depth = this.#compute(type, above);
    this.#depths.set(type, depth);
    return depth;
  }

  #compute(type: Type, above: number): number {
    switch (type.kind) {
      case 'vector':
        return 1 + this.#depth(type.element, above + 1);
      case 'reference':
        return 1 + this.#depth(type.to, above + 1);
      case 'datatype': {
        const { shape } = type.datatype;
        const fields =
          shape.kind === 'struct' ? shape.fields : shape.variants.flatMap((v) => v.fields);
        let deepest = 0;
        for (const field of fields) {
          const fieldType = this.types.substitute(field.type, type.typeArguments);
          deepest = Math.max(deepest, this.#depth(fieldType, above + 1));
        }
        return 1 + deepest;
      }
      default:
        return 1;
    }
  }
}

function tooDeep(): MoveError {
  return new MoveError('VM_MAX_VALUE_DEPTH_REACHED');
}
