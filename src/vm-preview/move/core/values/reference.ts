import { illTyped } from './ill-typed';
import type { Slots, Value } from './value';
import type { ByteVector } from './vector';

/** A resource in global storage as a run holds it; a write through any reference into it is noted. */
export interface GlobalRoot {
  dirty: boolean;
}

/**
 * A reference to a local, a field, an element or a resource. It holds the container and not the value,
 * so that it stays valid when the value is replaced.
 */
export abstract class Reference {
  /** @param root - given when the place is inside a resource */
  constructor(readonly root: GlobalRoot | undefined) {}

  /** The value itself, not a copy. */
  abstract get(): Value;
  abstract set(value: Value): void;

  /** To be called when what it points to is changed in place. */
  touch(): void {
    if (this.root !== undefined) this.root.dirty = true;
  }
}

export class SlotReference extends Reference {
  constructor(
    private readonly slots: Slots,
    private readonly index: number,
    root: GlobalRoot | undefined,
  ) {
    super(root);
  }

  get(): Value {
    const value = this.slots[this.index];
    if (value === undefined) throw illTyped('reads through a reference to no value');
    return value;
  }

  set(value: Value): void {
    this.slots[this.index] = value;
    this.touch();
  }
}

/** To an element of a vector of bytes. */
export class ByteReference extends Reference {
  constructor(
    private readonly vector: ByteVector,
    private readonly index: number,
    root: GlobalRoot | undefined,
  ) {
    super(root);
  }

  get(): Value {
    const value = this.vector.get(this.index);
    if (value === undefined) throw illTyped('reads through a reference to no element');
    return value;
  }

  set(value: Value): void {
    if (typeof value !== 'number') throw illTyped('writes what is no byte');
    this.vector.put(this.index, value);
    this.touch();
  }
}
