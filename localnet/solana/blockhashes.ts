import { createHash } from 'node:crypto';

/** Slots for which the chain takes a blockhash (agave `MAX_PROCESSING_AGE`). */
export const MAX_PROCESSING_AGE = 150;

export function sha256(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/**
 * The hashes of a chain that has one block in every slot. Each follows from the slot and a salt, so
 * that a clock that jumped needs no catching up.
 */
export class Blockhashes {
  readonly #known = new Map<bigint, Uint8Array>();

  /** @param salt - another for each start, lest an old transaction be taken again */
  constructor(readonly salt: string) {}

  /** What a transaction names to be recent. */
  blockhash(slot: bigint): Uint8Array {
    return this.#hash('block', slot);
  }

  /** What the SlotHashes sysvar holds: hashes of banks, which are other hashes. */
  bankHash(slot: bigint): Uint8Array {
    return sha256(`${this.salt} bank ${slot}`);
  }

  /** Whether `hash` was a block's in the slots from `slot - MAX_PROCESSING_AGE` to `slot`. */
  isRecent(hash: Uint8Array, slot: bigint): boolean {
    for (let age = 0n; age <= BigInt(MAX_PROCESSING_AGE); age += 1n) {
      if (equal(this.blockhash(slot - age), hash)) return true;
    }
    return false;
  }

  #hash(kind: string, slot: bigint): Uint8Array {
    const known = this.#known.get(slot);
    if (known !== undefined) return known;
    const hash = sha256(`${this.salt} ${kind} ${slot}`);
    this.#known.set(slot, hash);
    for (const old of this.#known.keys()) {
      if (this.#known.size <= 2 * MAX_PROCESSING_AGE) break;
      this.#known.delete(old);
    }
    return hash;
  }
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
