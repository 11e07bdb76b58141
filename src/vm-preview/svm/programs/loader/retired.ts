/**
 * Loaders v1 and v2 run what was deployed with them, and deploy nothing any more.
 * Source: agave `programs/bpf_loader/src/lib.rs` (`process_instruction_inner`).
 */
import { InstructionFailure } from '../../errors/instruction-error';
import type { BuiltinProgram } from '../../runtime/types';

const LOADER_V1_COMPUTE_UNITS = 1_140;
const LOADER_V2_COMPUTE_UNITS = 570;

export const loaderV1Program: BuiltinProgram = (invoke) => {
  invoke.meter.consume(LOADER_V1_COMPUTE_UNITS);
  invoke.log('Deprecated loader is no longer supported');
  throw new InstructionFailure('UnsupportedProgramId');
};

export const loaderV2Program: BuiltinProgram = (invoke) => {
  invoke.meter.consume(LOADER_V2_COMPUTE_UNITS);
  invoke.log('BPF loader management instructions are no longer supported');
  throw new InstructionFailure('UnsupportedProgramId');
};
