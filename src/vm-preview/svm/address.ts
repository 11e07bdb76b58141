/** Addresses derived from others. Source: solana-sdk `address/src/{lib,syscalls}.rs`. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { InstructionFailure } from './errors/instruction-error';
import { Pubkey } from './pubkey';

export const MAX_SEEDS = 16;
/** In bytes. */
export const MAX_SEED_LENGTH = 32;
const PDA_MARKER = new TextEncoder().encode('ProgramDerivedAddress');

/** Whether 32 bytes decompress to a point of the curve, as leniently as curve25519-dalek does (ZIP 215). */
export function isOnCurve(bytes: Uint8Array): boolean {
  try {
    ed25519.Point.fromBytes(bytes, true);
    return true;
  } catch {
    return false;
  }
}

/** The address, or `undefined` when it falls on the curve (another bump may not). */
function deriveOffCurve(seeds: readonly Uint8Array[], programId: Pubkey): Pubkey | undefined {
  if (seeds.length > MAX_SEEDS || seeds.some((seed) => seed.length > MAX_SEED_LENGTH)) {
    throw new InstructionFailure('MaxSeedLengthExceeded');
  }
  const hasher = sha256.create();
  for (const seed of seeds) hasher.update(seed);
  const hash = hasher.update(programId.bytes).update(PDA_MARKER).digest();
  return isOnCurve(hash) ? undefined : Pubkey.from(hash);
}

/**
 * A program's own address for these seeds: at most 16, of at most 32 bytes each.
 *
 * @throws InstructionFailure MaxSeedLengthExceeded, or InvalidSeeds when the hash is on the curve
 */
export function createProgramAddress(seeds: readonly Uint8Array[], programId: Pubkey): Pubkey {
  const address = deriveOffCurve(seeds, programId);
  if (address === undefined) throw new InstructionFailure('InvalidSeeds');
  return address;
}

/**
 * The first address off the curve, with a bump byte from 255 down to 1 as the last seed.
 *
 * @returns `undefined` when no bump gives one, or a seed is too long
 */
export function findProgramAddress(
  seeds: readonly Uint8Array[],
  programId: Pubkey,
): { readonly address: Pubkey; readonly bump: number } | undefined {
  if (seeds.length >= MAX_SEEDS || seeds.some((seed) => seed.length > MAX_SEED_LENGTH)) {
    return undefined;
  }
  for (let bump = 255; bump > 0; bump--) {
    const address = deriveOffCurve([...seeds, Uint8Array.of(bump)], programId);
    if (address !== undefined) return { address, bump };
  }
  return undefined;
}

/**
 * The address of an account made "with seed": the hash of base, seed and owner.
 *
 * @param seed - the seed's UTF-8 bytes, at most 32
 * @throws InstructionFailure MaxSeedLengthExceeded, or IllegalOwner when the owner's bytes end in the
 * marker of program-derived addresses
 */
export function createWithSeed(base: Pubkey, seed: Uint8Array, owner: Pubkey): Pubkey {
  if (seed.length > MAX_SEED_LENGTH) throw new InstructionFailure('MaxSeedLengthExceeded');
  const tail = owner.bytes.subarray(owner.bytes.length - PDA_MARKER.length);
  if (tail.every((byte, index) => byte === PDA_MARKER[index])) {
    throw new InstructionFailure('IllegalOwner');
  }
  return Pubkey.from(sha256.create().update(base.bytes).update(seed).update(owner.bytes).digest());
}
