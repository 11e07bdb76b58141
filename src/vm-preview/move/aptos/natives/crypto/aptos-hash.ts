/** 0x1::aptos_hash. Source: aptos-core `framework/src/natives/hash.rs`; Move code checks the flags. */
import { blake2b } from '@noble/hashes/blake2.js';
import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { keccak_256, sha3_512 } from '@noble/hashes/sha3.js';
import { type Native, type NativeRegistry, nativesOf } from '../../../core/runtime';
import { asBytes, ByteVector, integer, type Value } from '../../../core/values';
import { sipHash24 } from '../../../crypto/sip-hash';
import type { NativeContext } from '../context';
import { charger } from './charge';
import { HOST_COST } from './host-cost';

export function aptosHashNatives(context: NativeContext): NativeRegistry {
  const charge = charger(context);
  const hash =
    (name: string, digest: (data: Uint8Array) => Value): Native =>
    ({ args: [value] }) => {
      const data = asBytes(value);
      charge({ [`hash.${name}.base`]: 1, [`hash.${name}.per_byte`]: data.length });
      context.host.charge(data.length * HOST_COST.hashByte);
      return [digest(data)];
    };
  const bytes = (digest: (data: Uint8Array) => Uint8Array) => (data: Uint8Array) =>
    new ByteVector(digest(data));
  return nativesOf('0x1::aptos_hash', {
    sip_hash: hash('sip_hash', (data) => integer(sipHash24(data))),
    keccak256: hash('keccak256', bytes(keccak_256)),
    sha2_512_internal: hash('sha2_512', bytes(sha512)),
    sha3_512_internal: hash('sha3_512', bytes(sha3_512)),
    ripemd160_internal: hash('ripemd160', bytes(ripemd160)),
    blake2b_256_internal: hash(
      'blake2b_256',
      bytes((data) => blake2b(data, { dkLen: 32 })),
    ),
  });
}
