import { sha256 } from '@noble/hashes/sha2.js';
import { sha3_256 } from '@noble/hashes/sha3.js';
import { type Native, type NativeRegistry, nativesOf } from '../../../core/runtime';
import { asBytes, ByteVector } from '../../../core/values';
import { stdlibCharger } from '../charge';
import type { SuiNativeContext } from '../context';
import { HOST_COST } from '../host-cost';

/** 0x1::hash (move-stdlib-natives, hash.rs). */
export function hashNatives(context: SuiNativeContext): NativeRegistry {
  const charge = stdlibCharger(context);
  const hash =
    (name: string, digest: (bytes: Uint8Array) => Uint8Array): Native =>
    ({ args: [data] }) => {
      const bytes = asBytes(data);
      const least = Number(context.protocol.number(`${name}_legacy_min_input_len_cost`) ?? 0n);
      charge({
        [`${name}_base_cost`]: 1,
        [`${name}_per_byte_cost`]: Math.max(bytes.length, least),
      });
      context.host.charge(bytes.length * HOST_COST.hashByte);
      return [new ByteVector(digest(bytes))];
    };
  return nativesOf('0x1::hash', {
    sha2_256: hash('hash_sha2_256', sha256),
    sha3_256: hash('hash_sha3_256', sha3_256),
  });
}
