import type { AbilitySet, Code } from '../../format';
import type { AbilitiesOf } from '../ability-cache';
import type { VerifierConfig } from '../config';
import type { ControlFlow } from '../control-flow';
import { VerificationError, type VerificationStatus } from '../errors';
import type { Instruction, Unit } from '../instruction';
import type { Meter } from '../meter';
import type { CodeType, CodeTypes } from '../types';

/** A function while its code is checked. */
export interface FunctionContext {
  readonly unit: Unit;
  readonly config: VerifierConfig;
  /** Index of its definition; 0 for a script. */
  readonly definition: number;
  readonly code: Code;
  readonly instructions: readonly Instruction[];
  readonly flow: ControlFlow;
  readonly types: CodeTypes;
  readonly typeParameters: readonly AbilitySet[];
  readonly parameters: readonly CodeType[];
  readonly returns: readonly CodeType[];
  /** Of all locals, parameters first. */
  readonly locals: readonly CodeType[];
  readonly abilities: AbilitiesOf;
  readonly meter: Meter;
}

export function failAt(
  { definition }: FunctionContext,
  status: VerificationStatus,
  pc: number,
  reason?: string,
): VerificationError {
  return new VerificationError(status, reason).atCode(definition, pc);
}
