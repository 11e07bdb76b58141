/** 0x2::ecvrf (sui-move-natives, crypto/ecvrf.rs; fastcrypto, vrf.rs). */
import { ristretto255, ristretto255_hasher } from '@noble/curves/ed25519.js';
import { bytesToNumberLE, concatBytes } from '@noble/curves/utils.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { aborted, type NativeRegistry, nativesOf } from '../../../core/runtime';
import { blocks, charger } from '../charge';
import type { SuiNativeContext } from '../context';
import { HOST_COST } from '../host-cost';
import { bytesAt } from '../values';

const INVALID_HASH_LENGTH = 1n;
const INVALID_PUBLIC_KEY = 2n;
const INVALID_PROOF = 3n;

const SHA512_BLOCK = 128;
const OUTPUT_BYTES = 64;
const POINT_BYTES = 32;
const CHALLENGE_BYTES = 16;
const PROOF_BYTES = POINT_BYTES + CHALLENGE_BYTES + 32;

const DST = 'ECVRF_ristretto255_XMD:SHA-512_R255MAP_RO_sui_vrf';
const SUITE = new TextEncoder().encode('sui_vrf');
const CHALLENGE = 0x02;
const TO_HASH = 0x03;

const { Point } = ristretto255;
type RistrettoPoint = InstanceType<typeof Point>;

interface Proof {
  readonly gamma: RistrettoPoint;
  readonly challenge: Uint8Array;
  readonly s: bigint;
}

function readPoint(bytes: Uint8Array): RistrettoPoint | undefined {
  if (bytes.length !== POINT_BYTES) return undefined;
  try {
    return Point.fromBytes(bytes);
  } catch {
    // The library's only way to say that this is no point.
    return undefined;
  }
}

function readProof(bytes: Uint8Array): Proof | undefined {
  if (bytes.length !== PROOF_BYTES) return undefined;
  const gamma = readPoint(bytes.subarray(0, POINT_BYTES));
  const challenge = bytes.subarray(POINT_BYTES, POINT_BYTES + CHALLENGE_BYTES);
  const s = bytesToNumberLE(bytes.subarray(POINT_BYTES + CHALLENGE_BYTES));
  return gamma === undefined || s >= Point.Fn.ORDER ? undefined : { gamma, challenge, s };
}

/** Section 5.3 of draft-irtf-cfrg-vrf-15. */
function verifies({ gamma, challenge, s }: Proof, key: RistrettoPoint, alpha: Uint8Array): boolean {
  if (key.is0()) return false;
  const h = ristretto255_hasher.hashToCurve(concatBytes(key.toBytes(), alpha), { DST });
  const c = bytesToNumberLE(challenge);
  const u = Point.BASE.multiplyUnsafe(s).subtract(key.multiplyUnsafe(c));
  const v = h.multiplyUnsafe(s).subtract(gamma.multiplyUnsafe(c));
  const points = [key, h, gamma, u, v].map((point) => point.toBytes());
  const hash = sha512(concatBytes(SUITE, Uint8Array.of(CHALLENGE), ...points, Uint8Array.of(0)));
  return challenge.every((byte, i) => byte === hash[i]);
}

function outputOf({ gamma }: Proof): Uint8Array {
  return sha512(concatBytes(SUITE, Uint8Array.of(TO_HASH), gamma.toBytes(), Uint8Array.of(0)));
}

export function ecvrfNatives(context: SuiNativeContext): NativeRegistry {
  const charge = charger(context);
  return nativesOf('0x2::ecvrf', {
    ecvrf_verify: ({ args: [hash, alpha, publicKey, proofReference] }) => {
      charge({ ecvrf_ecvrf_verify_cost_base: 1 });
      const message = bytesAt(alpha);
      charge({
        ecvrf_ecvrf_verify_alpha_string_cost_per_byte: message.length,
        ecvrf_ecvrf_verify_alpha_string_cost_per_block: blocks(message.length, SHA512_BLOCK),
      });
      context.host.charge(HOST_COST.ecvrfVerify + message.length * HOST_COST.hashByte);
      const output = bytesAt(hash);
      if (output.length !== OUTPUT_BYTES) throw aborted(INVALID_HASH_LENGTH);
      const key = readPoint(bytesAt(publicKey));
      if (key === undefined) throw aborted(INVALID_PUBLIC_KEY);
      const proof = readProof(bytesAt(proofReference));
      if (proof === undefined) throw aborted(INVALID_PROOF);
      if (!verifies(proof, key, message)) return [false];
      const expected = outputOf(proof);
      return [output.every((byte, i) => byte === expected[i])];
    },
  });
}
