/** Nonce accounts. Source: solana-sdk `nonce/src/{state,versions}.rs`. */
import { sha256 } from '@noble/hashes/sha2.js';
import type { Pubkey } from '../../pubkey';
import { type BincodeReader, BincodeWriter, decodeState } from '../bincode';

/** Bytes of an initialized nonce account's data. */
export const NONCE_STATE_BYTES = 80;

export interface NonceData {
  readonly authority: Pubkey;
  /** 32 bytes: what a transaction puts in place of a recent blockhash. */
  readonly durableNonce: Uint8Array;
  /** Lamports, of the time when the nonce was last advanced. */
  readonly lamportsPerSignature: bigint;
}

export interface NonceState {
  /** Legacy nonces were plain blockhashes; they no longer allow durable transactions. */
  readonly version: 'legacy' | 'current';
  /** `undefined` when uninitialized. */
  readonly data: NonceData | undefined;
}

function readVersion(reader: BincodeReader): NonceState['version'] {
  const tag = reader.u32();
  if (tag === 0) return 'legacy';
  return tag === 1 ? 'current' : reader.unknownVariant();
}

function readState(reader: BincodeReader): NonceData | undefined {
  const tag = reader.u32();
  if (tag === 0) return undefined;
  if (tag !== 1) reader.unknownVariant();
  return {
    authority: reader.pubkey(),
    durableNonce: reader.bytes(32),
    lamportsPerSignature: reader.u64(),
  };
}

/** @throws InstructionFailure InvalidAccountData */
export function decodeNonceState(data: Uint8Array): NonceState {
  return decodeState(data, (reader) => ({
    version: readVersion(reader),
    data: readState(reader),
  }));
}

/** @returns 80 bytes, or 8 when uninitialized */
export function encodeNonceState(state: NonceState): Uint8Array {
  const writer = new BincodeWriter()
    .u32(state.version === 'legacy' ? 0 : 1)
    .u32(state.data === undefined ? 0 : 1);
  if (state.data !== undefined) {
    writer
      .pubkey(state.data.authority)
      .bytes(state.data.durableNonce)
      .u64(state.data.lamportsPerSignature);
  }
  return writer.finish();
}

/** What a nonce advances to under a blockhash. Hashed, so that no blockhash is ever a durable nonce. */
export function durableNonceFromBlockhash(blockhash: Uint8Array): Uint8Array {
  return sha256
    .create()
    .update(new TextEncoder().encode('DURABLE_NONCE'))
    .update(blockhash)
    .digest();
}

/**
 * The nonce's data, when `recentBlockhash` of a transaction is its current value.
 * Source: `Versions::verify_recent_blockhash`.
 */
export function matchingNonce(
  state: NonceState,
  recentBlockhash: Uint8Array,
): NonceData | undefined {
  if (state.version === 'legacy' || state.data === undefined) return undefined;
  const { durableNonce } = state.data;
  return durableNonce.every((byte, index) => byte === recentBlockhash[index])
    ? state.data
    : undefined;
}
