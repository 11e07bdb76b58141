import { InstructionFailure } from '../../errors/instruction-error';

/**
 * Indexed by the custom code that the chain reports.
 * Source: solana-sdk `precompile-error/src/lib.rs`.
 */
const PRECOMPILE_ERRORS = [
  'InvalidPublicKey',
  'InvalidRecoveryId',
  'InvalidSignature',
  'InvalidDataOffsets',
  'InvalidInstructionDataSize',
] as const;

export type PrecompileError = (typeof PRECOMPILE_ERRORS)[number];

export function precompileFailure(error: PrecompileError): InstructionFailure {
  return new InstructionFailure({ Custom: PRECOMPILE_ERRORS.indexOf(error) });
}
