/**
 * Sysvars that an instruction must also name as an account.
 * Source: agave `program-runtime/src/sysvar_cache.rs`, `get_sysvar_with_account_check`.
 */
import { InstructionFailure } from '../errors/instruction-error';
import type { Pubkey } from '../pubkey';
import type { InstructionContext, InvokeContext } from '../runtime/types';
import { SYSVAR_IDS } from '../sysvars/ids';
import type { Clock, Rent } from '../sysvars/sysvar-cache';

function check(instruction: InstructionContext, index: number, sysvar: Pubkey): void {
  if (!instruction.keyOfAccount(index).equals(sysvar)) {
    throw new InstructionFailure('InvalidArgument');
  }
}

export function clockFromAccount(
  invoke: InvokeContext,
  instruction: InstructionContext,
  index: number,
): Clock {
  check(instruction, index, SYSVAR_IDS.clock);
  return invoke.sysvars.clock;
}

export function rentFromAccount(
  invoke: InvokeContext,
  instruction: InstructionContext,
  index: number,
): Rent {
  check(instruction, index, SYSVAR_IDS.rent);
  return invoke.sysvars.rent;
}

/** @returns the blockhashes, newest first */
export function recentBlockhashesFromAccount(
  invoke: InvokeContext,
  instruction: InstructionContext,
  index: number,
): readonly Uint8Array[] {
  check(instruction, index, SYSVAR_IDS.recentBlockhashes);
  return invoke.sysvars.recentBlockhashes;
}

export function slotHashesFromAccount(
  invoke: InvokeContext,
  instruction: InstructionContext,
  index: number,
): InvokeContext['sysvars']['slotHashes'] {
  check(instruction, index, SYSVAR_IDS.slotHashes);
  return invoke.sysvars.slotHashes;
}
