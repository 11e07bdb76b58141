import { type ErrorContext, LookaheadError } from '../../../errors';

export type BcsProblem =
  | 'truncated'
  | 'trailing-bytes'
  | 'uleb-not-canonical'
  | 'uleb-too-large'
  | 'bool'
  | 'option'
  | 'utf8'
  | 'length'
  | 'variant'
  | 'out-of-range';

/** Bytes that are no canonical BCS, or a value that BCS cannot hold. */
export class BcsError extends LookaheadError {
  override readonly name = 'BcsError';

  /** @param what - a noun phrase for what was being read or written */
  constructor(
    readonly problem: BcsProblem,
    readonly what: string,
    context: ErrorContext = {},
  ) {
    super('malformed', `bcs-${problem}`, `bad BCS: ${what}`, context);
  }
}
