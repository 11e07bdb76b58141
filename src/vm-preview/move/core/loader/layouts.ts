import type { VmConfig } from '../runtime/config';
import { MoveError } from '../runtime/errors';
import type { Layout } from '../values';
import type { Field } from './datatype';
import type { DatatypeType, Type, TypeTable } from './type';

/**
 * Makes the layouts of concrete types, which is when the chain bounds what may be stored
 * (ty_layout_converter.rs).
 */
export class Layouts {
  readonly #known = new Map<Type, Layout>();

  constructor(
    private readonly types: TypeTable,
    private readonly config: VmConfig,
  ) {}

  /** @throws MoveError TOO_MANY_TYPE_NODES, VM_MAX_VALUE_DEPTH_REACHED, and as shapes are loaded */
  of(type: Type): Layout {
    let layout = this.#known.get(type);
    if (layout === undefined) {
      layout = this.#make(type, { nodes: 0 }, 1);
      this.#known.set(type, layout);
    }
    return layout;
  }

  #make(type: Type, count: { nodes: number }, depth: number): Layout {
    const { maxLayoutNodes, maxLayoutDepth } = this.config;
    if (count.nodes >= maxLayoutNodes) throw this.#tooMany();
    count.nodes++;
    if (depth > maxLayoutDepth)
      throw new MoveError('VM_MAX_VALUE_DEPTH_REACHED', {
        reason: `Depth of a layout exceeded the maximum of ${maxLayoutDepth} during construction`,
      });
    switch (type.kind) {
      case 'vector':
        return { kind: 'vector', element: this.#make(type.element, count, depth + 1) };
      case 'datatype':
        return this.#datatype(type, count, depth + 1);
      case 'reference':
      case 'typeParameter':
        throw new MoveError('UNKNOWN_INVARIANT_VIOLATION_ERROR', {
          reason: `No type layout for ${type.key}`,
        });
      default:
        return { kind: type.kind };
    }
  }

  #datatype(
    { datatype, typeArguments }: DatatypeType,
    count: { nodes: number },
    depth: number,
  ): Layout {
    const layoutsOf = (fields: readonly Field[]): Layout[] =>
      fields.map((field) =>
        this.#make(this.types.instantiate(field.type, typeArguments), count, depth),
      );
    const { shape } = datatype;
    if (shape.kind === 'struct') return { kind: 'struct', fields: layoutsOf(shape.fields) };
    if (this.config.countsVariants) {
      count.nodes += shape.variants.length;
      if (count.nodes > this.config.maxLayoutNodes) throw this.#tooMany();
    }
    return { kind: 'enum', variants: shape.variants.map(({ fields }) => layoutsOf(fields)) };
  }

  #tooMany(): MoveError {
    return new MoveError('TOO_MANY_TYPE_NODES', {
      reason: `Number of type nodes when constructing type layout exceeded the maximum of ${this.config.maxLayoutNodes}`,
    });
  }
}
