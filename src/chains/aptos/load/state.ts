/** The state that was loaded, of one version of the ledger. */
import {
  type AptosState,
  MissingStateError,
  type StateKey,
  type StateValue,
} from '../../../vm-preview/move/aptos/state';
import { stateKeyId } from '../../../vm-preview/move/aptos/storage';

export class LoadedState implements AptosState {
  readonly #values = new Map<string, StateValue | null>();

  /** @param overlay - values as an earlier transaction leaves them, by `stateKeyId` */
  constructor(private readonly overlay: ReadonlyMap<string, StateValue | null> = new Map()) {}

  read(key: StateKey): StateValue | null {
    const value = this.peek(key);
    if (value === undefined) throw new MissingStateError([key]);
    return value;
  }

  /** Undefined for one that was never loaded. */
  peek(key: StateKey): StateValue | null | undefined {
    const id = stateKeyId(key);
    const changed = this.overlay.get(id);
    return changed === undefined ? this.#values.get(id) : changed;
  }

  set(key: StateKey, value: StateValue | null): void {
    this.#values.set(stateKeyId(key), value);
  }
}
