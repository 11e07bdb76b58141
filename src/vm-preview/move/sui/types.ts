/** What a run of a Sui transaction takes and gives. */
import type { StructTag } from '../core/types';
import type { RefusalFacts } from './execution/refused';
import type { SuiObject } from './state';

export interface SuiEnvironment {
  readonly epoch: bigint;
  /** Milliseconds since 1970 at which the epoch began. */
  readonly epochTimestampMs: bigint;
  readonly protocolVersion: number;
  /**
   * The protocol's configuration as the chain gives it, by the names of the source; without it the
   * version must be one that is known.
   */
  readonly protocolConfig?: {
    readonly features: ReadonlyMap<string, boolean>;
    readonly numbers: ReadonlyMap<string, bigint>;
  };
  /**
   * Currencies that may be sent without gas, full type text and the least amount, as the chain gives them;
   * without it only where this version's are known.
   */
  readonly gaslessTokens?: ReadonlyMap<string, bigint>;
  /** MIST for a gas unit. */
  readonly referenceGasPrice: bigint;
  /** Digest of the genesis checkpoint, 32 bytes. */
  readonly chainIdentifier: Uint8Array;
  /** Microseconds of this machine's work. */
  readonly hostBudget?: number;
  /**
   * As a node lets one inspect what could never be sent: any function and any value, whoever an object
   * belongs to (execution_mode.rs, `DevInspect<true>`). Static execution only.
   */
  readonly inspects?: boolean;
}

/** Why a transaction that the chain takes fails: `ExecutionFailureStatus` by name. */
export interface SuiFailure {
  /** e.g. `MoveAbort`, `InsufficientGas`, `CommandArgumentError`. */
  readonly code: string;
  /** BCS of the `ExecutionFailureStatus`, as the effects carry it. */
  readonly bcs: Uint8Array;
  /** Index of the failing command. */
  readonly command: number | undefined;
  readonly abort?: {
    readonly module: string;
    readonly function: string | undefined;
    readonly code: bigint;
    /** Of the constant that the code names, where the module says so (clever errors). */
    readonly name?: string;
    readonly message?: string;
  };
  readonly text?: string;
}

export type SuiStatus =
  | { readonly kind: 'success' }
  | { readonly kind: 'failure'; readonly failure: SuiFailure }
  /** The chain does not take it: nothing is charged. */
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly text: string;
      readonly facts?: RefusalFacts;
    };

export interface SuiEvent {
  readonly package: Uint8Array;
  readonly module: string;
  readonly sender: Uint8Array;
  readonly type: StructTag;
  readonly contents: Uint8Array;
}

/** An object that the transaction writes or ends. */
export interface ObjectChange {
  readonly id: Uint8Array;
  readonly before: SuiObject | null;
  readonly after: SuiObject | null;
  /** `wrapped`: it lives on inside another; `deleted`: its id is gone. */
  readonly kind:
    | 'created'
    | 'mutated'
    | 'deleted'
    | 'wrapped'
    | 'unwrapped'
    | 'unwrappedThenDeleted';
}

/** MIST. */
export interface SuiGasSummary {
  readonly computationCost: bigint;
  readonly storageCost: bigint;
  readonly storageRebate: bigint;
  readonly nonRefundableStorageFee: bigint;
}

export interface SuiOutcome {
  readonly status: SuiStatus;
  readonly gas: SuiGasSummary;
  /** Thousandths of a gas unit that each command used; none of those after one that failed. */
  readonly commandGas: readonly bigint[];
  readonly events: readonly SuiEvent[];
  readonly changes: readonly ObjectChange[];
  /** Balances of addresses outside objects that it adds to or takes from (protocol 124). */
  readonly accumulators: readonly {
    readonly address: Uint8Array;
    readonly type: StructTag;
    /** Signed, in the smallest unit. */
    readonly delta: bigint;
  }[];
  /** BCS of the effects, and their digest; absent when it was refused. */
  readonly effects?: { readonly bcs: Uint8Array; readonly digest: Uint8Array };
  /** Ids of shared objects that it reads: empty where the outcome is exact within the epoch. */
  readonly dependsOnShared: readonly Uint8Array[];
  /** Every object that the run read. */
  readonly reads: readonly SuiObject[];
  /** What the run rests on and does not know, one sentence each. */
  readonly estimates: readonly string[];
}
