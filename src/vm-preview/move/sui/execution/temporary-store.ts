/** Objects as the transaction found and leaves them (sui-adapter, temporary_store.rs). */
import { CannotPreview } from '../../../errors';
import type { AccumulatorWrite } from '../address-balance';
import type { ObjectRef } from '../data';
import { objectDigest, type VersionDigest } from '../data';
import { type GasStatus, netUse } from '../gas';
import { type Id, idOf } from '../linkage';
import type { SuiObject, SuiOwner } from '../state';
import type { SuiEvent, SuiGasSummary } from '../types';
import type { InputObject } from './inputs';
import { objectSize } from './object-size';
import { type ExecutionResults, type Stamp, sorted, sortedIds, stamped } from './results';

/** What an object was before it was modified. */
export interface Before {
  readonly at: VersionDigest;
  readonly owner: SuiOwner;
  readonly object: SuiObject;
}

export class TemporaryStore {
  /** Version of everything that the transaction writes. */
  readonly lamport: bigint;
  /** Objects of the epoch's configuration that were read without being named. */
  readonly configObjects = new Set<Id>();
  readonly #inputs: ReadonlyMap<Id, SuiObject>;
  readonly #mutable: ReadonlyMap<Id, Before>;
  #written = new Map<Id, SuiObject>();
  #modified = new Set<Id>();
  #created = new Set<Id>();
  #deleted = new Set<Id>();
  #events: SuiEvent[] = [];
  #accumulators: AccumulatorWrite[] = [];
  /** Children and received objects that were read. */
  #loaded: ReadonlyMap<Id, SuiObject> = new Map();

  constructor(
    readonly inputList: readonly InputObject[],
    readonly receiving: readonly ObjectRef[],
  ) {
    const found = inputList.flatMap(({ id, object }) =>
      object === null ? [] : [[id, object] as const],
    );
    this.#inputs = new Map(found);
    this.#mutable = new Map(inputList.flatMap(mutableEntry));
    let highest = 0n;
    for (const { version, data } of this.#inputs.values())
      if (data.kind === 'move' && version > highest) highest = version;
    for (const { version } of receiving) if (version > highest) highest = version;
    this.lamport = highest + 1n;
  }

  get inputs(): ReadonlyMap<Id, SuiObject> {
    return this.#inputs;
  }

  get loaded(): ReadonlyMap<Id, SuiObject> {
    return this.#loaded;
  }

  get mutableCount(): number {
    return this.#mutable.size;
  }

  get results(): ExecutionResults {
    return {
      written: this.#written,
      modified: this.#modified,
      created: this.#created,
      deleted: this.#deleted,
      events: this.#events,
    };
  }

  /** As it is now. @throws CannotPreview for one that the transaction does not name */
  read(id: Id): SuiObject {
    const object = this.#written.get(id) ?? this.#inputs.get(id);
    if (object === undefined)
      throw new CannotPreview('sui-input-object', 'an object that the transaction does not name', {
        id,
      });
    return object;
  }

  mutateInput(object: SuiObject): void {
    const id = idOf(object.id);
    this.#modified.add(id);
    this.#written.set(id, object);
  }

  /** Of one that the transaction names or made. */
  mutate(object: SuiObject): void {
    const id = idOf(object.id);
    if (this.#inputs.has(id)) this.#modified.add(id);
    this.#written.set(id, object);
  }

  /** Additions to and withdrawals from what is kept outside of objects, in their order. */
  get accumulators(): readonly AccumulatorWrite[] {
    return this.#accumulators;
  }

  addAccumulatorWrite(write: AccumulatorWrite): void {
    this.#accumulators.push(write);
  }

  deleteInput(id: Id): void {
    this.#modified.add(id);
    this.#deleted.add(id);
  }

  record(results: ExecutionResults): void {
    for (const [id, object] of results.written) this.#written.set(id, object);
    for (const id of results.modified) this.#modified.add(id);
    for (const id of results.created) this.#created.add(id);
    for (const id of results.deleted) this.#deleted.add(id);
    this.#events.push(...results.events);
    this.#accumulators.push(...(results.accumulators ?? []));
  }

  saveLoaded(loaded: ReadonlyMap<Id, SuiObject>): void {
    this.#loaded = loaded;
  }

  dropWrites(): void {
    this.#written = new Map();
    this.#modified = new Set();
    this.#created = new Set();
    this.#deleted = new Set();
    this.#events = [];
    this.#accumulators = [];
  }

  /** Every mutable input gets a new version, whatever is done to it. */
  touchMutableInputs(): void {
    for (const [id, { object }] of this.#mutable)
      if (!this.#modified.has(id)) this.mutateInput(object);
  }

  /** Undefined for what is not modified. */
  before(id: Id): Before | undefined {
    if (!this.#modified.has(id)) return undefined;
    const input = this.#mutable.get(id);
    if (input !== undefined) return input;
    const object = this.#loaded.get(id);
    if (object === undefined)
      throw new CannotPreview('sui-modified-object', 'a change of an object that was not loaded', {
        id,
      });
    return beforeOf(object, objectDigest(object));
  }

  /** Notes what each written object costs and had cost. */
  collectStorage(gas: GasStatus): void {
    for (const [id, object] of sorted(this.#written)) {
      const rebate = this.before(id)?.object.storageRebate ?? 0n;
      this.#written.set(id, {
        ...object,
        storageRebate: gas.trackStorage(objectSize(object), rebate),
      });
    }
    this.collectRebate(gas);
  }

  /** Of what is gone. */
  collectRebate(gas: GasStatus): void {
    for (const id of sortedIds(this.#modified))
      if (!this.#written.has(id)) gas.trackStorage(0, this.before(id)?.object.storageRebate ?? 0n);
  }

  /** Bytes of all that is written. */
  get writtenSize(): number {
    let size = 0;
    for (const object of this.#written.values()) size += objectSize(object);
    return size;
  }

  /** effects/mod.rs, `estimate_effects_size_upperbound_v1` and `_v2`. */
  effectsSize(version: 1 | 2): number {
    const writes = this.#written.size;
    const inputs = this.#inputs.size;
    if (version === 2)
      return (
        FIXED_SIZE +
        CHANGE_PADDING +
        CHANGE_SIZE * (writes + this.#modified.size) +
        dependenciesSize(inputs)
      );
    const wrapped = [...this.#modified].filter(
      (id) => !this.#written.has(id) && !this.#deleted.has(id),
    );
    const ended = this.#deleted.size + wrapped.length;
    return (
      FIXED_SIZE +
      CHANGE_PADDING +
      CHANGE_SIZE * writes +
      REF_SIZE * (this.#mutable.size + ended) +
      dependenciesSize(inputs)
    );
  }

  /**
   * What is paid for storage flows into objects, and what was paid comes back, to the unit
   * (`check_sui_conserved`). The chain holds it never to fail; where it does here, this VM is wrong.
   *
   * @throws CannotPreview
   */
  requireConserved(gas: SuiGasSummary): void {
    let before = 0n;
    let after = 0n;
    for (const id of this.#modified) before += this.before(id)?.object.storageRebate ?? 0n;
    for (const { storageRebate } of this.#written.values()) after += storageRebate;
    const returned = gas.storageRebate + gas.nonRefundableStorageFee;
    const holds =
      gas.storageCost === 0n
        ? before === after + returned
        : before === returned && after === gas.storageCost;
    if (!holds)
      throw new CannotPreview('sui-conservation', 'a run whose storage fees do not add up', {
        net: netUse(gas).toString(),
      });
  }

  /** Gives all that is written its version and transaction. */
  stamp(stamp: Stamp): void {
    for (const [id, object] of this.#written)
      this.#written.set(id, stamped(object, this.#inputs.get(id), this.#created.has(id), stamp));
  }
}

/** Rough sizes that the chain reckons with, in bytes. */
const FIXED_SIZE = 120 + 10 + 40 + 40;
const CHANGE_PADDING = 1000;
const REF_SIZE = 80;
const CHANGE_SIZE = 48 + REF_SIZE;
const DEPENDENCY_SIZE = 40;

const dependenciesSize = (count: number): number => CHANGE_PADDING + DEPENDENCY_SIZE * count;

function beforeOf(object: SuiObject, digest: Uint8Array): Before {
  return { at: [object.version, digest], owner: object.owner, object };
}

function mutableEntry({ id, as, object }: InputObject): (readonly [Id, Before])[] {
  if (object === null || as.kind === 'package') return [];
  if (as.kind === 'shared') return as.mutable ? [[id, beforeOf(object, objectDigest(object))]] : [];
  return object.owner.kind === 'immutable' ? [] : [[id, beforeOf(object, as.ref.digest)]];
}
