/** Addresses that programs derive. Source: agave `syscalls/src/lib.rs`. */
import { createProgramAddress, MAX_SEED_LENGTH, MAX_SEEDS } from '../address';
import { InstructionFailure, instructionErrorText } from '../errors/instruction-error';
import type { Pubkey } from '../pubkey';
import type { InvokeContext } from '../runtime/types';
import { SyscallFailure } from './errors';
import { HOST_COST } from './host-cost';
import {
  Destination,
  PUBKEY_SIZE,
  translateMut,
  translatePubkey,
  translateVmSlice,
  translateVmSlices,
  writeBytes,
} from './translate';

function tooLong(): SyscallFailure {
  return SyscallFailure.badSeeds(instructionErrorText('MaxSeedLengthExceeded'));
}

function translateInputs(
  invoke: InvokeContext,
  seedsAddress: bigint,
  seedsCount: bigint,
  programIdAddress: bigint,
): { readonly seeds: readonly Uint8Array[]; readonly programId: Pubkey } {
  const slices = translateVmSlices(invoke, seedsAddress, seedsCount);
  if (slices.length > MAX_SEEDS) throw tooLong();
  const seeds = slices.map((slice) => {
    if (slice.length > MAX_SEED_LENGTH) throw tooLong();
    return translateVmSlice(invoke, slice);
  });
  return { seeds, programId: translatePubkey(invoke, programIdAddress) };
}

/** The address, or undefined where agave's `create_program_address` returns an error. */
function derive(
  invoke: InvokeContext,
  seeds: readonly Uint8Array[],
  programId: Pubkey,
): Pubkey | undefined {
  invoke.hostBudget.charge(HOST_COST.createProgramAddress);
  try {
    return createProgramAddress(seeds, programId);
  } catch (error) {
    if (error instanceof InstructionFailure) return undefined;
    throw error;
  }
}

export function createProgramAddressSyscall(
  invoke: InvokeContext,
  seedsAddress: bigint,
  seedsCount: bigint,
  programIdAddress: bigint,
  resultAddress: bigint,
): bigint {
  invoke.meter.consume(invoke.cost.createProgramAddressUnits);
  const { seeds, programId } = translateInputs(invoke, seedsAddress, seedsCount, programIdAddress);
  const address = derive(invoke, seeds, programId);
  if (address === undefined) return 1n;
  writeBytes(invoke, resultAddress, address.bytes);
  return 0n;
}

/** Each bump costs as much as a whole address, also when 16 seeds leave no room for one. */
export function tryFindProgramAddress(
  invoke: InvokeContext,
  seedsAddress: bigint,
  seedsCount: bigint,
  programIdAddress: bigint,
  resultAddress: bigint,
  bumpAddress: bigint,
): bigint {
  invoke.meter.consume(invoke.cost.createProgramAddressUnits);
  const { seeds, programId } = translateInputs(invoke, seedsAddress, seedsCount, programIdAddress);
  for (let bump = 255; bump > 0; bump--) {
    const address = derive(invoke, [...seeds, Uint8Array.of(bump)], programId);
    if (address !== undefined) {
      const bumpSeed = Destination.type(bumpAddress, 1, 1);
      const result = Destination.slice(resultAddress, BigInt(PUBKEY_SIZE));
      translateMut(invoke, bumpSeed, result);
      bumpSeed.bytes[0] = bump;
      result.bytes.set(address.bytes);
      return 0n;
    }
    invoke.meter.consume(invoke.cost.createProgramAddressUnits);
  }
  return 1n;
}
