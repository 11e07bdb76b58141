import { LookaheadError } from '../../../errors';

/** A module that Move's verifier passes and Sui's own refuses (SuiMoveVerificationError). */
export class SuiVerificationError extends LookaheadError {
  override readonly name = 'SuiVerificationError';

  /** @param where - module and function, e.g. `0x5::m::f` */
  constructor(
    readonly what: string,
    where: string,
  ) {
    super('rejected', 'sui-move-verification', `the chain refuses the package: ${what}`, { where });
  }
}
