/** Sending a signed transaction, and waiting until the network has taken it. */
import { StateError } from '../../vm-preview/errors';
import { type TransactionError, transactionErrorText } from '../../vm-preview/svm';
import type { Network } from '../chain';
import { type HttpOptions, sleep } from '../http';
import { MAX_PROCESSING_AGE } from './blockhash';
import { SolanaRpc } from './rpc';
import { transactionId } from './signatures';

export interface SubmitOptions extends HttpOptions {
  /** Without it the node refuses what it thinks would fail. */
  readonly skipPreflight?: boolean;
}

/**
 * Hands a signed transaction to the network's node.
 *
 * @returns its id: the first signature, base58
 * @throws StateError when the node refuses it or answers with another id
 */
export async function submitTransaction(
  network: Pick<Network, 'endpoint'>,
  transaction: Uint8Array,
  options: SubmitOptions = {},
): Promise<string> {
  const { skipPreflight = false, ...http } = options;
  const id = transactionId(transaction);
  const rpc = new SolanaRpc(network.endpoint, http);
  // Sending twice is harmless: the network takes a signature once.
  const answered = await rpc.sendTransaction(transaction, { skipPreflight });
  if (answered !== id) {
    throw new StateError('node-other-signature', `${rpc.host} answered for another transaction`, {
      host: rpc.host,
    });
  }
  return id;
}

export interface ConfirmOptions extends HttpOptions {
  /** Block height from which on the transaction can no longer land. */
  readonly lastValidBlockHeight?: bigint;
  /** Sent again while it has not landed. */
  readonly transaction?: Uint8Array;
  readonly pollMs?: number;
  /** A bound for all of it. */
  readonly deadlineMs?: number;
}

export type Confirmation =
  | { readonly status: 'confirmed'; readonly slot: string }
  | { readonly status: 'failed'; readonly error: string }
  | { readonly status: 'expired' };

const POLL_MS = 1_000;
const DEADLINE_MS = 120_000;
/** Polls between two sendings. */
const RESEND_EVERY = 5;

/**
 * Waits until the transaction is confirmed, has failed, or can no longer land.
 *
 * @throws StateError `confirmation-timeout` when none of it is known within the deadline
 */
export async function confirmTransaction(
  network: Pick<Network, 'endpoint'>,
  signature: string,
  options: ConfirmOptions = {},
): Promise<Confirmation> {
  const {
    deadlineMs = DEADLINE_MS,
    lastValidBlockHeight,
    pollMs = POLL_MS,
    transaction,
    ...http
  } = options;
  const rpc = new SolanaRpc(network.endpoint, http);
  const expiry = lastValidBlockHeight ?? (await rpc.getBlockHeight()) + BigInt(MAX_PROCESSING_AGE);
  const polls = Math.max(1, Math.ceil(deadlineMs / pollMs));
  for (let poll = 1; poll <= polls; poll += 1) {
    const landed = await confirmationOf(rpc, signature);
    if (landed !== undefined) return landed;
    if ((await rpc.getBlockHeight()) > expiry) {
      // It may have landed between the two questions.
      return (await confirmationOf(rpc, signature)) ?? { status: 'expired' };
    }
    if (transaction !== undefined && poll % RESEND_EVERY === 0) {
      await rpc.sendTransaction(transaction, { skipPreflight: true });
    }
    await sleep(pollMs, options.signal);
  }
  throw new StateError(
    'confirmation-timeout',
    `${rpc.host} did not say within ${deadlineMs / 1000} s whether the transaction has landed`,
    { host: rpc.host, signature },
  );
}

async function confirmationOf(
  rpc: SolanaRpc,
  signature: string,
): Promise<Confirmation | undefined> {
  const status = await rpc.getSignatureStatus(signature);
  if (status === undefined) return undefined;
  if (status.error !== null) return { status: 'failed', error: errorText(status.error) };
  return status.confirmed ? { status: 'confirmed', slot: status.slot.toString() } : undefined;
}

/** In the chain's words where the node's JSON is an error that we know. */
function errorText(error: unknown): string {
  return isTransactionError(error) ? transactionErrorText(error) : JSON.stringify(error);
}

function isTransactionError(error: unknown): error is TransactionError {
  if (typeof error === 'string') return /^[A-Za-z]+$/.test(error);
  if (typeof error !== 'object' || error === null || !('InstructionError' in error)) return false;
  const { InstructionError: inner } = error;
  return (
    Array.isArray(inner) &&
    inner.length === 2 &&
    typeof inner[0] === 'number' &&
    (typeof inner[1] === 'string' ||
      (typeof inner[1] === 'object' && inner[1] !== null && 'Custom' in inner[1]))
  );
}
