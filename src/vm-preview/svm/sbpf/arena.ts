import { CannotPreview } from '../../errors';
import { HEAP_START } from '../interpreter/layout';

const PAGE = 65_536;
/** 512 MiB: eight levels of calls, each with all the data that one transaction may load. */
const MAX_PAGES = 8_192;
const ALIGNMENT = 16;

interface Hole {
  start: number;
  end: number;
}

/**
 * Hands out spans of one linear memory. It grows here and nowhere else, which is why views of it last
 * until the next allocation.
 */
export class Arena {
  readonly memory = new WebAssembly.Memory({ initial: 16, maximum: MAX_PAGES });
  /** Sorted, never adjacent. */
  readonly #holes: Hole[] = [];
  #top = HEAP_START;
  #bytes = new Uint8Array(this.memory.buffer);
  #view = new DataView(this.memory.buffer);

  /** All of the memory. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  get view(): DataView {
    return this.#view;
  }

  /**
   * @returns the address of `size` bytes, whatever they hold, aligned to 16
   * @throws CannotPreview when the run needs more memory than it is given
   */
  allocate(size: number): number {
    const rounded = Math.ceil(size / ALIGNMENT) * ALIGNMENT;
    const index = this.#holes.findIndex((hole) => hole.end - hole.start >= rounded);
    const hole = this.#holes[index];
    if (hole !== undefined) {
      const start = hole.start;
      hole.start += rounded;
      if (hole.start === hole.end) this.#holes.splice(index, 1);
      return start;
    }
    const start = this.#top;
    this.#reserve(start + rounded);
    this.#top = start + rounded;
    return start;
  }

  free(start: number, size: number): void {
    const end = start + Math.ceil(size / ALIGNMENT) * ALIGNMENT;
    if (start === end) return;
    let index = this.#holes.findIndex((hole) => hole.start >= end);
    if (index < 0) index = this.#holes.length;
    const before = this.#holes[index - 1];
    const after = this.#holes[index];
    if (before !== undefined && before.end === start) {
      before.end = end;
      if (after !== undefined && after.start === end) {
        before.end = after.end;
        this.#holes.splice(index, 1);
      }
    } else if (after !== undefined && after.start === end) {
      after.start = start;
    } else {
      this.#holes.splice(index, 0, { start, end });
    }
    const last = this.#holes.at(-1);
    if (last !== undefined && last.end === this.#top) {
      this.#top = last.start;
      this.#holes.pop();
    }
  }

  #reserve(end: number): void {
    const missing = Math.ceil((end - this.memory.buffer.byteLength) / PAGE);
    if (missing <= 0) return;
    const pages = this.memory.buffer.byteLength / PAGE;
    if (pages + missing > MAX_PAGES)
      throw new CannotPreview('vm-memory', 'a run that needs more than 512 MiB of memory');
    // Ahead of need, so that a few large accounts do not grow it once each.
    this.memory.grow(Math.min(Math.max(missing, pages), MAX_PAGES - pages));
    this.#bytes = new Uint8Array(this.memory.buffer);
    this.#view = new DataView(this.memory.buffer);
  }
}
