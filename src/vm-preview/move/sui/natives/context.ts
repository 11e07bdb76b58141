/** What Sui's natives may see and change of the transaction that runs. */
import type { HostBudget } from '../../../host-budget';
import type { Loader, Type } from '../../core/loader';
import type { TypeTag } from '../../core/types';
import type { Address } from '../../core/values';
import type { ObjectRuntime, ProtocolView } from '../object-runtime';

/** One per transaction. */
export interface SuiNativeContext {
  readonly protocol: ProtocolView;
  readonly gas: SuiNativeGas;
  readonly host: HostBudget;
  readonly objects: ObjectRuntime;
  readonly transaction: TransactionContext;
  readonly types: TypeNames;
}

/**
 * What a native charges, in internal gas units. `Gas.enterNative` begins a count, of which the budget is
 * what is left before the call's own charge; `Gas.leaveNative` pays it with the results; an abort pays it
 * without (`charge_native_function`), any other error does not pay it.
 */
export interface SuiNativeGas {
  /** Adds to the count. @throws MoveError OUT_OF_GAS when it exceeds the budget */
  charge(amount: bigint): void;
  /** Adds to the count, or nothing where that would exceed the budget (`context.charge_gas`). */
  chargeIfEnough(amount: bigint): void;
  /** What was counted in this native is not paid, whatever its result (before `native_charging_v2`). */
  forgive(): void;
  /** The native aborts: pays the count. @throws MoveError OUT_OF_GAS */
  abortNative(): void;
}

/** Of the transaction that runs (`TxContext`). */
export interface TransactionContext {
  readonly sender: Address;
  /** Who pays, where it is not the sender. */
  readonly sponsor: Address | undefined;
  /** 32 bytes. */
  readonly digest: Uint8Array;
  readonly epoch: bigint;
  /** Milliseconds since 1970. */
  readonly epochTimestampMs: bigint;
  /** MIST for a gas unit. */
  readonly referenceGasPrice: bigint;
  readonly gasPrice: bigint;
  /** MIST. */
  readonly gasBudget: bigint;
  /** Objects made by now; `tx_context::fresh_id` and commands that make objects count it up. */
  idsCreated: bigint;
}

/** Names of types in the packages that the transaction links. */
export interface TypeNames {
  /**
   * The tag with the package that defined each type (`type_to_type_tag`): where a package was upgraded,
   * not the address that its modules have in `type.key`, which is the original one's.
   *
   * @param loader - in whose linkage the type was made
   */
  definingTag(type: Type, loader: Loader): TypeTag;
}
