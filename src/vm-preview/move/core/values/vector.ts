import { illTyped } from './ill-typed';
import type { IntegerKind } from './integer';
import { ByteReference, type GlobalRoot, type Reference, SlotReference } from './reference';
import type { Value } from './value';

/** A Move vector; the kind follows from the element type: bytes for u8, items for all others. */
export type Vector = ByteVector | ItemVector;

/** `vector<u8>`, in a buffer that grows by doubling. */
export class ByteVector {
  private buffer: Uint8Array;
  private used: number;

  /** @param bytes - taken over, not copied */
  constructor(bytes: Uint8Array = new Uint8Array(0)) {
    this.buffer = bytes;
    this.used = bytes.length;
  }

  get length(): number {
    return this.used;
  }

  /** A view, valid until the vector is changed. */
  get bytes(): Uint8Array {
    return this.buffer.subarray(0, this.used);
  }

  get(index: number): number | undefined {
    return index < this.used ? this.buffer[index] : undefined;
  }

  put(index: number, value: number): void {
    this.buffer[index] = value;
  }

  push(value: Value): void {
    if (typeof value !== 'number') throw illTyped('pushes what is no byte');
    if (this.used === this.buffer.length) {
      const grown = new Uint8Array(Math.max(16, this.used * 2));
      grown.set(this.buffer);
      this.buffer = grown;
    }
    this.buffer[this.used++] = value;
  }

  pop(): Value | undefined {
    return this.used === 0 ? undefined : this.buffer[--this.used];
  }

  swap(i: number, j: number): void {
    const { buffer } = this;
    const kept = buffer[i] ?? 0;
    buffer[i] = buffer[j] ?? 0;
    buffer[j] = kept;
  }

  /** Takes out `length` elements at `start`. */
  remove(start: number, length: number): ByteVector {
    const removed = this.buffer.slice(start, start + length);
    this.buffer.copyWithin(start, start + length, this.used);
    this.used -= length;
    return new ByteVector(removed);
  }

  insert(start: number, inserted: Vector): void {
    if (!(inserted instanceof ByteVector)) throw illTyped('joins vectors of two types');
    const joined = new Uint8Array(this.used + inserted.length);
    joined.set(this.buffer.subarray(0, start));
    joined.set(inserted.bytes, start);
    joined.set(this.buffer.subarray(start, this.used), start + inserted.length);
    this.buffer = joined;
    this.used = joined.length;
  }

  reference(index: number, root: GlobalRoot | undefined): Reference {
    return new ByteReference(this, index, root);
  }
}

export class ItemVector {
  /** @param integers - kind of the elements where they are integers: the chains price a vector by it */
  constructor(
    readonly items: Value[] = [],
    readonly integers?: IntegerKind,
  ) {}

  get length(): number {
    return this.items.length;
  }

  get(index: number): Value | undefined {
    return this.items[index];
  }

  push(value: Value): void {
    this.items.push(value);
  }

  pop(): Value | undefined {
    return this.items.pop();
  }

  swap(i: number, j: number): void {
    const [first, second] = [this.items[i], this.items[j]];
    if (first === undefined || second === undefined) throw illTyped('names no element of a vector');
    this.items[i] = second;
    this.items[j] = first;
  }

  remove(start: number, length: number): ItemVector {
    return itemVector(this.items.splice(start, length), this.integers);
  }

  insert(start: number, inserted: Vector): void {
    if (!(inserted instanceof ItemVector)) throw illTyped('joins vectors of two types');
    // Not spread into a call, for arguments have a limit.
    const tail = this.items.splice(start);
    for (const item of inserted.items) this.items.push(item);
    for (const item of tail) this.items.push(item);
  }

  reference(index: number, root: GlobalRoot | undefined): Reference {
    return new SlotReference(this.items, index, root);
  }
}

/** As the constructor, for a kind that may be undefined. */
export function itemVector(items: Value[], integers: IntegerKind | undefined): ItemVector {
  return integers === undefined ? new ItemVector(items) : new ItemVector(items, integers);
}
