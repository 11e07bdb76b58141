import { type ExecutionError, executionError, type Relocate } from '../execution/error';

/** Turns what fails while a command is looked at into the transaction's failure, with its index. */
export function atCommand<T>(index: number, run: () => T, relocate: Relocate = (id) => id): T {
  try {
    return run();
  } catch (error) {
    throw placed(error, index, relocate);
  }
}

function placed(error: unknown, index: number, relocate: Relocate): unknown {
  const failure: ExecutionError | undefined = executionError(error, relocate);
  if (failure === undefined) return error;
  failure.command ??= index;
  return failure;
}
