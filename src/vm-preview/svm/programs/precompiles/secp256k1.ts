/** Source: agave `precompiles/src/secp256k1.rs`, which recovers with libsecp256k1 0.7.2. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import type { HostBudget } from '../../../host-budget';
import { precompileFailure } from './errors';

/** r, s, then the recovery id's byte. */
const SIGNATURE_BYTES = 64;
const ETH_ADDRESS_BYTES = 20;
const OFFSETS_BYTES = 11;
/** One recovery, measured in Node on one core and rounded up. */
const HOST_MICROSECONDS = 4_000;

/** Source: solana-sdk `secp256k1-program/src/lib.rs` (`SecpSignatureOffsets`). */
function readOffsets(data: Uint8Array, index: number) {
  const start = data.byteOffset + 1 + index * OFFSETS_BYTES;
  const view = new DataView(data.buffer, start, OFFSETS_BYTES);
  return {
    signatureOffset: view.getUint16(0, true),
    signatureInstruction: view.getUint8(2),
    ethAddressOffset: view.getUint16(3, true),
    ethAddressInstruction: view.getUint8(5),
    messageOffset: view.getUint16(6, true),
    messageSize: view.getUint16(8, true),
    messageInstruction: view.getUint8(10),
  };
}

function sliceAt(
  instructionDatas: readonly Uint8Array[],
  instruction: number,
  offset: number,
  size: number,
): Uint8Array {
  const source = instructionDatas[instruction];
  if (source === undefined) throw precompileFailure('InvalidDataOffsets');
  // Unlike the other two precompiles, this one calls a slice out of bounds an invalid signature.
  if (offset + size > source.length) throw precompileFailure('InvalidSignature');
  return source.subarray(offset, offset + size);
}

/** Each half of a signature must be below the group's order; zero fails later, with the same error. */
function requireStandardSignature(signature: Uint8Array): void {
  for (const half of [signature.subarray(0, 32), signature.subarray(32)]) {
    const value = half.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    if (value >= secp256k1.Point.Fn.ORDER) throw precompileFailure('InvalidSignature');
  }
}

/** The last 20 bytes of the hash of the recovered key. High s values are accepted. */
function recoverEthAddress(
  message: Uint8Array,
  signature: Uint8Array,
  recoveryId: number,
): Uint8Array {
  let key: Uint8Array;
  try {
    key = secp256k1.Signature.fromBytes(signature, 'compact')
      .addRecoveryBit(recoveryId)
      .recoverPublicKey(keccak_256(message))
      .toBytes(false);
  } catch {
    throw precompileFailure('InvalidSignature');
  }
  return keccak_256(key.subarray(1)).subarray(12);
}

export function verifySecp256k1(
  data: Uint8Array,
  instructionDatas: readonly Uint8Array[],
  hostBudget: HostBudget | undefined,
): void {
  const count = data[0];
  if (
    count === undefined ||
    (count === 0 && data.length > 1) ||
    data.length < 1 + count * OFFSETS_BYTES
  ) {
    throw precompileFailure('InvalidInstructionDataSize');
  }
  for (let i = 0; i < count; i++) {
    hostBudget?.charge(HOST_MICROSECONDS);
    const offsets = readOffsets(data, i);
    const source = instructionDatas[offsets.signatureInstruction];
    if (source === undefined) throw precompileFailure('InvalidInstructionDataSize');
    const end = offsets.signatureOffset + SIGNATURE_BYTES;
    const recoveryId = source[end];
    if (recoveryId === undefined) throw precompileFailure('InvalidSignature');
    const signature = source.subarray(offsets.signatureOffset, end);
    requireStandardSignature(signature);
    if (recoveryId > 3) throw precompileFailure('InvalidRecoveryId');
    const ethAddress = sliceAt(
      instructionDatas,
      offsets.ethAddressInstruction,
      offsets.ethAddressOffset,
      ETH_ADDRESS_BYTES,
    );
    const message = sliceAt(
      instructionDatas,
      offsets.messageInstruction,
      offsets.messageOffset,
      offsets.messageSize,
    );
    const recovered = recoverEthAddress(message, signature, recoveryId);
    if (!recovered.every((byte, index) => byte === ethAddress[index])) {
      throw precompileFailure('InvalidSignature');
    }
  }
}
