/** What Aptos' natives may see and change of the transaction that runs. */
import type { HostBudget } from '../../../host-budget';
import type { DatatypeType, ModuleId, Type } from '../../core/loader';
import type { GlobalCell } from '../../core/runtime';
import type { Address, Value } from '../../core/values';

/** One per session: a transaction's prologue, its payload, and its epilogue each have their own. */
export interface NativeContext {
  readonly features: AptosFeatures;
  readonly timedFeatures: TimedFeatures;
  readonly gas: NativeGas;
  readonly host: HostBudget;
  readonly transaction: TransactionInfo;
  readonly events: EventLog;
  readonly tables: Tables;
  readonly resources: ResourceView;
  readonly aggregators: AggregatorValues;
  readonly publishing: PublishRequests;
  readonly modules: ModuleTraversal;
}

/** Feature flags of 0x1::features (types/src/on_chain_config/aptos_features.rs). */
export interface AptosFeatures {
  isEnabled(flag: number): boolean;
}

/** Fixes that came with a time and not with a flag (types/src/on_chain_config/timed_features.rs). */
export interface TimedFeatures {
  isEnabled(name: TimedFeature): boolean;
}

export type TimedFeature =
  | 'ChargeBytesForPrints'
  | 'FixMemoryUsageTracking'
  | 'FixTableNativesMemoryDoubleCounting'
  | 'ConstantSerializedSizeLocalCache';

/** Prices of the on-chain gas schedule, and what is charged by them. In internal gas units. */
export interface NativeGas {
  /** `gas_feature_version` of the schedule. */
  readonly version: number;
  /**
   * @param name - as the source names it under the native's table, e.g. `move_stdlib.hash.sha2_256.base`;
   *   names that the schedule of this version has otherwise are mapped
   * @throws CannotPreview when the schedule has no such price
   */
  price(name: string): bigint;
  /** @throws MoveError OUT_OF_GAS */
  charge(amount: bigint): void;
  /** Abstract size of a value (misc.rs), in abstract value units. */
  valueSize(value: Value): bigint;
  /**
   * Counts the abstract heap size of a value that came into memory (memory_tracked.rs).
   *
   * @throws MoveError MEMORY_LIMIT_EXCEEDED
   */
  countHeap(value: Value): void;
}

/** Of the transaction that runs (transaction_context.rs, user_transaction_context.rs). */
export interface TransactionInfo {
  /** SHA3-256 of the session, 32 bytes: what unique addresses are made from. */
  readonly sessionHash: Uint8Array;
  /** SHA3-256 of the script's code; empty for other payloads. */
  readonly scriptHash: Uint8Array;
  readonly chainId: number;
  /** Absent outside user transactions. */
  readonly user: UserTransactionInfo | undefined;
  /** Unique addresses given out by now; the native counts it up. */
  uniqueAddresses: number;
  /** Whether the payload is an entry function that may use randomness: not public, and annotated. */
  readonly isUnbiasable: boolean;
}

export interface UserTransactionInfo {
  readonly sender: Address;
  readonly secondarySigners: readonly Address[];
  readonly gasPayer: Address;
  /** Gas units. */
  readonly maxGasAmount: bigint;
  /** Octas for a gas unit. */
  readonly gasUnitPrice: bigint;
  readonly payload: PayloadInfo;
}

export type PayloadInfo =
  | { readonly kind: 'script' }
  | { readonly kind: 'entryFunction'; readonly call: EntryFunctionInfo }
  | {
      readonly kind: 'multisig';
      readonly multisigAddress: Address;
      readonly call: EntryFunctionInfo | undefined;
    };

export interface EntryFunctionInfo {
  readonly address: Address;
  readonly module: string;
  readonly function: string;
  /** In the chain's text form. */
  readonly typeArguments: readonly string[];
  readonly args: readonly Uint8Array[];
}

/** Events in the order they were emitted. */
export interface EventLog {
  /** `key` is BCS of a GUID; `data` BCS of the value. */
  emitV1(key: Uint8Array, sequenceNumber: bigint, type: Type, data: Uint8Array): void;
  emitV2(type: Type, data: Uint8Array): void;
}

/** Tables of 0x1::table by their handle. */
export interface Tables {
  /** The same cell whenever it is asked for in a session. @throws MissingStateError */
  item(handle: Address, key: Uint8Array, valueType: Type): TableItem;
  /** A handle that no table has. */
  create(keyType: Type, valueType: Type): Address;
  remove(handle: Address): void;
}

export interface TableItem {
  readonly cell: GlobalCell;
  /** Bytes read from the chain now; undefined when they were read before in this session. */
  readonly loadedBytes: number | undefined;
}

/** Resources as natives look at them, without loading them for Move code. */
export interface ResourceView {
  /** The cell that Move code has too. */
  cell(address: Address, type: DatatypeType): GlobalCell;
  /** Bytes read from the chain now, undefined when it was read before; and whether it is there. */
  exists(
    address: Address,
    type: Type,
  ): { readonly exists: boolean; readonly loadedBytes: number | undefined };
  /** Of 0x1::state_storage: items and bytes of the whole state, as of the epoch's start. */
  usage(): { readonly items: bigint; readonly bytes: bigint };
}

/** Aggregators of the first kind, kept in table items of their handle (aggregator_natives/context.rs). */
export interface AggregatorValues {
  /** How many the session has touched and not destroyed. */
  readonly inUse: number;
  /** u128 as it is now. @throws MissingStateError */
  read(handle: Address, key: Uint8Array): bigint;
  write(handle: Address, key: Uint8Array, value: bigint): void;
  create(handle: Address, key: Uint8Array, value: bigint): void;
  destroy(handle: Address, key: Uint8Array): void;
}

/** What 0x1::code asked to be published, carried out when the session ends. */
export interface PublishRequests {
  /** @throws MoveError when there is one already */
  request(request: PublishRequest): void;
}

export interface PublishRequest {
  readonly destination: Address;
  /** Compiled modules. */
  readonly bundle: readonly Uint8Array[];
  readonly expectedModules: readonly string[];
  /** Modules that may be depended on, by address; undefined for any. */
  readonly allowedDependencies:
    | readonly { readonly address: Address; readonly module: string }[]
    | undefined;
  /** 0 arbitrary, 1 compatible. */
  readonly checkCompatibility: boolean;
}

/** Which modules the run has paid for (module_traversal.rs). */
export interface ModuleTraversal {
  /** Never true of special addresses, 0x0 to 0xf, which are not paid for. */
  isVisited(module: ModuleId): boolean;
  /**
   * Pays for a module, and where modules are loaded eagerly for all that it depends on.
   *
   * @throws MoveError OUT_OF_GAS, DEPENDENCY_LIMIT_REACHED, LINKER_ERROR; MissingModulesError
   */
  visit(module: ModuleId): void;
  /** Pays for the modules whose structs the type is made of, where modules are loaded lazily. */
  visitType(type: Type): void;
}
