/** A transaction that the chain does not take. Errors have the names of `UserInputError` (sui-types, error.rs). */
import { LookaheadError } from '../../../errors';

/** Nothing is charged. */
export class RefusedError extends LookaheadError {
  override readonly name = 'RefusedError';

  /** @param refusal - a variant of `UserInputError` */
  constructor(
    readonly refusal: string,
    text: string,
  ) {
    super('rejected', 'sui-refused', text, { refusal });
  }
}

/** @throws RefusedError unless it holds */
export function ensure(holds: boolean, refusal: string, text: string): asserts holds {
  if (!holds) throw new RefusedError(refusal, text);
}
