/** Effects in full, in the chain's order (temporary_store.rs `into_effects_v1` and `_v2`). */
import { bytesToHex } from '@noble/hashes/utils.js';
import { CannotPreview } from '../../../errors';
import { type AccumulatorWrite, mergedWrites } from '../address-balance';
import {
  type EffectsObjectChange,
  type ExecutionStatus,
  eventsDigest,
  type ObjectOut,
  type ObjectRef,
  type OwnedRef,
  objectDigest,
  objectRef,
  type TransactionEffects,
  type UnchangedConsensusKind,
} from '../data';
import type { Id } from '../linkage';
import type { SuiObject } from '../state';
import type { SuiGasSummary } from '../types';
import { idBytes, sorted, sortedIds } from './results';
import type { TemporaryStore } from './temporary-store';

/** Digests that stand for an object that is gone (digests.rs). */
const DELETED = new Uint8Array(32).fill(99);
const WRAPPED = new Uint8Array(32).fill(88);
/** The transaction of objects of the genesis, which nothing depends on. */
const GENESIS = '0'.repeat(64);

export interface EffectsParts {
  readonly status: ExecutionStatus;
  readonly epoch: bigint;
  readonly gas: SuiGasSummary;
  readonly transaction: Uint8Array;
  /** Undefined where a balance pays. */
  readonly gasCoin: Id | undefined;
  /** Whether effects name the transactions that they depend on. */
  readonly namesDependencies: boolean;
}

export function effectsOf(
  version: 1 | 2,
  store: TemporaryStore,
  parts: EffectsParts,
): TransactionEffects {
  return version === 1 ? effectsV1(store, parts) : effectsV2(store, parts);
}

/** Transactions that wrote what was read, as their digests are ordered. */
function dependencies(store: TemporaryStore): readonly Uint8Array[] {
  const found = new Map<string, Uint8Array>();
  const add = ({ previousTransaction }: SuiObject): void => {
    found.set(bytesToHex(previousTransaction), previousTransaction);
  };
  for (const object of store.inputs.values()) add(object);
  for (const wanted of store.receiving) {
    const loaded = store.loaded.get(bytesToHex(wanted.id));
    if (
      loaded?.version === wanted.version &&
      loaded.owner.kind === 'address' &&
      bytesToHex(objectDigest(loaded)) === bytesToHex(wanted.digest)
    )
      add(loaded);
  }
  found.delete(GENESIS);
  return [...found].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, digest]) => digest);
}

const events = ({ results }: TemporaryStore): Uint8Array | undefined =>
  results.events.length === 0 ? undefined : eventsDigest(results.events);

function effectsV1(store: TemporaryStore, parts: EffectsParts): TransactionEffects {
  const { results, lamport } = store;
  const created: OwnedRef[] = [];
  const mutated: OwnedRef[] = [];
  const unwrapped: OwnedRef[] = [];
  const modifiedAt: [Uint8Array, bigint][] = [];
  const endedAt: [Uint8Array, bigint][] = [];
  const deleted: ObjectRef[] = [];
  const wrapped: ObjectRef[] = [];
  const gone = (id: Id, digest: Uint8Array): ObjectRef => ({
    id: idBytes(id),
    version: lamport,
    digest,
  });
  let gasObject: OwnedRef | undefined;
  for (const [id, object] of sorted(results.written)) {
    const owned: OwnedRef = [objectRef(object), object.owner];
    if (id === parts.gasCoin) gasObject = owned;
    const before = store.before(id);
    if (before !== undefined) {
      modifiedAt.push([object.id, before.at[0]]);
      mutated.push(owned);
    } else (results.created.has(id) ? created : unwrapped).push(owned);
  }
  for (const id of sortedIds(results.modified)) {
    const before = store.before(id);
    if (results.written.has(id) || before === undefined) continue;
    endedAt.push([idBytes(id), before.at[0]]);
    if (results.deleted.has(id)) deleted.push(gone(id, DELETED));
    else wrapped.push(gone(id, WRAPPED));
  }
  const unwrappedThenDeleted = sortedIds(results.deleted)
    .filter((id) => !results.modified.has(id))
    .map((id) => gone(id, DELETED));
  if (gasObject === undefined)
    throw new CannotPreview('sui-gas-from-balance', 'gas that is paid from an address balance');
  if (store.accumulators.length > 0)
    throw new CannotPreview(
      'sui-accumulators',
      'changes of balances that are kept outside of objects',
    );
  return {
    kind: 'v1',
    status: parts.status,
    epoch: parts.epoch,
    gas: parts.gas,
    modifiedAtVersions: [...modifiedAt, ...endedAt],
    sharedObjects: sharedInputs(store).map(objectRef),
    transaction: parts.transaction,
    created,
    mutated,
    unwrapped,
    deleted,
    unwrappedThenDeleted,
    wrapped,
    gasObject,
    events: events(store),
    dependencies: parts.namesDependencies ? dependencies(store) : [],
  };
}

/** Shared objects that the transaction names, in its order. */
export function sharedInputs({ inputList }: TemporaryStore): readonly SuiObject[] {
  return inputList.flatMap(({ as, object }) =>
    as.kind === 'shared' && object !== null ? [object] : [],
  );
}

function effectsV2(store: TemporaryStore, parts: EffectsParts): TransactionEffects {
  const { results, lamport } = store;
  const ids = sortedIds([
    ...results.created,
    ...results.deleted,
    ...results.modified,
    ...results.written.keys(),
  ]);
  const changed = new Set(ids);
  const unchanged = sharedInputs(store).flatMap(
    (object): (readonly [Uint8Array, UnchangedConsensusKind])[] => {
      if (changed.has(bytesToHex(object.id))) return [];
      const { version, digest } = objectRef(object);
      return [[object.id, { kind: 'readOnlyRoot', at: [version, digest] }]];
    },
  );
  const configs = sortedIds(store.configObjects).map(
    (id): readonly [Uint8Array, UnchangedConsensusKind] => [
      idBytes(id),
      { kind: 'perEpochConfig' },
    ],
  );
  const objects = ids.map((id) => [id, objectChange(store, id)] as const);
  const writes = mergedWrites(store.accumulators).map(
    (write) => [write.id, accumulatorChange(write)] as const,
  );
  const changes = sorted(new Map([...objects, ...writes]));
  const gasIndex = changes.findIndex(([id]) => id === parts.gasCoin);
  return {
    kind: 'v2',
    status: parts.status,
    epoch: parts.epoch,
    gas: parts.gas,
    transaction: parts.transaction,
    gasObjectIndex: gasIndex < 0 ? undefined : gasIndex,
    events: events(store),
    dependencies: parts.namesDependencies ? dependencies(store) : [],
    lamportVersion: lamport,
    changedObjects: changes.map(([id, change]) => [idBytes(id), change]),
    unchangedConsensusObjects: [...unchanged, ...configs],
    auxiliaryData: undefined,
  };
}

function objectChange(store: TemporaryStore, id: Id): EffectsObjectChange {
  const { written, created, deleted } = store.results;
  const before = store.before(id);
  return {
    input:
      before === undefined
        ? { kind: 'notExist' }
        : { kind: 'exist', at: before.at, owner: before.owner },
    output: objectOut(written.get(id)),
    idOperation: { kind: created.has(id) ? 'created' : deleted.has(id) ? 'deleted' : 'none' },
  };
}

/** No object is written: the chain settles it later. */
function accumulatorChange({
  address,
  operation,
  type,
  value,
}: AccumulatorWrite): EffectsObjectChange {
  return {
    input: { kind: 'notExist' },
    output: { kind: 'accumulatorWrite', address, type, operation: { kind: operation }, value },
    idOperation: { kind: 'none' },
  };
}

function objectOut(object: SuiObject | undefined): ObjectOut {
  if (object === undefined) return { kind: 'notExist' };
  const digest = objectDigest(object);
  return object.data.kind === 'package'
    ? { kind: 'packageWrite', at: [object.version, digest] }
    : { kind: 'objectWrite', digest, owner: object.owner };
}
