import { createWithSeed } from '../address';
import { InstructionFailure } from '../errors/instruction-error';
import type { Pubkey } from '../pubkey';

/**
 * An address derived from a base, as builtins derive it: they report a bad seed by the position of its
 * error among the address errors, 0 for a seed that is too long and 2 for an illegal owner.
 * Source: agave `programs/system/src/system_processor.rs` (`map_err(|e| e as u64)`).
 *
 * @param seed - UTF-8 bytes
 */
export function addressWithSeed(base: Pubkey, seed: Uint8Array, owner: Pubkey): Pubkey {
  try {
    return createWithSeed(base, seed, owner);
  } catch (thrown) {
    if (!(thrown instanceof InstructionFailure)) throw thrown;
    throw new InstructionFailure({ Custom: thrown.error === 'IllegalOwner' ? 2 : 0 });
  }
}
