import { InstructionFailure } from '../../errors/instruction-error';

/** Custom codes that an instruction other than a vote can end in. Source: solana-sdk `vote-interface/src/error.rs`. */
const VOTE_ERRORS = {
  TooSoonToReauthorize: 5,
  ActiveVoteAccountClose: 18,
  CommissionUpdateTooLate: 19,
} as const;

export function voteFailure(error: keyof typeof VOTE_ERRORS): InstructionFailure {
  return new InstructionFailure({ Custom: VOTE_ERRORS[error] });
}
