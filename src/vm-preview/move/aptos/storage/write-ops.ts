/**
 * From what a session changed to writes of the state.
 * Source: aptos-core `aptos-vm/src/move_vm_ext/write_op_converter.rs`, `session/mod.rs`.
 */
import { CannotPreview } from '../../../errors';
import type { StateKey, StateMetadata, StateValue } from '../state';
import type { ChangeSet, WriteOp } from './change-set';
import { encodeGroup } from './resource-group';
import type { SessionStorage, ValueWrite } from './session-storage';
import type { StateView } from './state-view';

export interface WriteOpRules {
  /** What a new slot starts with; undefined before slots had metadata. */
  readonly newSlot: StateMetadata | undefined;
  /** Before gas feature version 3 the chain did not tell a new resource from a changed one. */
  readonly creationIsModification: boolean;
}

type Effect = 'create' | 'modify' | 'delete';

export class WriteOpConverter {
  constructor(
    private readonly view: StateView,
    private readonly rules: WriteOpRules,
  ) {}

  /** Writes by `stateKeyId`. */
  convert(storage: SessionStorage): ChangeSet['writes'] {
    const writes = new Map<string, WriteOp>();
    const groups = new Map<string, ValueWrite[]>();
    for (const write of storage.writes()) {
      const { id, key, effect, bytes, isResource } = write;
      if (write.member === undefined) writes.set(id, this.#op(key, id, effect, bytes, isResource));
      else groups.set(id, [...(groups.get(id) ?? []), write]);
    }
    for (const [id, members] of groups) writes.set(id, this.#groupOp(storage, id, members));
    return writes;
  }

  /** A value that natives keep as bytes, or a module. */
  value(key: StateKey, id: string, bytes: Uint8Array | undefined, isDelta = false): WriteOp {
    const exists = this.view.read(key, id) !== null;
    const effect = bytes === undefined ? 'delete' : exists ? 'modify' : 'create';
    return { ...this.#op(key, id, effect, bytes, false), isDelta };
  }

  #groupOp(storage: SessionStorage, id: string, changes: readonly ValueWrite[]): WriteOp {
    const before = storage.group(id);
    const members = new Map(before);
    for (const { member = '', bytes } of changes) {
      if (bytes === undefined) members.delete(member);
      else members.set(member, bytes);
    }
    const effect = members.size === 0 ? 'delete' : before.size === 0 ? 'create' : 'modify';
    const key = changes[0]?.key;
    if (key === undefined) throw contradiction();
    return this.#op(key, id, effect, members.size === 0 ? undefined : encodeGroup(members), false);
  }

  #op(
    key: StateKey,
    id: string,
    effect: Effect,
    bytes: Uint8Array | undefined,
    isResource: boolean,
  ): WriteOp {
    const current = this.view.read(key, id);
    if ((current === null) !== (effect === 'create')) throw contradiction();
    const kind =
      effect === 'delete'
        ? 'deletion'
        : effect === 'modify' || (isResource && this.#createsAsModification())
          ? 'modification'
          : 'creation';
    const metadata = effect === 'create' ? this.rules.newSlot : metadataOf(current);
    const previousSize = this.view.base.read(key, id)?.bytes.length ?? 0;
    return { key, kind, bytes, metadata, previousSize, isDelta: false };
  }

  #createsAsModification(): boolean {
    return this.rules.creationIsModification && this.rules.newSlot === undefined;
  }
}

const metadataOf = (value: StateValue | null): StateMetadata | undefined => value?.metadata;

function contradiction(): CannotPreview {
  return new CannotPreview('aptos-write', 'a transaction that writes what it did not find');
}
