import { blake2b } from '@noble/hashes/blake2.js';
import { hmac } from '@noble/hashes/hmac.js';
import { keccak_256, sha3_256 } from '@noble/hashes/sha3.js';
import { type Native, type NativeRegistry, nativesOf } from '../../../core/runtime';
import { ByteVector } from '../../../core/values';
import { blocks, charger } from '../charge';
import type { SuiNativeContext } from '../context';
import { HOST_COST } from '../host-cost';
import { bytesAt } from '../values';

const BLAKE2B_BLOCK = 128;
const KECCAK_BLOCK = 136;

/** 0x2::hash and 0x2::hmac (sui-move-natives, crypto/hash.rs and crypto/hmac.rs). */
export function hashNatives(context: SuiNativeContext): NativeRegistry {
  const charge = charger(context);
  const hash =
    (name: string, block: number, digest: (message: Uint8Array) => Uint8Array): Native =>
    ({ args: [data] }) => {
      charge({ [`${name}_cost_base`]: 1 });
      const message = bytesAt(data);
      charge({
        [`${name}_data_cost_per_byte`]: message.length,
        [`${name}_data_cost_per_block`]: blocks(message.length, block),
      });
      context.host.charge(message.length * HOST_COST.hashByte);
      return [new ByteVector(digest(message))];
    };

  const hmacSha3: Native = ({ args: [keyReference, messageReference] }) => {
    charge({ hmac_hmac_sha3_256_cost_base: 1 });
    const [key, message] = [bytesAt(keyReference), bytesAt(messageReference)];
    const length = key.length + message.length;
    charge({
      hmac_hmac_sha3_256_input_cost_per_byte: length,
      // Two blocks are begun before the last is rounded up.
      hmac_hmac_sha3_256_input_cost_per_block: Math.floor(
        (length + 2 * KECCAK_BLOCK - 2) / KECCAK_BLOCK,
      ),
    });
    context.host.charge(length * HOST_COST.hashByte);
    return [new ByteVector(hmac(sha3_256, key, message))];
  };

  return new Map([
    ...nativesOf('0x2::hash', {
      blake2b256: hash('hash_blake2b256', BLAKE2B_BLOCK, (m) => blake2b(m, { dkLen: 32 })),
      keccak256: hash('hash_keccak256', KECCAK_BLOCK, keccak_256),
    }),
    ...nativesOf('0x2::hmac', { hmac_sha3_256: hmacSha3 }),
  ]);
}
