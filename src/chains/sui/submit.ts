/** Sending a signed transaction, and waiting until the network has taken it. */
import { StateError } from '../../vm-preview/errors';
import { transactionDigest } from '../../vm-preview/move/sui/data';
import type { Network } from '../chain';
import { equalBytes } from '../hex';
import { type HttpOptions, sleep } from '../http';
import { digestText, parseDigest } from './address';
import { type Executed, SuiNode } from './node';
import { parseTransaction } from './transaction';

export interface Submitted extends Executed {
  /** Of the transaction, base58. */
  readonly digest: string;
  /** Whether it did exactly what was shown; undefined where nothing exact was. */
  readonly isAsShown: boolean | undefined;
}

/** The network answers once the effects are certain. */
const EXECUTE_TIMEOUT_MS = 60_000;

/**
 * Hands a signed transaction to the network's node, which answers with its effects.
 *
 * @param signatures - of all who must sign, as `serializedSignature` makes them
 * @param shown - digest of the effects that were shown as exact
 * @throws StateError when the node refuses it or answers for another one
 */
export async function submitTransaction(
  network: Pick<Network, 'endpoint'>,
  transaction: Uint8Array,
  signatures: readonly string[],
  shown?: Uint8Array,
  options: HttpOptions = {},
): Promise<Submitted> {
  const digest = transactionDigest(parseTransaction(transaction).data);
  const node = new SuiNode(network.endpoint, { timeoutMs: EXECUTE_TIMEOUT_MS, ...options });
  // Sending twice is harmless: the network takes a transaction once.
  const executed = await node.execute(transaction, signatures, digest);
  return {
    ...executed,
    digest: digestText(digest),
    isAsShown: shown === undefined ? undefined : equalBytes(shown, executed.effectsDigest),
  };
}

export interface ConfirmOptions extends HttpOptions {
  readonly pollMs?: number;
  /** A bound for all of it. */
  readonly deadlineMs?: number;
}

export type Confirmation =
  | { readonly status: 'confirmed'; readonly checkpoint: string }
  | { readonly status: 'failed'; readonly checkpoint: string; readonly error: string };

const POLL_MS = 1_000;
const DEADLINE_MS = 60_000;

/**
 * Waits until the transaction is in a checkpoint.
 *
 * @param id - its digest, base58
 * @throws StateError `confirmation-timeout` when it is in none within the deadline
 */
export async function confirmTransaction(
  network: Pick<Network, 'endpoint'>,
  id: string,
  options: ConfirmOptions = {},
): Promise<Confirmation> {
  const { deadlineMs = DEADLINE_MS, pollMs = POLL_MS, ...http } = options;
  const node = new SuiNode(network.endpoint, http);
  const digest = parseDigest(id);
  if (digest === undefined) throw new StateError('transaction-id', 'this is no digest');
  const polls = Math.max(1, Math.ceil(deadlineMs / pollMs));
  for (let poll = 1; poll <= polls; poll += 1) {
    const landed = await node.landed(digest);
    if (landed !== undefined) {
      const checkpoint = landed.checkpoint.toString();
      return landed.success
        ? { status: 'confirmed', checkpoint }
        : { status: 'failed', checkpoint, error: landed.error ?? '' };
    }
    await sleep(pollMs, options.signal);
  }
  throw new StateError(
    'confirmation-timeout',
    `${node.host} did not say within ${deadlineMs / 1000} s whether the transaction has landed`,
    { host: node.host, id },
  );
}
