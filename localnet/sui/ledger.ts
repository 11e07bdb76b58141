/** All objects of the chain, each with the versions that it had, and the checkpoints that wrote them. */
import { toHex } from '../../src/chains/hex';
import { coinCurrency, SUI, sameType } from '../../src/vm-preview/move/sui/data';
import type { ObjectRequest, SuiObject, SuiState } from '../../src/vm-preview/move/sui/state';

/** Checkpoints that are kept besides the newest. */
const HISTORY = 1_000;

/** An object at a version, or its end. */
export interface Write {
  readonly id: Uint8Array;
  readonly version: bigint;
  /** Null where it was deleted or wrapped. */
  readonly object: SuiObject | null;
}

interface Row extends Write {
  readonly checkpoint: number;
}

export class Ledger implements SuiState {
  /** In the order of their versions. */
  readonly #rows = new Map<string, Row[]>();
  readonly #owned = new Map<string, Set<string>>();
  readonly #log: { readonly checkpoint: number; readonly ids: readonly string[] }[] = [];
  #checkpoint = -1;
  #oldest = 0;

  /** Newest; -1 before the genesis. */
  get checkpoint(): number {
    return this.#checkpoint;
  }

  get oldest(): number {
    return this.#oldest;
  }

  /** @param writes - of one checkpoint, in the order in which they happened */
  commit(writes: Iterable<Write>): void {
    this.#checkpoint += 1;
    const ids: string[] = [];
    for (const write of writes) {
      const id = toHex(write.id);
      ids.push(id);
      const rows = this.#rows.get(id) ?? [];
      this.#rows.set(id, rows);
      rows.push({ ...write, checkpoint: this.#checkpoint });
      const owner = ownerKey(write.object);
      if (owner !== undefined)
        this.#owned.set(owner, (this.#owned.get(owner) ?? new Set()).add(id));
    }
    this.#log.push({ checkpoint: this.#checkpoint, ids });
    this.#prune(Math.max(0, this.#checkpoint - HISTORY));
  }

  object({ bound, id }: ObjectRequest): SuiObject | null {
    const rows = this.#rows.get(toHex(id)) ?? [];
    switch (bound.kind) {
      case 'latest':
        return rows.at(-1)?.object ?? null;
      case 'exact':
        return rows.find(({ version }) => version === bound.version)?.object ?? null;
      case 'atMost':
        return rows[lastWhere(rows, ({ version }) => version <= bound.version)]?.object ?? null;
    }
  }

  newest(id: Uint8Array): SuiObject | null {
    return this.object({ id, bound: { kind: 'latest' } });
  }

  /** As of a checkpoint. */
  at(id: Uint8Array, checkpoint: number): SuiObject | null {
    return this.#at(toHex(id), checkpoint);
  }

  /** What belongs to an address or an object as of a checkpoint: the richest coins first, then by id. */
  ownedBy(owner: Uint8Array, checkpoint: number): SuiObject[] {
    const ids = this.#owned.get(toHex(owner)) ?? [];
    return this.#list(ids, checkpoint)
      .filter((object) => ownerKey(object) === toHex(owner))
      .sort(byBalance);
  }

  /** All objects as of a checkpoint, by id. */
  all(checkpoint: number): SuiObject[] {
    return this.#list(this.#rows.keys(), checkpoint);
  }

  #list(ids: Iterable<string>, checkpoint: number): SuiObject[] {
    return [...ids].sort().flatMap((id) => {
      const object = this.#at(id, checkpoint);
      return object === null ? [] : [object];
    });
  }

  #at(id: string, checkpoint: number): SuiObject | null {
    const rows = this.#rows.get(id) ?? [];
    return rows[lastWhere(rows, (row) => row.checkpoint <= checkpoint)]?.object ?? null;
  }

  /** Of each object, what no checkpoint from `oldest` on can see goes. */
  #prune(oldest: number): void {
    this.#oldest = oldest;
    for (;;) {
      const [first] = this.#log;
      if (first === undefined || first.checkpoint > oldest) return;
      for (const id of first.ids) {
        const rows = this.#rows.get(id) ?? [];
        const seen = lastWhere(rows, ({ checkpoint }) => checkpoint <= oldest);
        if (seen > 0) rows.splice(0, seen);
        // Gone for good, for all that can still be asked.
        if (rows.length === 1 && rows[0]?.object === null) this.#rows.delete(id);
      }
      this.#log.shift();
    }
  }
}

/** -1 where there is none. */
function lastWhere(rows: readonly Row[], holds: (row: Row) => boolean): number {
  for (let i = rows.length - 1; i >= 0; i -= 1) {
    const row = rows[i];
    if (row !== undefined && holds(row)) return i;
  }
  return -1;
}

/** Hex of the address or object that it belongs to. */
function ownerKey(object: SuiObject | null): string | undefined {
  const owner = object?.owner;
  if (owner?.kind === 'address' || owner?.kind === 'consensusAddress') return toHex(owner.address);
  return owner?.kind === 'object' ? toHex(owner.parent) : undefined;
}

const BALANCE_AT = 32;

/** Of a coin of any currency; zero for anything else. */
export function balanceOf({ data }: SuiObject): bigint {
  if (data.kind !== 'move' || coinCurrency(data.type) === undefined) return 0n;
  const { buffer, byteLength, byteOffset } = data.contents;
  return new DataView(buffer, byteOffset, byteLength).getBigUint64(BALANCE_AT, true);
}

export function isSui({ data }: SuiObject): boolean {
  const currency = data.kind === 'move' ? coinCurrency(data.type) : undefined;
  return currency !== undefined && sameType(currency, SUI);
}

function byBalance(left: SuiObject, right: SuiObject): number {
  const difference = balanceOf(right) - balanceOf(left);
  return difference === 0n ? 0 : difference > 0n ? 1 : -1;
}
