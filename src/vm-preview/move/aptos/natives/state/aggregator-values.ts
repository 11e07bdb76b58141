import { CannotPreview } from '../../../../errors';
import type { Address } from '../../../core/values';
import type { AggregatorValues } from '../context';

export interface AggregatorChange {
  readonly handle: Address;
  readonly key: Uint8Array;
  readonly kind: 'create' | 'modify' | 'delete';
  /** A u128; 0 for one that is deleted. */
  readonly value: bigint;
}

interface Entry {
  readonly handle: Address;
  readonly key: Uint8Array;
  readonly isNew: boolean;
  value: bigint;
  isWritten: boolean;
}

/** Aggregators of the first kind as a session leaves them (aggregator_v1_extension.rs). */
export class AggregatorStore implements AggregatorValues {
  readonly #entries = new Map<string, Entry>();
  readonly #destroyed = new Map<string, AggregatorChange>();

  /** @param load - the value in the chain's state, null where there is none */
  constructor(private readonly load: (handle: Address, key: Uint8Array) => bigint | null) {}

  get inUse(): number {
    return this.#entries.size;
  }

  read(handle: Address, key: Uint8Array): bigint {
    return this.#entry(handle, key).value;
  }

  write(handle: Address, key: Uint8Array, value: bigint): void {
    const entry = this.#entry(handle, key);
    entry.value = value;
    entry.isWritten = true;
  }

  create(handle: Address, key: Uint8Array, value: bigint): void {
    const entry = { handle, key, isNew: true, value, isWritten: true };
    this.#entries.set(idOf(handle, key), entry);
  }

  destroy(handle: Address, key: Uint8Array): void {
    const id = idOf(handle, key);
    const entry = this.#entries.get(id);
    this.#entries.delete(id);
    if (entry?.isNew !== true) this.#destroyed.set(id, { handle, key, kind: 'delete', value: 0n });
  }

  /** What the session writes, in the order in which aggregators were first touched. */
  changes(): readonly AggregatorChange[] {
    const written = [...this.#entries.values()].flatMap(
      ({ handle, key, isNew, value, isWritten }): AggregatorChange[] =>
        isWritten ? [{ handle, key, kind: isNew ? 'create' : 'modify', value }] : [],
    );
    return [...written, ...this.#destroyed.values()];
  }

  #entry(handle: Address, key: Uint8Array): Entry {
    const id = idOf(handle, key);
    let entry = this.#entries.get(id);
    if (entry === undefined) {
      const value = this.#destroyed.has(id) ? null : this.load(handle, key);
      if (value === null)
        throw new CannotPreview('aptos-aggregator', 'an aggregator that has no value');
      entry = { handle, key, isNew: false, value, isWritten: false };
      this.#entries.set(id, entry);
    }
    return entry;
  }
}

function idOf(handle: Address, key: Uint8Array): string {
  return `${handle.hex}/${key.join()}`;
}
