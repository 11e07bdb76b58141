/** What the object runtime takes and gives. Ids are 64 hexadecimal digits, as `Address.hex`. */
import type { DatatypeType, Loader } from '../../core/loader';
import type { StructTag, TypeTag } from '../../core/types';
import type { Address, Value } from '../../core/values';
import type { SuiObject, SuiOwner, SuiState } from '../state';

export type ObjectId = string;

/** The protocol configuration as natives and the object runtime read it. */
export interface ProtocolView {
  /** Number of the protocol's version. */
  readonly version: number;
  /** A flag of `FeatureFlags` by its name in the source; false where this version has none. */
  feature(name: string): boolean;
  /** An attribute of `ProtocolConfig` by its name in the source; undefined where this version has none. */
  number(name: string): bigint | undefined;
}

export interface ObjectRuntimeOptions {
  readonly state: SuiState;
  /** Objects that the transaction names by value or reference, gas coins among them; not those to be received. */
  readonly inputs: ReadonlyMap<ObjectId, InputObject>;
  readonly protocol: ProtocolView;
  /** False for system transactions, whose limits are wider. */
  readonly isMetered: boolean;
  /**
   * Settled balance of an object's address in a kind of fund, where an object withdraws from it
   * (protocol 124).
   */
  readonly settledFunds?: (owner: Address, type: TypeTag) => bigint;
}

export interface InputObject {
  readonly owner: SuiOwner;
  readonly version: bigint;
  /** Ids of all UIDs in its value, its own among them: see `containedIds`. */
  readonly containedIds: ReadonlySet<ObjectId>;
}

/** A value with the type that it has in the loader it came from, to be encoded by that loader's codec. */
export interface TypedValue {
  readonly value: Value;
  readonly type: DatatypeType;
  /** The type with the package that defined each part. */
  readonly tag: StructTag;
  readonly loader: Loader;
}

/** Version 0 stands for the version at which the object becomes shared or a party's: the one of its writing. */
export interface ObjectWrite extends TypedValue {
  readonly owner: SuiOwner;
}

/** How a transfer changes an owner. */
export type TransferResult = 'new' | 'sameOwner' | 'ownerChanged';

/** A child or a received object as it was read, and whether the run changed, moved or ended it. */
export interface LoadedObject {
  readonly object: SuiObject;
  readonly isModified: boolean;
}

/** What becomes of a balance or an event stream that is kept outside of objects. */
export interface AccumulatorEvent {
  readonly accumulatorId: ObjectId;
  readonly action: 'merge' | 'split';
  readonly target: Address;
  readonly type: TypeTag;
  readonly value:
    | { readonly kind: 'amount'; readonly amount: bigint }
    /** Index of the event among all that the transaction emitted. */
    | { readonly kind: 'event'; readonly index: number };
}

/** What a run left behind, for the adapter to make effects of. */
export interface RuntimeResults {
  /** Objects that were transferred, shared, frozen, or changed as children, in the order of the chain. */
  readonly writes: ReadonlyMap<ObjectId, ObjectWrite>;
  /** Events that were not taken by `takeEvents` before. */
  readonly events: readonly TypedValue[];
  readonly accumulatorEvents: readonly AccumulatorEvent[];
  /** Children and received objects that were read. */
  readonly loaded: ReadonlyMap<ObjectId, LoadedObject>;
  /** Without those that were deleted again. */
  readonly createdIds: ReadonlySet<ObjectId>;
  readonly deletedIds: ReadonlySet<ObjectId>;
  /** All ids that were made, those deleted again among them. */
  readonly generatedIds: ReadonlySet<ObjectId>;
  /** Wrapped object → the object that held it when the transaction began. */
  readonly wrappedIn: ReadonlyMap<ObjectId, ObjectId>;
}

/**
 * What it took to look for a child: later protocols charge for what is read and for the value made of it
 * (object_store.rs, `CacheInfo`).
 */
export type Lookup =
  /** Its value was there. */
  | { readonly kind: 'value' }
  /** Its bytes were there. */
  | { readonly kind: 'object' }
  /** It was read. @param bytes - of its contents; undefined where there is no such object */
  | { readonly kind: 'read'; readonly bytes: number | undefined };

export interface LookedUp<T> {
  readonly lookup: Lookup;
  readonly value: T;
}

/** What looking for an object of a type comes to. */
export type ChildResult<T> =
  | { readonly kind: 'mismatchedType' }
  | { readonly kind: 'loaded'; readonly value: T };
