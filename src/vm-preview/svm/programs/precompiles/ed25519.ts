/** Source: agave `precompiles/src/ed25519.rs`, which verifies with ed25519-dalek 1.0.1. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import type { HostBudget } from '../../../host-budget';
import { precompileFailure } from './errors';
import { countSignatures, readOffsets, sliceAt } from './offsets';

const SIGNATURE_BYTES = 64;
const PUBLIC_KEY_BYTES = 32;
const HEADER_BYTES = 2;
/** One verification, measured in Node on one core and rounded up. */
const HOST_MICROSECONDS = 3_000;

type Point = InstanceType<typeof ed25519.Point>;

const { Point } = ed25519;

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  return value;
}

/** As leniently as curve25519-dalek: coordinates of p or more are taken modulo p. */
function decompress(bytes: Uint8Array): Point | undefined {
  try {
    return Point.fromBytes(bytes, true);
  } catch {
    return undefined;
  }
}

/**
 * ed25519-dalek's `verify_strict`: no small-order points, a canonical scalar, and the equation without
 * the cofactor. Points need not be encoded canonically, which stricter libraries ask for.
 */
export function verifyStrict(
  publicKeyBytes: Uint8Array,
  publicKey: Point,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const r = signature.subarray(0, 32);
  const s = littleEndian(signature.subarray(32));
  if (s >= Point.Fn.ORDER) return false;
  const point = decompress(r);
  if (point === undefined || point.isSmallOrder() || publicKey.isSmallOrder()) return false;
  const hash = sha512.create().update(r).update(publicKeyBytes).update(message).digest();
  const challenge = littleEndian(hash) % Point.Fn.ORDER;
  const expected = Point.BASE.multiplyUnsafe(s).subtract(publicKey.multiplyUnsafe(challenge));
  return expected.equals(point);
}

export function verifyEd25519(
  data: Uint8Array,
  instructionDatas: readonly Uint8Array[],
  hostBudget: HostBudget | undefined,
): void {
  if (data.length < HEADER_BYTES || (data[0] === 0 && data.length > HEADER_BYTES)) {
    throw precompileFailure('InvalidInstructionDataSize');
  }
  const count = countSignatures(data);
  for (let i = 0; i < count; i++) {
    hostBudget?.charge(HOST_MICROSECONDS);
    const offsets = readOffsets(data, i);
    const signature = sliceAt(data, instructionDatas, offsets.signature, SIGNATURE_BYTES);
    // `Signature::from_bytes` looks at the scalar's three top bits, before the key is read.
    if (((signature[63] ?? 0) & 0b1110_0000) !== 0) throw precompileFailure('InvalidSignature');
    const keyBytes = sliceAt(data, instructionDatas, offsets.publicKey, PUBLIC_KEY_BYTES);
    const key = decompress(keyBytes);
    if (key === undefined) throw precompileFailure('InvalidPublicKey');
    const message = sliceAt(data, instructionDatas, offsets.message, offsets.message.size);
    if (!verifyStrict(keyBytes, key, message, signature)) {
      throw precompileFailure('InvalidSignature');
    }
  }
}
