/** One bound on the time that loading a transaction's state may take, whatever its requests' own are. */
import { StateError } from '../vm-preview/errors';
import type { Network } from './chain';

/** Milliseconds for all of the loading. */
export const LOAD_TIMEOUT_MS = 45_000;

export interface LoadLimits {
  readonly network: Pick<Network, 'name'>;
  /** Ends the loading when the caller no longer wants it. */
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

/**
 * @param work - stops at its signal with StateError `cancelled`, as the HTTP client does
 * @throws StateError `node-timeout` when the time is over
 */
export async function withTimeout<T>(
  { network, signal, timeoutMs = LOAD_TIMEOUT_MS }: LoadLimits,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const cancel = () => controller.abort();
  let expired = false;
  const timer = setTimeout(() => {
    expired = true;
    cancel();
  }, timeoutMs);
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await work(controller.signal);
  } catch (error) {
    if (expired && error instanceof StateError && error.code === 'cancelled') {
      throw new StateError(
        'node-timeout',
        `the node of ${network.name} did not give the state within ${timeoutMs / 1000} s`,
      );
    }
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}
