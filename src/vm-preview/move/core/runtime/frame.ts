import type { FunctionInstance } from '../loader';
import type { Slots } from '../values';
import type { Program } from './program';
import type { CallKind } from './reentrancy';

/** A function being run. */
export class Frame {
  /** Of the next instruction. */
  pc = 0;

  constructor(
    readonly instance: FunctionInstance,
    readonly program: Program,
    readonly locals: Slots,
    readonly kind: CallKind,
  ) {}
}
