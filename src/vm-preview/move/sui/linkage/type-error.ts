import { LookaheadError } from '../../../errors';

export type TypeStatus =
  | 'NUMBER_OF_TYPE_ARGUMENTS_MISMATCH'
  | 'TYPE_RESOLUTION_FAILURE'
  | 'CONSTRAINT_NOT_SATISFIED';

/** A type that cannot be had as it is named, by Move's status. */
export class TypeLoadError extends LookaheadError {
  override readonly name = 'TypeLoadError';

  constructor(readonly status: TypeStatus) {
    super('rejected', 'sui-type', 'a type cannot be loaded as it is named', { status });
  }
}
