/** Sending a signed transaction, and waiting until the network has taken it. */
import { StateError } from '../../vm-preview/errors';
import type { Network } from '../chain';
import { type HttpOptions, sleep } from '../http';
import { AptosRest } from './rest';
import { parseTransaction, transactionId } from './transaction';

/**
 * Hands a signed transaction to the network's node.
 *
 * @returns its hash, 0x and hex
 * @throws StateError when the node refuses it or answers with another hash
 */
export async function submitTransaction(
  network: Pick<Network, 'endpoint'>,
  transaction: Uint8Array,
  options: HttpOptions = {},
): Promise<string> {
  const id = transactionId(transaction);
  const rest = new AptosRest(network.endpoint, options);
  // Sending twice is harmless: the network takes a transaction once.
  const answered = await rest.submit(transaction);
  if (answered.toLowerCase() !== id) {
    throw new StateError(
      'node-other-transaction',
      `${rest.host} answered for another transaction`,
      {
        host: rest.host,
      },
    );
  }
  return id;
}

export interface ConfirmOptions extends HttpOptions {
  /** Seconds since 1970 from which on it can no longer land. */
  readonly expirationSecs?: bigint;
  readonly pollMs?: number;
  /** A bound for all of it. */
  readonly deadlineMs?: number;
}

export type Confirmation =
  | { readonly status: 'confirmed'; readonly version: string }
  | { readonly status: 'failed'; readonly version: string; readonly error: string }
  | { readonly status: 'expired' };

const POLL_MS = 1_000;
const DEADLINE_MS = 120_000;
const MICROS = 1_000_000n;

/**
 * Waits until the transaction has landed, has failed, or can no longer land.
 *
 * @param id - its hash
 * @throws StateError `confirmation-timeout` when none of it is known within the deadline
 */
export async function confirmTransaction(
  network: Pick<Network, 'endpoint'>,
  id: string,
  options: ConfirmOptions = {},
): Promise<Confirmation> {
  const { deadlineMs = DEADLINE_MS, expirationSecs, pollMs = POLL_MS, ...http } = options;
  const rest = new AptosRest(network.endpoint, http);
  const polls = Math.max(1, Math.ceil(deadlineMs / pollMs));
  for (let poll = 1; poll <= polls; poll += 1) {
    const landed = await confirmationOf(rest, id);
    if (landed !== undefined) return landed;
    if (expirationSecs !== undefined) {
      const { timestampMicros } = await rest.ledger();
      if (timestampMicros / MICROS > expirationSecs) {
        // It may have landed between the two questions.
        return (await confirmationOf(rest, id)) ?? { status: 'expired' };
      }
    }
    await sleep(pollMs, options.signal);
  }
  throw new StateError(
    'confirmation-timeout',
    `${rest.host} did not say within ${deadlineMs / 1000} s whether the transaction has landed`,
    { host: rest.host, id },
  );
}

async function confirmationOf(rest: AptosRest, id: string): Promise<Confirmation | undefined> {
  const status = await rest.transaction(id);
  if (status.kind !== 'landed') return undefined;
  const version = status.version.toString();
  return status.success
    ? { status: 'confirmed', version }
    : { status: 'failed', version, error: status.vmStatus.slice(0, 300) };
}

/** Seconds since 1970 until which a transaction may land. */
export function expirationOf(transaction: Uint8Array): bigint {
  return parseTransaction(transaction).raw.expirationTimestampSecs;
}
