/** Aptos' global state as a run reads it. Source: aptos-core `types/src/state_store`. */
import { LookaheadError } from '../../errors';
import type { StructTag } from '../core/types';

/** What a value in global state is found by. Addresses and handles are 32 bytes. */
export type StateKey =
  | { readonly kind: 'resource'; readonly address: Uint8Array; readonly type: StructTag }
  /** All members of a resource group at an address, in one value. */
  | { readonly kind: 'group'; readonly address: Uint8Array; readonly type: StructTag }
  | { readonly kind: 'module'; readonly address: Uint8Array; readonly name: string }
  | { readonly kind: 'tableItem'; readonly handle: Uint8Array; readonly key: Uint8Array }
  | { readonly kind: 'raw'; readonly key: Uint8Array };

/** What a slot's owner paid, for the refund when it is freed. In octas and microseconds. */
export interface StateMetadata {
  readonly slotDeposit: bigint;
  readonly bytesDeposit: bigint;
  readonly creationTimeMicros: bigint;
}

export interface StateValue {
  readonly bytes: Uint8Array;
  /** Absent for values older than deposits. */
  readonly metadata?: StateMetadata;
}

/** A height of the chain, of which some keys are known. Reading twice gives the same. */
export interface AptosState {
  /**
   * @returns null where the chain has no value
   * @throws MissingStateError when the key was never loaded
   */
  read(key: StateKey): StateValue | null;
}

/** State that the run needs and that was never loaded. The loader fetches it and runs again. */
export class MissingStateError extends LookaheadError {
  override readonly name = 'MissingStateError';

  constructor(readonly keys: readonly StateKey[]) {
    super('state', 'state-missing', `${keys.length} values of the chain's state are not loaded`);
  }
}
