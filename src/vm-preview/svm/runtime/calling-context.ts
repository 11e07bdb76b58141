import { CannotPreview } from '../../errors';
import type { ProgramMemory } from './program-memory';
import type { RuntimeTransactionContext } from './transaction-context';
import type { InvokeContext } from './types';

/** What a call needs to know of its caller besides what builtins and syscalls see. */
export interface CallingContext extends InvokeContext {
  readonly transaction: RuntimeTransactionContext;
  /** Of the program that runs; throws ProgramEnvironmentSetupFailure while a builtin does. */
  readonly programMemory: ProgramMemory;
}

function isCallingContext(invoke: InvokeContext): invoke is CallingContext {
  return 'programMemory' in invoke;
}

/** Calls are made through the runtime's own context; any other (a test's double) cannot make them. */
export function callingContext(invoke: InvokeContext): CallingContext {
  if (!isCallingContext(invoke)) {
    throw new CannotPreview('no-calling-context', 'a call outside a running transaction');
  }
  return invoke;
}
