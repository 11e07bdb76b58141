import type { StateMetadata } from '../state';

/**
 * A change of one state value, as it is paid for. Sizes are in bytes; those of a resource group are of
 * the group as it is stored.
 */
export interface StateWrite {
  readonly kind: 'creation' | 'modification' | 'deletion';
  /** Address or handle, and path or key, without the lengths and tags of BCS (`StateKey::size`). */
  readonly keySize: number;
  /** Of the key's BCS. */
  readonly encodedKeySize: number;
  /** Of the new value; 0 for a deletion. */
  readonly size: number;
  /** Of the value before; 0 for a creation. */
  readonly previousSize: number;
  /**
   * Of the value before; of a creation, no deposits and the time of the block. Undefined where the chain
   * keeps none.
   */
  readonly metadata: StateMetadata | undefined;
}
