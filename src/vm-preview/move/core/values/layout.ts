import type { PrimitiveKind } from '../format';

/**
 * A type as the values of it are laid out, without names (move-core-types, value.rs,
 * `MoveTypeLayout`). Stored functions carry those of what they captured.
 */
export type Layout =
  | { readonly kind: PrimitiveKind | 'function' }
  | { readonly kind: 'vector'; readonly element: Layout }
  | { readonly kind: 'struct'; readonly fields: readonly Layout[] }
  | { readonly kind: 'enum'; readonly variants: readonly (readonly Layout[])[] };
