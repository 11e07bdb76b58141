/** What a run has written, made and ended so far (sui-types, execution.rs `ExecutionResultsV2`). */
import { Address } from '../../core/values';
import type { AccumulatorWrite } from '../address-balance';
import type { Id } from '../linkage';
import type { SuiObject, SuiOwner } from '../state';
import type { SuiEvent } from '../types';

export interface ExecutionResults {
  readonly written: ReadonlyMap<Id, SuiObject>;
  /** Objects that were there before and are no more as they were. */
  readonly modified: ReadonlySet<Id>;
  readonly created: ReadonlySet<Id>;
  readonly deleted: ReadonlySet<Id>;
  readonly events: readonly SuiEvent[];
  /** What it adds to and takes from balances outside of objects, in its order. */
  readonly accumulators?: readonly AccumulatorWrite[];
}

export const idBytes = (id: Id): Uint8Array => Address.parse(id).bytes;

/** In the order of ids, as all maps of the chain are. */
export function sorted<T>(map: ReadonlyMap<Id, T>): readonly (readonly [Id, T])[] {
  return [...map].sort(([left], [right]) => (left < right ? -1 : 1));
}

export function sortedIds(ids: Iterable<Id>): readonly Id[] {
  return [...new Set(ids)].sort();
}

export interface Stamp {
  /** Version of everything that is written. */
  readonly lamport: bigint;
  readonly transaction: Uint8Array;
  /** `reshare_at_same_initial_version` */
  readonly resharesAtSameVersion: boolean;
}

/** A written object as it is stored: with its version, its transaction, and since when it is shared. */
export function stamped(
  object: SuiObject,
  before: SuiObject | undefined,
  isCreated: boolean,
  { lamport, transaction, resharesAtSameVersion }: Stamp,
): SuiObject {
  const isMove = object.data.kind === 'move';
  return {
    ...object,
    version: isMove ? lamport : object.version,
    owner: stampedOwner(
      object.owner,
      resharesAtSameVersion ? before?.owner : undefined,
      isCreated,
      lamport,
    ),
    previousTransaction: transaction,
  };
}

function stampedOwner(
  owner: SuiOwner,
  before: SuiOwner | undefined,
  isCreated: boolean,
  lamport: bigint,
): SuiOwner {
  if (owner.kind === 'shared') {
    if (isCreated) return { kind: 'shared', initialVersion: lamport };
    return before?.kind === 'shared' ? before : owner;
  }
  if (owner.kind === 'consensusAddress') {
    const isSame =
      before?.kind === 'consensusAddress' &&
      before.address.every((byte, i) => byte === owner.address[i]);
    return { ...owner, startVersion: isSame ? before.startVersion : lamport };
  }
  return owner;
}
