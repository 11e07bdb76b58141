/** What the chain finds out about a type when it makes its layout (ty_layout_converter.rs). */
import type { DatatypeType, Type, TypeTable } from '../../core/loader';
import { MoveError } from '../../core/runtime';
import type { NativeContext } from './context';
import { FEATURE, GAS_VERSION } from './versions';

/** `layout_max_depth` of the production configuration. */
const DEPTH_MAX = 128;
/** `layout_max_size`, from release 1.30 on and before. */
const NODES_MAX = 512;
const NODES_MAX_BEFORE = 256;

/** What the chain keeps apart when it runs transactions in parallel. */
const DELAYED: ReadonlySet<string> = new Set([
  '0x1::aggregator_v2::Aggregator',
  '0x1::aggregator_v2::AggregatorSnapshot',
  '0x1::aggregator_v2::DerivedStringSnapshot',
]);

export interface Layout {
  /** Whether a value of the type holds an aggregator or a snapshot, which the chain keeps elsewhere. */
  readonly hasDelayedFields: boolean;
}

/**
 * Pays for the modules of a type's layout and holds it to the chain's limits.
 *
 * @throws MoveError TOO_MANY_TYPE_NODES, VM_MAX_VALUE_DEPTH_REACHED, and as `ModuleTraversal.visitType`
 */
export function layoutOf(context: NativeContext, types: TypeTable, type: Type): Layout {
  context.modules.visitType(type);
  const nodes = context.gas.version >= GAS_VERSION.v1_30 ? NODES_MAX : NODES_MAX_BEFORE;
  const walk = new LayoutWalk(types, {
    nodes,
    isLazy: context.features.isEnabled(FEATURE.enableLazyLoading),
    structsOnce: context.gas.version >= GAS_VERSION.v1_41,
  });
  const found = walk.visit(type, 1);
  return {
    hasDelayedFields: found && context.features.isEnabled(FEATURE.aggregatorV2DelayedFields),
  };
}

/** Whether the first field of the type is kept as an identifier, and the value elsewhere. */
export function isDelayedField(context: NativeContext, type: Type): boolean {
  return (
    type.kind === 'datatype' &&
    DELAYED.has(type.datatype.key) &&
    context.features.isEnabled(FEATURE.aggregatorV2DelayedFields)
  );
}

interface LayoutRules {
  readonly nodes: number;
  readonly isLazy: boolean;
  /** Whether a struct that comes again counts as one node. */
  readonly structsOnce: boolean;
}

class LayoutWalk {
  #count = 0;
  readonly #known = new Map<Type, boolean>();

  constructor(
    private readonly types: TypeTable,
    private readonly rules: LayoutRules,
  ) {}

  /** Whether it has delayed fields. */
  visit(type: Type, depth: number): boolean {
    const { nodes, isLazy, structsOnce } = this.rules;
    if (this.#count > nodes || (isLazy && this.#count === nodes))
      throw new MoveError('TOO_MANY_TYPE_NODES');
    this.#count++;
    if (depth > DEPTH_MAX) throw new MoveError('VM_MAX_VALUE_DEPTH_REACHED');
    if (type.kind === 'vector') return this.visit(type.element, depth + 1);
    if (type.kind !== 'datatype') return false;
    const known = structsOnce ? this.#known.get(type) : undefined;
    if (known !== undefined) return known;
    const isDelayed = this.#visitFields(type, depth);
    this.#known.set(type, isDelayed);
    return isDelayed;
  }

  #visitFields({ datatype, typeArguments }: DatatypeType, depth: number): boolean {
    const { shape, key } = datatype;
    const fields =
      shape.kind === 'struct' ? shape.fields : shape.variants.flatMap((variant) => variant.fields);
    let isDelayed = DELAYED.has(key);
    for (const field of fields) {
      const fieldType = this.types.substitute(field.type, typeArguments);
      if (this.visit(fieldType, depth + 1)) isDelayed = true;
    }
    return isDelayed;
  }
}
