import { Address } from '../../core/values';
import { type AptosState, MissingStateError, type StateKey, type StateValue } from '../state';
import { type ChangeSet, valueAfter } from './change-set';
import { stateKeyId } from './state-key';

/** The chain's state as a transaction reads it, with all that was read. */
export class ReadState {
  readonly #values = new Map<string, StateValue | null>();
  readonly #keys: StateKey[] = [];
  readonly #newTables = new Set<string>();

  constructor(private readonly state: AptosState) {}

  /** @throws MissingStateError */
  read(key: StateKey, id: string = stateKeyId(key)): StateValue | null {
    const known = this.#values.get(id);
    if (known !== undefined) return known;
    if (key.kind === 'tableItem' && this.#newTables.has(Address.fromBytes(key.handle).hex))
      return null;
    const value = this.state.read(key);
    this.#values.set(id, value);
    this.#keys.push(key);
    return value;
  }

  /** Without counting as read. @throws MissingStateError */
  peek(key: StateKey): StateValue | null {
    return this.state.read(key);
  }

  /** A table that the transaction makes: the chain has nothing under its handle. */
  addTable(handle: Address): void {
    this.#newTables.add(handle.hex);
  }

  /** As it was on the chain; only what was read. */
  before(id: string): StateValue | null {
    return this.#values.get(id) ?? null;
  }

  /** In the order in which they were read first. */
  get keys(): readonly StateKey[] {
    return this.#keys;
  }

  /** Which of them were never loaded; nothing counts as read by this. */
  missing(keys: readonly StateKey[]): readonly StateKey[] {
    return keys.flatMap((key) => {
      try {
        this.state.read(key);
        return [];
      } catch (error) {
        if (error instanceof MissingStateError) return error.keys;
        throw error;
      }
    });
  }
}

/** The state under what earlier sessions of the transaction changed. */
export class StateView {
  constructor(
    readonly base: ReadState,
    readonly changes: ChangeSet,
  ) {}

  /** @throws MissingStateError */
  read(key: StateKey, id: string = stateKeyId(key)): StateValue | null {
    const write = this.changes.writes.get(id);
    // Even a value that is overwritten was read before: its size decides on fees.
    return write === undefined ? this.base.read(key, id) : valueAfter(write);
  }
}
