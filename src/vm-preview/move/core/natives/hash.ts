import { sha256 } from '@noble/hashes/sha2.js';
import { sha3_256 } from '@noble/hashes/sha3.js';
import { nativesOf } from '../runtime';
import { asBytes, ByteVector } from '../values';

export const HASH = nativesOf('0x1::hash', {
  sha2_256: ({ args: [data] }) => [new ByteVector(sha256(asBytes(data)))],
  sha3_256: ({ args: [data] }) => [new ByteVector(sha3_256(asBytes(data)))],
});
