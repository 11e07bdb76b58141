import { MM_HEAP_START } from '../sbpf/types';
import type { BpfAllocator } from './types';

/** Hands out the program's heap from its start on; nothing is ever freed. */
export class RuntimeBpfAllocator implements BpfAllocator {
  #position = 0n;
  readonly #length: bigint;

  /** @param heapSize - in bytes */
  constructor(heapSize: number) {
    this.#length = BigInt(heapSize);
  }

  alloc(size: bigint, align: bigint): bigint | undefined {
    const start = ((this.#position + align - 1n) / align) * align;
    if (start + size > this.#length) return undefined;
    this.#position = start + size;
    return MM_HEAP_START + start;
  }
}
