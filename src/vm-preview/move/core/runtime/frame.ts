import type { FunctionInstance } from '../loader';
import type { Slots } from '../values';
import type { Program } from './program';

/** A function being run. */
export class Frame {
  /** Of the next instruction. */
  pc = 0;

  constructor(
    readonly instance: FunctionInstance,
    readonly program: Program,
    readonly locals: Slots,
    /** Whether it was dispatched to, so that running modules cannot be called again before it ends. */
    readonly locks: boolean,
  ) {}
}
