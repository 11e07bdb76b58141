/** Durable nonces, where litesvm departs from agave. */
import { base58 } from '@scure/base';
import type { ParsedTransaction } from '../../src/vm-preview/svm/transaction/message';
import { equal, sha256 } from './blockhashes';
import { LAMPORTS_PER_SIGNATURE } from './sysvars';

const SYSTEM_PROGRAM = '11111111111111111111111111111111';
const ADVANCE_NONCE = 4;
/** version u32, state u32, authority, nonce, u64 lamports per signature. */
const NONCE_BYTES = 80;

/** Source: solana-sdk `nonce/src/state.rs` (`DurableNonce::from_blockhash`). */
export function durableNonce(blockhash: Uint8Array): Uint8Array {
  return sha256('DURABLE_NONCE', blockhash);
}

/** The nonce that a nonce account's data holds, `undefined` when it is no initialized nonce account. */
export function nonceOf(data: Uint8Array): Uint8Array | undefined {
  if (data.length !== NONCE_BYTES) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const isCurrent = view.getUint32(0, true) === 1;
  const isInitialized = view.getUint32(4, true) === 1;
  return isCurrent && isInitialized ? data.slice(40, 72) : undefined;
}

export function withNonce(data: Uint8Array, nonce: Uint8Array): Uint8Array {
  const next = data.slice();
  next.set(nonce, 40);
  new DataView(next.buffer).setBigUint64(72, LAMPORTS_PER_SIGNATURE, true);
  return next;
}

/**
 * The nonce account that stands in for the blockhash, when the first instruction advances one that
 * the transaction's blockhash names and its authority signs.
 *
 * Source: agave `runtime/src/bank/check_transactions.rs` (`check_nonce_transaction_validity`).
 *
 * @param last - the newest blockhash: a nonce made of it cannot be advanced yet
 */
export function usedNonce(
  transaction: ParsedTransaction,
  last: Uint8Array,
  dataOf: (address: Uint8Array) => Uint8Array | undefined,
): { readonly address: Uint8Array; readonly next: Uint8Array } | undefined {
  const first = transaction.instructions[0];
  const program = transaction.staticKeys[first?.programIdIndex ?? -1];
  if (first === undefined || program?.toBase58() !== SYSTEM_PROGRAM) return undefined;
  if (first.data.length < 4 || first.data[0] !== ADVANCE_NONCE) return undefined;
  if (first.data.subarray(1, 4).some((byte) => byte !== 0)) return undefined;
  const account = transaction.staticKeys[first.accounts[0] ?? -1];
  const data = account === undefined ? undefined : dataOf(account.bytes);
  if (account === undefined || data === undefined) return undefined;
  const nonce = nonceOf(data);
  const next = durableNonce(last);
  if (nonce === undefined || !equal(nonce, transaction.recentBlockhash)) return undefined;
  if (equal(nonce, next)) return undefined;
  const authority = base58.encode(data.slice(8, 40));
  const signers = [...first.accounts]
    .filter((index) => index < transaction.header.numRequiredSignatures)
    .map((index) => transaction.staticKeys[index]?.toBase58());
  return signers.includes(authority) ? { address: account.bytes, next } : undefined;
}
