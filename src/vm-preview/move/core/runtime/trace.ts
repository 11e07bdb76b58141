import type { FunctionInstance } from '../loader';
import type { Value } from '../values';

/** Watches a run. Values are to be looked at, never kept or changed. */
export interface Trace {
  /** An instruction is about to run. @param top - of the operand stack */
  before(instance: FunctionInstance, offset: number, top: Value | undefined): void;
  /** It was run. A call counts as run when its callee's frame is made. */
  after(): void;
}
