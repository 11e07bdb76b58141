/** What a run of an Aptos transaction takes and gives. */
import type { StructTag, TypeTag } from '../core/types';
import type { StateKey, StateValue } from './state';

export interface AptosEnvironment {
  /** Of the network, 1 for mainnet. */
  readonly chainId: number;
  /** Microseconds since 1970 of the block to run in; the state's own time where absent. */
  readonly timestampMicros?: bigint;
  /** Microseconds of this machine's work. */
  readonly hostBudget?: number;
}

export type AptosStatus =
  /** Kept: it lands on the chain, and succeeds or fails there. */
  | { readonly kind: 'success' }
  | {
      readonly kind: 'abort';
      /** `0x1::coin`; undefined for a script. */
      readonly module: string | undefined;
      readonly code: bigint;
      /** From the module's metadata, where it has one for the code. */
      readonly name?: string;
      readonly description?: string;
      /** Given with the abort itself (format v10). */
      readonly message?: string;
    }
  | { readonly kind: 'outOfGas' }
  | {
      readonly kind: 'executionFailure';
      readonly module: string | undefined;
      readonly function: string;
      readonly offset: number;
      /** Name of the status, e.g. ARITHMETIC_ERROR. */
      readonly reason: string;
    }
  /** Kept, another error: the status code's name. */
  | { readonly kind: 'failure'; readonly code: string; readonly text?: string }
  /** The chain does not take it: nothing is charged. */
  | { readonly kind: 'discarded'; readonly code: string; readonly text?: string };

export type AptosEvent =
  | {
      readonly kind: 'v1';
      /** Of the GUID. */
      readonly creator: Uint8Array;
      readonly creationNumber: bigint;
      readonly sequenceNumber: bigint;
      readonly type: TypeTag;
      readonly data: Uint8Array;
    }
  | { readonly kind: 'v2'; readonly type: StructTag; readonly data: Uint8Array };

/** A value of global state that the transaction changes. */
export interface StateChange {
  readonly key: StateKey;
  readonly before: StateValue | null;
  readonly after: StateValue | null;
}

/** Of 0x1::transaction_fee::FeeStatement: gas units, but for octas where said. */
export interface FeeStatement {
  readonly gasUsed: bigint;
  readonly executionGas: bigint;
  readonly ioGas: bigint;
  readonly storageFeeOctas: bigint;
  readonly storageRefundOctas: bigint;
}

export interface AptosOutcome {
  readonly status: AptosStatus;
  /** Octas for a gas unit, as the transaction bids. */
  readonly gasUnitPrice: bigint;
  readonly fee: FeeStatement;
  readonly events: readonly AptosEvent[];
  /** In the order of their keys. */
  readonly changes: readonly StateChange[];
  /** Every key that the run read. */
  readonly reads: readonly StateKey[];
  /** What the run rests on and does not know, one sentence each; none where it is exact. */
  readonly estimates: readonly string[];
}
