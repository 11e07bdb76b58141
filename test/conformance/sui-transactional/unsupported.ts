/** What this harness has no part for; a test that needs it is explained. */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';
}

/** An error that the runner prints and goes on after. */
export class TaskError extends Error {
  override readonly name = 'TaskError';
}
