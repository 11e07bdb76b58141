/**
 * Global storage as one session of a transaction sees it: each value is decoded once, and what
 * becomes of it is gathered at the end.
 * Source: aptos-core `aptos-vm/src/data_cache.rs`, `aptos-vm/src/move_vm_ext/session/mod.rs`,
 * `framework/table-natives/src/lib.rs`.
 */
import { sha3_256 } from '@noble/hashes/sha3.js';
import { StateError } from '../../../errors';
import { BcsError, BcsWriter } from '../../core/bcs';
import type { DatatypeType, Loader, Type } from '../../core/loader';
import { typeTagOf } from '../../core/loader/type-tag';
import { GlobalCell, type GlobalStorage } from '../../core/runtime';
import type { StructTag } from '../../core/types';
import { Address, illTyped, type Value } from '../../core/values';
import type { ResourceView, TableItem, Tables } from '../natives/context';
import type { StateKey } from '../state';
import { decodeGroup, type GroupMembers, memberId } from './resource-group';
import { stateKeyId } from './state-key';
import type { StateView } from './state-view';

/** A value that the session holds, and where it belongs. */
interface Held {
  readonly cell: GlobalCell;
  readonly type: Type;
  readonly place: Place;
}

type Place =
  | { readonly kind: 'value'; readonly key: StateKey; readonly id: string }
  | {
      readonly kind: 'member';
      readonly key: StateKey;
      readonly id: string;
      readonly member: string;
    };

/** What a session makes of one value, with BCS of what is to be written. */
export interface ValueWrite {
  readonly key: StateKey;
  readonly id: string;
  /** Of a resource group: the member's tag. */
  readonly member: string | undefined;
  readonly effect: 'create' | 'modify' | 'delete';
  readonly bytes: Uint8Array | undefined;
  readonly isResource: boolean;
}

export interface SessionStorageOptions {
  readonly view: StateView;
  /** Of the code that runs now: that of a module being published is another. */
  readonly loader: () => Loader;
  /** 32 bytes, of the session: what table handles are made from. */
  readonly sessionHash: Uint8Array;
  /** The resource group that a type is a member of. */
  readonly groupOf: (type: DatatypeType) => StructTag | undefined;
  /** Whether the size of a group is paid for at its first use in a session. */
  readonly chargesGroupSize: boolean;
}

export class SessionStorage implements GlobalStorage, Tables, ResourceView {
  readonly #options: SessionStorageOptions;
  readonly #resources = new Map<string, Held>();
  readonly #items = new Map<string, Held>();
  readonly #groups = new Map<string, GroupMembers>();
  #tableCount = 0;

  constructor(options: SessionStorageOptions) {
    this.#options = options;
  }

  /** @throws MissingStateError, StateError for a value that is none of the type */
  cell(address: Address, type: DatatypeType): GlobalCell {
    const name = `${address.hex} ${type.key}`;
    let held = this.#resources.get(name);
    if (held === undefined) {
      held = this.#loadResource(address, type);
      this.#resources.set(name, held);
    }
    return held.cell;
  }

  exists(
    address: Address,
    type: Type,
  ): { readonly exists: boolean; readonly loadedBytes: number | undefined } {
    if (type.kind !== 'datatype') throw illTyped('looks for a resource of no struct type');
    const cell = this.cell(address, type);
    return { exists: cell.exists, loadedBytes: cell.takeLoadedBytes() };
  }

  /** @throws StateError: the database knows it, and no value of the state */
  usage(): never {
    throw new StateError('aptos-state-usage', 'the size of the whole state is not in the state');
  }

  item(handle: Address, key: Uint8Array, valueType: Type): TableItem {
    const stateKey: StateKey = { kind: 'tableItem', handle: handle.bytes, key };
    const id = stateKeyId(stateKey);
    let held = this.#items.get(id);
    if (held === undefined) {
      const bytes = this.#options.view.read(stateKey, id)?.bytes;
      const cell = new GlobalCell(this.#decode(bytes, valueType, stateKey), bytes?.length ?? 0);
      held = { cell, type: valueType, place: { kind: 'value', key: stateKey, id } };
      this.#items.set(id, held);
    }
    return { cell: held.cell, loadedBytes: held.cell.takeLoadedBytes() };
  }

  create(): Address {
    const preimage = new BcsWriter().bytes(this.#options.sessionHash);
    // Big-endian.
    for (const shift of [24, 16, 8, 0]) preimage.u8((this.#tableCount >>> shift) & 0xff);
    this.#tableCount++;
    const handle = Address.fromBytes(sha3_256(preimage.finish()));
    this.#options.view.base.addTable(handle);
    return handle;
  }

  /** Its items were removed one by one, and the handle itself is nowhere in the state. */
  remove(): void {
    return;
  }

  /** What the session leaves different, values encoded. */
  writes(): readonly ValueWrite[] {
    const held = [...this.#resources.values(), ...this.#items.values()];
    return held.flatMap(({ cell, type, place }): ValueWrite[] => {
      const { effect } = cell;
      if (effect.kind === 'none') return [];
      const bytes =
        'value' in effect ? this.#options.loader().codec.encode(effect.value, type) : undefined;
      const member = place.kind === 'member' ? place.member : undefined;
      const isResource = place.key.kind !== 'tableItem';
      return [{ key: place.key, id: place.id, member, effect: effect.kind, bytes, isResource }];
    });
  }

  /** Members of a group as the session found them. */
  group(id: string): GroupMembers {
    return this.#groups.get(id) ?? new Map();
  }

  #loadResource(address: Address, type: DatatypeType): Held {
    const tag = structTag(type);
    const group = this.#options.groupOf(type);
    if (group !== undefined) return this.#loadMember(address, type, tag, group);
    const key: StateKey = { kind: 'resource', address: address.bytes, type: tag };
    const id = stateKeyId(key);
    const bytes = this.#options.view.read(key, id)?.bytes;
    const cell = new GlobalCell(this.#decode(bytes, type, key), bytes?.length ?? 0);
    return { cell, type, place: { kind: 'value', key, id } };
  }

  #loadMember(address: Address, type: DatatypeType, tag: StructTag, group: StructTag): Held {
    const key: StateKey = { kind: 'group', address: address.bytes, type: group };
    const id = stateKeyId(key);
    let members = this.#groups.get(id);
    let groupSize = 0;
    if (members === undefined) {
      const blob = this.#options.view.read(key, id)?.bytes;
      members = blob === undefined ? new Map() : this.#group(blob, key);
      this.#groups.set(id, members);
      if (this.#options.chargesGroupSize) groupSize = blob?.length ?? 0;
    }
    const member = memberId(tag);
    const bytes = members.get(member);
    const loadedBytes = (bytes?.length ?? 0) + groupSize;
    const cell = new GlobalCell(this.#decode(bytes, type, key), loadedBytes);
    return { cell, type, place: { kind: 'member', key, id, member } };
  }

  #group(blob: Uint8Array, key: StateKey): GroupMembers {
    try {
      return decodeGroup(blob);
    } catch (error) {
      throw error instanceof BcsError ? unreadable(key, 'resource group', error) : error;
    }
  }

  #decode(bytes: Uint8Array | undefined, type: Type, key: StateKey): Value | undefined {
    if (bytes === undefined) return undefined;
    try {
      return this.#options.loader().codec.decode(bytes, type);
    } catch (error) {
      throw error instanceof BcsError ? unreadable(key, type.key, error) : error;
    }
  }
}

function structTag(type: DatatypeType): StructTag {
  const tag = typeTagOf(type);
  if (tag.kind !== 'struct') throw illTyped('keeps a resource of no struct type');
  return tag;
}

/** Bytes that the chain's own code would not have written there. */
function unreadable(key: StateKey, type: string, error: BcsError): StateError {
  return new StateError('aptos-value-layout', `a value of the chain's state is no ${type}`, {
    type,
    key: stateKeyId(key).slice(0, 200),
    problem: error.code,
  });
}
