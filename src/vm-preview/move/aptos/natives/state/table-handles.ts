import { sha3_256 } from '@noble/hashes/sha3.js';
import { Address } from '../../../core/values';

const HASH_LENGTH = 32;

/** Handles of new tables: hashes of the session and of how many it has made (table-natives). */
export class TableHandles {
  #count = 0;

  /** @param sessionHash - 32 bytes */
  constructor(private readonly sessionHash: Uint8Array) {}

  create(): Address {
    const preimage = new Uint8Array(HASH_LENGTH + 4);
    preimage.set(this.sessionHash);
    new DataView(preimage.buffer).setUint32(HASH_LENGTH, this.#count++);
    return Address.fromBytes(sha3_256(preimage));
  }
}
