/**
 * What a transaction makes, moves and ends, as natives tell it. Source: sui-move-natives,
 * `object_runtime/mod.rs`.
 */
import type { GlobalCell } from '../../core/runtime';
import { MoveError } from '../../core/runtime';
import { Address, asAddress, asStruct, type Value } from '../../core/values';
import type { SuiObject, SuiOwner } from '../state';
import { Accumulators } from './accumulators';
import { ChildStore } from './child-store';
import { limitExceeded, requireBelow, requiredNumber } from './limits';
import { isSameOwner, requireNoCircles } from './ownership';
import type {
  AccumulatorEvent,
  ChildResult,
  LoadedObject,
  LookedUp,
  ObjectId,
  ObjectRuntimeOptions,
  ObjectWrite,
  RuntimeResults,
  TransferResult,
  TypedValue,
} from './types';

/**
 * Objects of the chain's own, made when it began or by a system transaction: system state, clock,
 * authenticator state, randomness, bridge, accumulator root, coin registry, display registry, deny list,
 * address alias state.
 */
const FRAMEWORK_OBJECTS: ReadonlySet<ObjectId> = new Set(
  ['0x5', '0x6', '0x7', '0x8', '0x9', '0xacc', '0xc', '0xd', '0x403', '0xa'].map(
    (text) => Address.parse(text).hex,
  ),
);

/** The id in the first field of an object: `UID { id: ID { bytes } }`. */
export function objectIdOf(value: Value): ObjectId {
  const uid = asStruct(value).fields[0];
  return asAddress(asStruct(asStruct(uid).fields[0]).fields[0]).hex;
}

/** One per transaction. */
export class ObjectRuntime {
  /** Total size of what was emitted, counted by the event natives. */
  eventsSize = 0n;
  readonly accumulators: Accumulators;
  readonly #children: ChildStore;
  readonly #newIds = new Set<ObjectId>();
  readonly #generatedIds = new Set<ObjectId>();
  readonly #deletedIds = new Set<ObjectId>();
  readonly #transfers = new Map<ObjectId, ObjectWrite>();
  readonly #received = new Map<ObjectId, SuiObject>();
  #events: TypedValue[] = [];
  #emitted = 0;

  constructor(readonly options: ObjectRuntimeOptions) {
    this.#children = new ChildStore(options);
    this.accumulators = new Accumulators(options);
  }

  /** @throws MoveError MEMORY_LIMIT_EXCEEDED */
  newId(id: ObjectId): void {
    this.#requireBelow('max_num_new_move_object_ids', this.#newIds.size, 'newIdCount', 'Creating');
    // A dynamic field that was taken away and is put back is not new.
    if (this.#deletedIds.delete(id)) return;
    this.#newIds.add(id);
    this.#generatedIds.add(id);
  }

  /** As `newId`, for an id that is derived from its parent's: what it had on the chain stays its own. */
  newIdFromHash(parent: ObjectId, id: ObjectId): void {
    this.newId(id);
    this.#children.inheritRoot(parent, id);
  }

  /** @throws MoveError MEMORY_LIMIT_EXCEEDED */
  deleteId(id: ObjectId): void {
    const count = this.#deletedIds.size;
    this.#requireBelow('max_num_deleted_move_object_ids', count, 'deletedIdCount', 'Deleting');
    if (!this.#newIds.delete(id)) this.#deletedIds.add(id);
  }

  /**
   * Gives an object to an owner.
   *
   * @param write - shared and party owners with version 0
   * @param isEnd - whether the adapter only writes back what it was given, for which there is no limit
   * @throws MoveError MEMORY_LIMIT_EXCEEDED
   */
  transfer(write: ObjectWrite, isEnd = false): TransferResult {
    const id = objectIdOf(write.value);
    const result = this.#transferResult(id, write.owner);
    if (isEnd && result === 'ownerChanged')
      throw new MoveError('UNKNOWN_INVARIANT_VIOLATION_ERROR', {
        reason: `Untransferred object ${id} had its owner change or was not new`,
      });
    requireBelow(
      this.options.protocol,
      this.options.isMetered && !FRAMEWORK_OBJECTS.has(id) && !isEnd,
      'max_num_transferred_move_object_ids',
      this.#transfers.size,
      'transferIdCount',
      (limit) => `Transferring more than ${limit} IDs is not allowed`,
    );
    this.#transfers.set(id, write);
    return result;
  }

  isDeleted(id: ObjectId): boolean {
    return this.#deletedIds.has(id);
  }

  /** Of an object that was given to somebody by now. */
  newOwner(id: ObjectId): SuiOwner | undefined {
    return this.#transfers.get(id)?.owner;
  }

  /** @throws MoveError MEMORY_LIMIT_EXCEEDED */
  emit(event: TypedValue): void {
    const limit = requiredNumber(this.options.protocol, 'max_num_event_emit');
    if (BigInt(this.#events.length) >= limit)
      throw limitExceeded('eventCount', `Emitting more than ${limit} events is not allowed`);
    this.#events.push(event);
    this.#emitted++;
  }

  /** Events since they were last taken; the adapter takes them after each call, which names them. */
  takeEvents(): readonly TypedValue[] {
    const taken = this.#events;
    this.#events = [];
    return taken;
  }

  /** Events that the transaction emitted, those that were taken among them. */
  get emittedEvents(): number {
    return this.#emitted;
  }

  childExists(parent: ObjectId, id: ObjectId): LookedUp<boolean> {
    return this.#children.exists(parent, id);
  }

  childExistsWithType(
    parent: ObjectId,
    id: ObjectId,
    type: Omit<TypedValue, 'value'>,
  ): LookedUp<boolean> {
    return this.#children.existsWithType(parent, id, type);
  }

  /**
   * The place of a child, empty where there is none.
   *
   * @throws MissingObjectsError, StateError, MoveError MEMORY_LIMIT_EXCEEDED
   */
  child(
    parent: ObjectId,
    id: ObjectId,
    type: Omit<TypedValue, 'value'>,
  ): ChildResult<LookedUp<GlobalCell>> {
    return this.#children.cell(parent, id, type);
  }

  addChild(parent: ObjectId, child: TypedValue): void {
    this.#children.add(parent, objectIdOf(child.value), child);
  }

  /** A setting of a configuration object that the transaction does not name; undefined where it has none. */
  setting(config: ObjectId, id: ObjectId, type: Omit<TypedValue, 'value'>): Value | undefined {
    return this.#children.setting(config, id, type);
  }

  /** An object that was sent to `parent`; undefined where it cannot be received. */
  receive(
    parent: ObjectId,
    id: ObjectId,
    version: bigint,
    type: Omit<TypedValue, 'value'>,
  ): ChildResult<Value> | undefined {
    const found = this.#children.receive(parent, id, version, type);
    if (found === undefined) return undefined;
    const { object, result } = found;
    const isKnown = this.#received.has(id);
    const { protocol } = this.options;
    if (
      isKnown &&
      result.kind === 'mismatchedType' &&
      protocol.feature('early_return_receive_object_mismatched_type')
    )
      return result;
    this.#received.set(id, object);
    if (isKnown)
      throw new MoveError('UNKNOWN_INVARIANT_VIOLATION_ERROR', {
        reason: `Object ${id} at version ${version} already received.`,
      });
    return result;
  }

  emitAccumulatorEvent(event: AccumulatorEvent): void {
    this.accumulators.emit(event);
  }

  /** Children and received objects that were read by now. */
  get loadedObjects(): ReadonlyMap<ObjectId, SuiObject> {
    const both = [
      ...this.#children.readObjects.map((object) => [hexOf(object.id), object] as const),
      ...this.#received,
    ];
    return new Map(both.sort(([left], [right]) => (left < right ? -1 : 1)));
  }

  get wrappedIn(): ReadonlyMap<ObjectId, ObjectId> {
    return this.#children.wrappedIn;
  }

  /**
   * Ends the run.
   *
   * @throws CircularOwnershipError
   */
  finish(): RuntimeResults {
    const modified = new Set<ObjectId>([...this.#received.keys(), ...this.#deletedIds]);
    for (const { id, parent, value, type, tag, loader } of this.#children.effects()) {
      modified.add(id);
      if (value === undefined) continue;
      const owner = { kind: 'object', parent: Address.parse(parent).bytes } as const;
      this.#transfers.set(id, { owner, type, tag, loader, value });
    }
    requireNoCircles([...this.#transfers].map(([id, { owner }]) => [id, owner]));
    for (const id of this.#transfers.keys()) modified.add(id);
    const loaded = new Map<ObjectId, LoadedObject>();
    for (const [id, object] of this.loadedObjects)
      loaded.set(id, { object, isModified: modified.has(id) });
    return {
      writes: this.#transfers,
      events: this.#events,
      accumulatorEvents: this.accumulators.events,
      loaded,
      createdIds: this.#newIds,
      deletedIds: this.#deletedIds,
      generatedIds: this.#generatedIds,
      wrappedIn: this.#children.wrappedIn,
    };
  }

  #transferResult(id: ObjectId, owner: SuiOwner): TransferResult {
    if (this.#newIds.has(id)) return 'new';
    const before = this.options.inputs.get(id)?.owner;
    if (before !== undefined) return isSameOwner(owner, before) ? 'sameOwner' : 'ownerChanged';
    if (!FRAMEWORK_OBJECTS.has(id)) return 'ownerChanged';
    // They are new when they are first transferred, but no call made their ids.
    this.#newIds.add(id);
    this.#generatedIds.add(id);
    return 'new';
  }

  #requireBelow(name: string, count: number, which: 'newIdCount' | 'deletedIdCount', does: string) {
    const { protocol, isMetered } = this.options;
    const say = (limit: bigint): string => `${does} more than ${limit} IDs is not allowed`;
    requireBelow(protocol, isMetered, name, count, which, say);
  }
}

const hexOf = (id: Uint8Array): ObjectId => Address.fromBytes(id).hex;
