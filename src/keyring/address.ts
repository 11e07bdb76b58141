import { blake2b } from '@noble/hashes/blake2.js';
import { sha3_256 } from '@noble/hashes/sha3.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { base58 } from '@scure/base';
import type { KeyringChain } from './paths';

/** Flag of a single ed25519 key: last in what Aptos hashes, first in what Sui hashes. */
const ED25519_FLAG = 0;

const ADDRESS_OF: Readonly<Record<KeyringChain, (publicKey: Uint8Array) => string>> = {
  solana: (publicKey) => base58.encode(publicKey),
  aptos: (publicKey) => `0x${bytesToHex(sha3_256(Uint8Array.of(...publicKey, ED25519_FLAG)))}`,
  sui: (publicKey) =>
    `0x${bytesToHex(blake2b(Uint8Array.of(ED25519_FLAG, ...publicKey), { dkLen: 32 }))}`,
};

/**
 * The address in the chain's own text form.
 *
 * @param publicKey - 32 bytes, ed25519
 */
export function addressOf(chain: KeyringChain, publicKey: Uint8Array): string {
  return ADDRESS_OF[chain](publicKey);
}
