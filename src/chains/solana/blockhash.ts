/** How long a transaction stays valid, and whether its blockhash is one of the network's. */
import { base58 } from '@scure/base';
import type { Expiry } from '../../vm-preview/model/preview';
import type { Account, Message } from '../../vm-preview/svm';
import type { Network } from '../chain';
import { equalBytes } from '../hex';
import type { HttpOptions } from '../http';
import { isDurableNonce } from './nonce';
import { SolanaRpc } from './rpc';

/** Blocks a blockhash lives. Source: agave `clock` (`MAX_PROCESSING_AGE`). */
export const MAX_PROCESSING_AGE = 150;

export type BlockhashState =
  /** `remaining` blocks; absent where the node does not say. */
  | { readonly kind: 'recent'; readonly remaining?: number }
  | { readonly kind: 'nonce' }
  /** Expired, or never one of this network's: the node cannot tell which. */
  | { readonly kind: 'unknown' };

/**
 * @param isValid - whether the node takes it for a recent one
 * @param recent - the RecentBlockhashes sysvar, whose order says the age
 */
export function blockhashState(
  message: Message,
  isValid: boolean,
  recent: readonly Uint8Array[],
): BlockhashState {
  if (isDurableNonce(message)) return { kind: 'nonce' };
  if (!isValid) return { kind: 'unknown' };
  const age = recent.findIndex((hash) => equalBytes(hash, message.recentBlockhash));
  if (age === -1) return { kind: 'recent' };
  return { kind: 'recent', remaining: Math.max(0, MAX_PROCESSING_AGE - age) };
}

/** Blockhashes of the RecentBlockhashes sysvar, newest first; none where it is not there. */
export function recentBlockhashes(sysvar: Account | undefined): Uint8Array[] {
  const data = sysvar?.data;
  if (data === undefined || data.length < 8) return [];
  const count = new DataView(data.buffer, data.byteOffset).getUint32(0, true);
  const hashes: Uint8Array[] = [];
  // 32 bytes of hash and 8 of the fee it came with.
  for (let index = 0; index < Math.min(count, MAX_PROCESSING_AGE); index += 1) {
    const hash = data.slice(8 + index * 40, 40 + index * 40);
    if (hash.length === 32) hashes.push(hash);
  }
  return hashes;
}

export function expiryOf(state: BlockhashState): Expiry {
  switch (state.kind) {
    case 'nonce':
      return { kind: 'never', reason: 'It uses a durable nonce, which does not expire.' };
    case 'unknown':
      return { kind: 'expired' };
    case 'recent':
      return state.remaining === undefined
        ? { kind: 'unknown' }
        : { kind: 'blocks', remaining: state.remaining };
  }
}

/**
 * A blockhash to put into a transaction that nobody has signed yet.
 *
 * @returns base58, and the block height up to which it is accepted
 */
export async function latestBlockhash(
  network: Pick<Network, 'endpoint'>,
  options: HttpOptions = {},
): Promise<{ blockhash: string; lastValidBlockHeight: bigint }> {
  const rpc = new SolanaRpc(network.endpoint, options);
  const { blockhash, lastValidBlockHeight } = await rpc.getLatestBlockhash();
  return { blockhash, lastValidBlockHeight };
}

/** The transaction's blockhash or nonce in base58. */
export function blockhashOf(message: Message): string {
  return base58.encode(message.recentBlockhash);
}
