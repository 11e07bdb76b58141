/** The chain's state at its newest version and those before it: each value is kept with the version that wrote it. */

import type { AptosState, StateKey, StateValue } from '../../src/vm-preview/move/aptos/state';
import { stateKeyId } from '../../src/vm-preview/move/aptos/storage';
import { accountKey } from './keys';

/** Versions that are kept besides the newest. */
const HISTORY = 1_000;

interface Row {
  readonly key: StateKey;
  /** In the order of their versions; null where the value was removed. */
  written: { readonly version: number; readonly value: StateValue | null }[];
}

export type Change = readonly [key: StateKey, value: StateValue | null];

export class Ledger {
  readonly #rows = new Map<string, Row>();
  readonly #byAddress = new Map<string, Set<string>>();
  /** Rows by the version that wrote them, the oldest first. */
  readonly #log: { readonly version: number; readonly ids: readonly string[] }[] = [];
  #version = -1;
  #oldest = 0;

  /** -1 before the first commit. */
  get version(): number {
    return this.#version;
  }

  get oldest(): number {
    return this.#oldest;
  }

  commit(changes: Iterable<Change>): void {
    this.#version += 1;
    const version = this.#version;
    const ids: string[] = [];
    for (const [key, value] of changes) {
      const id = stateKeyId(key);
      ids.push(id);
      const row = this.#rows.get(id);
      if (row === undefined) this.#add(id, { key, written: [{ version, value }] });
      else row.written.push({ version, value });
    }
    this.#log.push({ version, ids });
    this.#prune(Math.max(0, version - HISTORY));
  }

  /** @param version - from `oldest` to `version` */
  at(version: number): AptosState {
    return { read: (key) => this.#read(stateKeyId(key), version) };
  }

  get newest(): AptosState {
    return this.at(this.#version);
  }

  /** Everything that an account has at a version. */
  valuesOf(address: Uint8Array, version: number): [StateKey, StateValue][] {
    const ids = this.#byAddress.get(accountKey(address)) ?? [];
    return [...ids].sort().flatMap((id): [StateKey, StateValue][] => {
      const value = this.#read(id, version);
      const key = this.#rows.get(id)?.key;
      return value === null || key === undefined ? [] : [[key, value]];
    });
  }

  #read(id: string, version: number): StateValue | null {
    const written = this.#rows.get(id)?.written ?? [];
    for (let i = written.length - 1; i >= 0; i -= 1) {
      const entry = written[i];
      if (entry !== undefined && entry.version <= version) return entry.value;
    }
    return null;
  }

  #add(id: string, row: Row): void {
    this.#rows.set(id, row);
    const { key } = row;
    if (key.kind === 'raw' || key.kind === 'tableItem') return;
    const address = accountKey(key.address);
    const ids = this.#byAddress.get(address) ?? new Set();
    this.#byAddress.set(address, ids.add(id));
  }

  /** Of each value that was written over, what no version from `oldest` on can see goes. */
  #prune(oldest: number): void {
    this.#oldest = oldest;
    for (;;) {
      const [first] = this.#log;
      if (first === undefined || first.version > oldest) return;
      for (const id of first.ids) {
        const row = this.#rows.get(id);
        if (row === undefined) continue;
        const later = row.written.findIndex(({ version }) => version > oldest);
        const seen = (later === -1 ? row.written.length : later) - 1;
        if (seen > 0) row.written = row.written.slice(seen);
      }
      this.#log.shift();
    }
  }
}
