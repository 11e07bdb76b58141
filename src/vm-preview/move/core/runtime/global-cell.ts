import type { DatatypeType } from '../loader';
import type { Address, GlobalRoot, Value } from '../values';
import { SlotReference } from '../values';
import { MoveError } from './errors';

/** What becomes of a resource: nothing, or a write (values_impl.rs, `GlobalValueImpl`). */
export type GlobalEffect =
  | { readonly kind: 'none' | 'delete' }
  | { readonly kind: 'create' | 'modify'; readonly value: Value };

/** A place in global storage, as it was loaded and as the run leaves it. */
export class GlobalCell implements GlobalRoot {
  dirty = false;
  readonly #slots: [Value | undefined];
  #loadedBytes: number | undefined;

  /**
   * @param loaded - the value on the chain, undefined where there is none
   * @param loadedBytes - read from the chain for it, to be paid for once; undefined where nothing was
   */
  constructor(
    private readonly loaded: Value | undefined,
    loadedBytes?: number,
  ) {
    this.#slots = [loaded];
    this.#loadedBytes = loadedBytes;
  }

  /** Bytes that were read and not yet asked for; undefined ever after. */
  takeLoadedBytes(): number | undefined {
    const bytes = this.#loadedBytes;
    this.#loadedBytes = undefined;
    return bytes;
  }

  /** As it is now. */
  get value(): Value | undefined {
    return this.#slots[0];
  }

  get exists(): boolean {
    return this.#slots[0] !== undefined;
  }

  /** @throws MoveError MISSING_DATA */
  borrow(): SlotReference {
    if (!this.exists) throw new MoveError('MISSING_DATA');
    return new SlotReference(this.#slots, 0, this);
  }

  /** @throws MoveError MISSING_DATA */
  moveFrom(): Value {
    const [value] = this.#slots;
    if (value === undefined) throw new MoveError('MISSING_DATA');
    this.#slots[0] = undefined;
    return value;
  }

  /** @throws MoveError RESOURCE_ALREADY_EXISTS */
  moveTo(value: Value): void {
    if (this.exists) throw new MoveError('RESOURCE_ALREADY_EXISTS');
    this.#slots[0] = value;
    // What was taken out and put back counts as written.
    this.dirty = true;
  }

  get effect(): GlobalEffect {
    const [value] = this.#slots;
    if (value === undefined) return { kind: this.loaded === undefined ? 'none' : 'delete' };
    if (this.loaded === undefined) return { kind: 'create', value };
    return this.dirty ? { kind: 'modify', value } : { kind: 'none' };
  }
}

/** Global storage as a chain has it. */
export interface GlobalStorage {
  /** The same cell whenever it is asked for in a run. @throws StateError when it was never loaded */
  cell(address: Address, type: DatatypeType): GlobalCell;
}
