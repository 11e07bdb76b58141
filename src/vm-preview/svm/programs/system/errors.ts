import { InstructionFailure } from '../../errors/instruction-error';

/** Indexed by the custom code. Source: solana-sdk `system-interface/src/error.rs`. */
const SYSTEM_ERRORS = [
  'AccountAlreadyInUse',
  'ResultWithNegativeLamports',
  'InvalidProgramId',
  'InvalidAccountDataLength',
  'MaxSeedLengthExceeded',
  'AddressWithSeedMismatch',
  'NonceNoRecentBlockhashes',
  'NonceBlockhashNotExpired',
  'NonceUnexpectedBlockhashValue',
] as const;

export function systemFailure(error: (typeof SYSTEM_ERRORS)[number]): InstructionFailure {
  return new InstructionFailure({ Custom: SYSTEM_ERRORS.indexOf(error) });
}
