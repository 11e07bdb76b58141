import { aborted } from '../../../../core/runtime';
import { asInteger, type Value } from '../../../../core/values';
import { unforeseen } from '../charge';

/** Of all elements of a session together. */
const MEMORY_MAX = 1 << 20;
/** `error::resource_exhausted(3)` */
const E_TOO_MUCH_MEMORY_USED = 0x09_0003n;

/** Gives out handles (algebra/mod.rs, `AlgebraContext`). */
export class ElementMemory {
  #count = 0;
  #bytesUsed = 0;

  /** @param size - of the Rust value. @throws MoveError when a session's memory is used up */
  allocate(size: number): number {
    if (this.#bytesUsed + size > MEMORY_MAX) throw aborted(E_TOO_MUCH_MEMORY_USED);
    this.#bytesUsed += size;
    return this.#count++;
  }
}

/** A session's elements of one Rust type; structures of the same type share them. */
export class Elements<T> {
  readonly #byHandle = new Map<number, T>();

  /** @param size - of the Rust value, in bytes */
  constructor(
    private readonly memory: ElementMemory,
    private readonly size: number,
  ) {}

  /** @returns the element's handle */
  add(element: T): number {
    const handle = this.memory.allocate(this.size);
    this.#byHandle.set(handle, element);
    return handle;
  }

  at(handle: Value | undefined): T {
    const element = this.#byHandle.get(Number(asInteger(handle)));
    if (element === undefined) throw unforeseen('a handle of no such element');
    return element;
  }
}
