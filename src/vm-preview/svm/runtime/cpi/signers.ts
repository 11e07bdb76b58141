import { createProgramAddress, MAX_SEEDS } from '../../address';
import { InstructionFailure } from '../../errors/instruction-error';
import type { Pubkey } from '../../pubkey';
import { SyscallFailure } from '../../syscalls/errors';
import { HOST_COST } from '../../syscalls/host-cost';
import { translateVmSlice, translateVmSlices } from '../../syscalls/translate';
import type { InvokeContext } from '../types';
import { MAX_SIGNERS } from './limits';

/**
 * The program's own addresses that sign a call of its. Source: agave `cpi.rs` (`translate_signers`).
 *
 * @param address - of slices of slices of seeds
 */
export function translateSigners(
  invoke: InvokeContext,
  programId: Pubkey,
  address: bigint,
  count: bigint,
): Pubkey[] {
  if (count === 0n) return [];
  const signers = translateVmSlices(invoke, address, count);
  if (signers.length > MAX_SIGNERS) throw SyscallFailure.of('TooManySigners');
  return signers.map((signer) => {
    const slices = translateVmSlices(invoke, signer.address, signer.length);
    if (slices.length > MAX_SEEDS) throw new InstructionFailure('MaxSeedLengthExceeded');
    const seeds = slices.map((slice) => translateVmSlice(invoke, slice));
    invoke.hostBudget.charge(HOST_COST.createProgramAddress);
    try {
      return createProgramAddress(seeds, programId);
    } catch (error) {
      if (error instanceof InstructionFailure) throw SyscallFailure.badSeeds(error.message);
      throw error;
    }
  });
}
