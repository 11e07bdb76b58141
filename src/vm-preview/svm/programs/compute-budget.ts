/**
 * The Compute Budget program does nothing: its instructions are read before the transaction runs.
 * Source: agave `programs/compute-budget/src/lib.rs`.
 */
import type { BuiltinProgram } from '../runtime/types';

const COMPUTE_UNITS = 150;

export const computeBudgetProgram: BuiltinProgram = (invoke) => {
  invoke.meter.consume(COMPUTE_UNITS);
};
