/** Children as a run reads and changes them. Source: sui-move-natives, `object_runtime/object_store.rs`. */
import { StateError } from '../../../errors';
import { BcsError } from '../../core/bcs';
import { GlobalCell, MoveError } from '../../core/runtime';
import { typeTagText } from '../../core/types';
import { Address, type Value } from '../../core/values';
import type { SuiObject, SuiOwner } from '../state';
import { containedIds } from './contained-ids';
import { requireBelow } from './limits';
import type { ChildResult, LookedUp, ObjectId, ObjectRuntimeOptions, TypedValue } from './types';

type ChildType = Omit<TypedValue, 'value'>;

const VALUE = { kind: 'value' } as const;
const OBJECT = { kind: 'object' } as const;

interface Child extends ChildType {
  readonly parent: ObjectId;
  readonly cell: GlobalCell;
}

/** A child that is other than it was. */
export interface ChildEffect extends ChildType {
  readonly id: ObjectId;
  readonly parent: ObjectId;
  /** Undefined where it is no child any more. */
  readonly value: Value | undefined;
}

export class ChildStore {
  /** By child; null where the chain has none. */
  readonly #read = new Map<ObjectId, SuiObject | null>();
  readonly #children = new Map<ObjectId, Child>();
  readonly #settings = new Map<ObjectId, TypedValue>();
  /** Version as of which the children of an object are read: its root's when the transaction began. */
  readonly #rootVersions = new Map<ObjectId, bigint>();
  readonly #wrappedIn = new Map<ObjectId, ObjectId>();

  constructor(private readonly options: ObjectRuntimeOptions) {
    for (const [id, { containedIds: contained, version }] of options.inputs)
      this.#place(contained, id, version);
  }

  get wrappedIn(): ReadonlyMap<ObjectId, ObjectId> {
    return this.#wrappedIn;
  }

  /** What was read as a child and is there, in the order of ids. */
  get readObjects(): readonly SuiObject[] {
    return [...this.#read.values()].filter((object) => object !== null);
  }

  /** An id that is derived from its parent's is read under the same root. */
  inheritRoot(parent: ObjectId, id: ObjectId): void {
    const version = this.#rootVersions.get(parent);
    if (version !== undefined) this.#rootVersions.set(id, version);
  }

  exists(parent: ObjectId, id: ObjectId): LookedUp<boolean> {
    const child = this.#children.get(id);
    if (child !== undefined) return { lookup: VALUE, value: child.cell.exists };
    const { lookup, value: object } = this.#fetch(parent, id);
    return { lookup, value: object !== null };
  }

  existsWithType(parent: ObjectId, id: ObjectId, type: ChildType): LookedUp<boolean> {
    const child = this.#children.get(id);
    if (child !== undefined)
      return { lookup: VALUE, value: child.cell.exists && isSameType(child, type) };
    const { lookup, value: object } = this.#fetch(parent, id);
    const isOfType =
      object?.data.kind === 'move' && typeTagText(object.data.type) === typeTagText(type.tag);
    return { lookup, value: isOfType };
  }

  /** The place of a child, empty where there is none. */
  cell(parent: ObjectId, id: ObjectId, type: ChildType): ChildResult<LookedUp<GlobalCell>> {
    const known = this.#children.get(id);
    if (known !== undefined)
      return isSameType(known, type)
        ? { kind: 'loaded', value: { lookup: VALUE, value: known.cell } }
        : { kind: 'mismatchedType' };
    const { lookup, value: object } = this.#fetch(parent, id);
    let cell = new GlobalCell(undefined);
    if (object !== null) {
      if (object.data.kind !== 'move' || typeTagText(object.data.type) !== typeTagText(type.tag))
        return { kind: 'mismatchedType' };
      const value = decode(object, type);
      const version = this.#rootVersions.get(parent);
      if (version !== undefined)
        this.#place(containedIds(value, type.type, type.loader), id, version);
      cell = new GlobalCell(value);
    }
    this.#requireRoom();
    this.#children.set(id, { ...type, parent, cell });
    return { kind: 'loaded', value: { lookup, value: cell } };
  }

  add(parent: ObjectId, id: ObjectId, { value, type, tag, loader }: TypedValue): void {
    this.#requireRoom();
    const known = this.#children.get(id);
    if (known?.cell.exists)
      throw new MoveError('UNKNOWN_INVARIANT_VIOLATION_ERROR', {
        reason: 'Duplicate addition of a child object.',
      });
    const keeps = this.options.protocol.feature('loaded_child_object_format');
    const cell = known !== undefined && keeps ? known.cell : new GlobalCell(undefined);
    cell.moveTo(value);
    this.#children.delete(id);
    this.#children.set(id, { type, tag, loader, parent, cell });
  }

  /** An object that was sent to another, undefined where there is none as named. */
  receive(
    parent: ObjectId,
    id: ObjectId,
    version: bigint,
    type: ChildType,
  ): { readonly object: SuiObject; readonly result: ChildResult<Value> } | undefined {
    const { state } = this.options;
    const bytes = Address.parse(id).bytes;
    if (state.received?.(bytes, version) === true) return undefined;
    const object = state.object({ id: bytes, bound: { kind: 'exact', version } });
    if (object === null || !isOwnedBy(object.owner, 'address', parent)) return undefined;
    if (object.data.kind !== 'move' || typeTagText(object.data.type) !== typeTagText(type.tag))
      return { object, result: { kind: 'mismatchedType' } };
    const value = decode(object, type);
    this.#place(containedIds(value, type.type, type.loader), id, version);
    return { object, result: { kind: 'loaded', value } };
  }

  /** A setting of a configuration object as it is now, whatever the transaction's versions are. */
  setting(parent: ObjectId, id: ObjectId, type: ChildType): Value | undefined {
    const known = this.#settings.get(id);
    if (known !== undefined) return isSameType(known, type) ? known.value : undefined;
    const object = this.options.state.object({
      id: Address.parse(id).bytes,
      bound: { kind: 'latest' },
      parent: Address.parse(parent).bytes,
    });
    if (object?.data.kind !== 'move' || !isOwnedBy(object.owner, 'object', parent))
      return undefined;
    let value: Value;
    try {
      value = type.loader.codec.decode(object.data.contents, type.type);
    } catch (error) {
      // The chain takes what it cannot read for a setting that is not there.
      if (error instanceof BcsError) return undefined;
      throw error;
    }
    this.#settings.set(id, { ...type, value });
    return value;
  }

  /** Children that are other than they were, in the order of ids. */
  effects(): ChildEffect[] {
    const isMinimal = this.options.protocol.feature('minimize_child_object_mutations');
    return [...this.#children]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .filter(([id, child]) =>
        isMinimal ? this.#isOtherThanRead(id, child) : child.cell.effect.kind !== 'none',
      )
      .map(([id, { parent, type, tag, loader, cell }]) => ({
        id,
        parent,
        type,
        tag,
        loader,
        value: cell.value,
      }));
  }

  /** Whether parent, type or value differ from what was read (object_runtime, fingerprint.rs). */
  #isOtherThanRead(id: ObjectId, { parent, type, tag, loader, cell }: Child): boolean {
    const { value } = cell;
    // Where nothing was read as a child it did not exist as one.
    const before = this.#read.get(id) ?? null;
    if (before === null || before.data.kind !== 'move') return value !== undefined;
    if (value === undefined || !isOwnedBy(before.owner, 'object', parent)) return true;
    if (typeTagText(before.data.type) !== typeTagText(tag)) return true;
    const { contents } = before.data;
    const encoded = loader.codec.encode(value, type);
    return encoded.length !== contents.length || encoded.some((byte, i) => byte !== contents[i]);
  }

  /** @throws StateError for an object that cannot be the child */
  #fetch(parent: ObjectId, id: ObjectId): LookedUp<SuiObject | null> {
    const known = this.#read.get(id);
    if (known !== undefined) return { lookup: OBJECT, value: known };
    const version = this.#rootVersions.get(parent);
    // What was made in this transaction has no children on the chain.
    const object =
      version === undefined
        ? null
        : this.options.state.object({
            id: Address.parse(id).bytes,
            bound: { kind: 'atMost', version },
            parent: Address.parse(parent).bytes,
          });
    if (
      object !== null &&
      (object.data.kind !== 'move' || !isOwnedBy(object.owner, 'object', parent))
    )
      throw new StateError('sui-child-object', 'an object that was given for a child is none', {
        object: id,
        parent,
      });
    const { protocol, isMetered } = this.options;
    requireBelow(
      protocol,
      isMetered,
      'object_runtime_max_num_cached_objects',
      this.#read.size,
      'objectRuntimeCache',
      (limit) => `Object runtime cached objects limit (${limit} entries) reached`,
    );
    this.#read.set(id, object);
    const bytes = object?.data.kind === 'move' ? object.data.contents.length : undefined;
    return { lookup: { kind: 'read', bytes }, value: object };
  }

  #requireRoom(): void {
    const { protocol, isMetered } = this.options;
    requireBelow(
      protocol,
      isMetered,
      'object_runtime_max_num_store_entries',
      this.#children.size,
      'objectRuntimeStore',
      (limit) => `Object runtime store limit (${limit} entries) reached`,
    );
  }

  /** Notes what an object holds. */
  #place(contained: Iterable<ObjectId>, holder: ObjectId, version: bigint): void {
    for (const id of contained) {
      this.#rootVersions.set(id, version);
      if (id !== holder) this.#wrappedIn.set(id, holder);
    }
  }
}

const isSameType = (left: ChildType, right: ChildType): boolean =>
  typeTagText(left.tag) === typeTagText(right.tag);

function isOwnedBy(owner: SuiOwner, kind: 'address' | 'object', id: ObjectId): boolean {
  if (owner.kind === 'address' && kind === 'address')
    return Address.fromBytes(owner.address).hex === id;
  return owner.kind === 'object' && kind === 'object' && Address.fromBytes(owner.parent).hex === id;
}

/** @throws StateError for contents that are no value of the object's type */
function decode({ id, data }: SuiObject, { loader, type }: ChildType): Value {
  if (data.kind !== 'move') throw new TypeError('a package has no value');
  try {
    return loader.codec.decode(data.contents, type);
  } catch (error) {
    if (!(error instanceof BcsError)) throw error;
    throw new StateError('sui-object-contents', 'the contents of an object are not of its type', {
      object: Address.fromBytes(id).hex,
      type: type.key,
    });
  }
}
