/**
 * What a session writes, and what several have written together.
 * Source: aptos-core `aptos-vm-types/src/change_set.rs`, `types/src/write_set.rs`.
 */
import { CannotPreview } from '../../../errors';
import type { StateKey, StateMetadata, StateValue } from '../state';
import type { AptosEvent } from '../types';

/** A write as it stands; the storage fee adds deposits to `metadata` before it is final. */
export interface WriteOp {
  readonly key: StateKey;
  readonly kind: 'creation' | 'modification' | 'deletion';
  /** Undefined for a deletion. */
  readonly bytes: Uint8Array | undefined;
  /** What the slot has paid; undefined where the chain keeps nothing of it. */
  readonly metadata: StateMetadata | undefined;
  /** Bytes of the value on the chain; 0 where there is none. */
  readonly previousSize: number;
  /** Of an aggregator that was only added to, unread: such writes cost no gas. */
  readonly isDelta: boolean;
}

export interface ChangeSet {
  /** By `stateKeyId`. */
  readonly writes: ReadonlyMap<string, WriteOp>;
  readonly events: readonly AptosEvent[];
}

export const EMPTY_CHANGE_SET: ChangeSet = { writes: new Map(), events: [] };

/** The changes of one session and then of the next, which ran on top of them. */
export function squash(first: ChangeSet, second: ChangeSet): ChangeSet {
  const writes = new Map(first.writes);
  for (const [id, op] of second.writes) {
    const before = writes.get(id);
    const squashed = before === undefined ? op : squashWrites(before, op);
    if (squashed === undefined) writes.delete(id);
    else writes.set(id, squashed);
  }
  return { writes, events: [...first.events, ...second.events] };
}

/** Undefined when nothing is left: made and deleted again. */
function squashWrites(first: WriteOp, second: WriteOp): WriteOp | undefined {
  switch (`${first.kind} ${second.kind}`) {
    case 'creation modification':
      return { ...second, kind: 'creation' };
    case 'creation deletion':
      return undefined;
    case 'modification modification':
    case 'modification deletion':
      return second;
    case 'deletion creation':
      return { ...second, kind: 'modification', metadata: first.metadata };
    default:
      throw new CannotPreview('aptos-squash', 'a transaction whose sessions contradict each other');
  }
}

/** In the order of their keys, as the chain has them in a write set. */
export function sortedWrites({ writes }: ChangeSet): readonly (readonly [string, WriteOp])[] {
  return [...writes].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The value that a write leaves behind. */
export function valueAfter({ bytes, metadata }: WriteOp): StateValue | null {
  if (bytes === undefined) return null;
  return metadata === undefined ? { bytes } : { bytes, metadata };
}
