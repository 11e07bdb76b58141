/** Sui's objects as a run reads them. Source: sui `crates/sui-types/src/{object,move_package}.rs`. */
import { LookaheadError } from '../../errors';
import type { StructTag } from '../core/types';

/** Who an object belongs to. Addresses and ids are 32 bytes. */
export type SuiOwner =
  | { readonly kind: 'address'; readonly address: Uint8Array }
  /** A child of another object: a dynamic field, or a wrapped parent's. */
  | { readonly kind: 'object'; readonly parent: Uint8Array }
  | { readonly kind: 'shared'; readonly initialVersion: bigint }
  | { readonly kind: 'immutable' }
  | {
      readonly kind: 'consensusAddress';
      readonly address: Uint8Array;
      readonly startVersion: bigint;
    };

export interface MoveObjectData {
  readonly kind: 'move';
  readonly type: StructTag;
  readonly hasPublicTransfer: boolean;
  /** BCS of the struct; its first 32 bytes are the id. */
  readonly contents: Uint8Array;
}

export interface PackageData {
  readonly kind: 'package';
  /** Serialized modules by name, in the order of their names. */
  readonly modules: ReadonlyMap<string, Uint8Array>;
  readonly typeOrigins: readonly {
    readonly module: string;
    readonly datatype: string;
    /** Package in which the type was first defined. */
    readonly package: Uint8Array;
  }[];
  /** Original package id → the version to link with. Keys are hex of 32 bytes. */
  readonly linkage: ReadonlyMap<
    string,
    { readonly upgradedId: Uint8Array; readonly upgradedVersion: bigint }
  >;
}

export interface SuiObject {
  readonly id: Uint8Array;
  readonly version: bigint;
  readonly data: MoveObjectData | PackageData;
  readonly owner: SuiOwner;
  /** Digest of the transaction that last changed it, 32 bytes. */
  readonly previousTransaction: Uint8Array;
  /** MIST. */
  readonly storageRebate: bigint;
}

/** Which version of an object is asked for. */
export type VersionBound =
  | { readonly kind: 'latest' }
  | { readonly kind: 'exact'; readonly version: bigint }
  /** The newest that is not newer, as children are read under their root. */
  | { readonly kind: 'atMost'; readonly version: bigint };

export interface ObjectRequest {
  readonly id: Uint8Array;
  readonly bound: VersionBound;
  /** Of a dynamic field. */
  readonly parent?: Uint8Array;
}

/** Objects of the chain of which some are known. Reading twice gives the same. */
export interface SuiState {
  /**
   * @returns null where there is none (any more)
   * @throws MissingObjectsError when it was never loaded
   */
  object(request: ObjectRequest): SuiObject | null;
  /**
   * Whether an object was received at a version before, after which it cannot be again
   * (`have_received_object_at_version`). Where this is not told none was.
   */
  received?(id: Uint8Array, version: bigint): boolean;
}

/** Objects that the run needs and that were never loaded. The loader fetches them and runs again. */
export class MissingObjectsError extends LookaheadError {
  override readonly name = 'MissingObjectsError';

  constructor(readonly requests: readonly ObjectRequest[]) {
    super('state', 'objects-missing', `${requests.length} objects are not loaded`);
  }
}

/**
 * What each of the reads gives. Where some of them miss objects all are named at once, so that they are loaded
 * in one round; the first error of another kind ends it, as it would one after the other.
 *
 * @throws MissingObjectsError, and what the reads throw
 */
export function readTogether<T>(reads: readonly (() => T)[]): readonly T[] {
  const found: T[] = [];
  const missing: ObjectRequest[] = [];
  let failure: { readonly error: unknown } | undefined;
  for (const read of reads) {
    try {
      found.push(read());
    } catch (error) {
      if (error instanceof MissingObjectsError) missing.push(...error.requests);
      else {
        failure = { error };
        break;
      }
    }
  }
  if (missing.length > 0) throw new MissingObjectsError(missing);
  if (failure !== undefined) throw failure.error;
  return found;
}
