/** Source: agave `precompiles/src/secp256r1.rs`, which verifies with OpenSSL. */
import { p256 } from '@noble/curves/nist.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { HostBudget } from '../../../host-budget';
import { precompileFailure } from './errors';
import { countSignatures, readOffsets, sliceAt } from './offsets';

const SIGNATURE_BYTES = 64;
/** Compressed. */
const PUBLIC_KEY_BYTES = 33;
const HEADER_BYTES = 2;
const MAX_SIGNATURES = 8;
/** One verification, measured in Node on one core and rounded up. */
const HOST_MICROSECONDS = 8_000;

const ORDER = p256.Point.Fn.ORDER;

function bigEndian(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

/** Only the lower of the two possible s values is accepted, so that a signature cannot be altered. */
function inRange(signature: Uint8Array): boolean {
  const r = bigEndian(signature.subarray(0, 32));
  const s = bigEndian(signature.subarray(32));
  return r >= 1n && r < ORDER && s >= 1n && s <= ORDER / 2n;
}

function requirePublicKey(bytes: Uint8Array): void {
  try {
    p256.Point.fromBytes(bytes);
  } catch {
    throw precompileFailure('InvalidPublicKey');
  }
}

export function verifySecp256r1(
  data: Uint8Array,
  instructionDatas: readonly Uint8Array[],
  hostBudget: HostBudget | undefined,
): void {
  const declared = data[0];
  if (
    declared === undefined ||
    data.length < HEADER_BYTES ||
    declared === 0 ||
    declared > MAX_SIGNATURES
  ) {
    throw precompileFailure('InvalidInstructionDataSize');
  }
  const count = countSignatures(data);
  for (let i = 0; i < count; i++) {
    hostBudget?.charge(HOST_MICROSECONDS);
    const offsets = readOffsets(data, i);
    const signature = sliceAt(data, instructionDatas, offsets.signature, SIGNATURE_BYTES);
    const publicKey = sliceAt(data, instructionDatas, offsets.publicKey, PUBLIC_KEY_BYTES);
    const message = sliceAt(data, instructionDatas, offsets.message, offsets.message.size);
    if (!inRange(signature)) throw precompileFailure('InvalidSignature');
    requirePublicKey(publicKey);
    if (!p256.verify(signature, sha256(message), publicKey, { prehash: false, lowS: true })) {
      throw precompileFailure('InvalidSignature');
    }
  }
}
