/** From bytes to a preview: read the state, run the transaction, say what it means. */
import { StateError } from '../../vm-preview/errors';
import { BcsError } from '../../vm-preview/move/core/bcs';
import { executeTransaction } from '../../vm-preview/move/sui';
import type { TransactionData } from '../../vm-preview/move/sui/data';
import { MissingObjectsError, type SuiState } from '../../vm-preview/move/sui/state';
import type { SuiEnvironment, SuiOutcome } from '../../vm-preview/move/sui/types';
import type { Network, PreviewedTransaction } from '../chain';
import type { Usage } from '../http';
import { withTimeout } from '../load-timeout';
import { parseAddress } from './address';
import type { SuiCache } from './cache';
import { withGas } from './complete';
import { Describer } from './describe';
import { createLoader, type Loader } from './load/loader';
import { SuiNode } from './node';
import { type ParsedSuiTransaction, parseTransaction, signedDigest } from './transaction';

/** The VM. @throws MissingObjectsError while objects are not loaded; CannotPreview */
export type Execute = (
  transaction: TransactionData,
  state: SuiState,
  environment: SuiEnvironment,
) => SuiOutcome;

export interface PreviewRequest {
  readonly network: Network;
  /** BCS of `TransactionData`, its gas perhaps still open. */
  readonly transaction: Uint8Array;
  /** Whose wallet this is; without it all changes are others'. */
  readonly account?: string;
  /** Further addresses of the same user. */
  readonly knownAccounts?: readonly string[];
  /** Also says what was read, and what changes by its fields. */
  readonly detailed?: boolean;
  readonly signal?: AbortSignal;
  readonly cache: SuiCache;
  /** Another VM, for tests. */
  readonly execute?: Execute;
  readonly fetch?: typeof fetch;
  /** Milliseconds for all of the loading. */
  readonly timeoutMs?: number;
}

export interface SuiPreview extends PreviewedTransaction {
  readonly outcome: SuiOutcome;
}

/**
 * Previews a transaction on objects read from the network's node. One without gas is completed first: the
 * preview, its bytes and its message are those of the completed transaction.
 *
 * @throws MalformedError when the bytes are no transaction
 * @throws StateError when the state cannot be had, or is not what the transaction names
 * @throws CannotPreview when the VM cannot run it as the chain would
 */
export async function previewTransaction(request: PreviewRequest): Promise<SuiPreview> {
  // A copy: what is run is what is signed, whatever becomes of the caller's bytes meanwhile.
  const given = Uint8Array.from(request.transaction);
  const parsed = parseTransaction(given);
  const account = request.account === undefined ? undefined : parseAddress(request.account);
  return withTimeout(request, async (signal) => {
    const { cache, network } = request;
    const usage: Usage = { requests: 0, bytes: 0 };
    const node = new SuiNode(network.endpoint, {
      usage,
      signal,
      ...(request.fetch === undefined ? {} : { fetch: request.fetch }),
    });
    const loader = await createLoader(network, node, cache, usage);
    const execute: Execute =
      request.execute ??
      ((data, state, environment) => executeTransaction(data, state, environment, cache.vm));
    const run = (one: ParsedSuiTransaction) => loadAndRun(one, loader, execute);
    const transaction = parsed.needsGas ? await withGas(parsed, loader, run) : given;
    const whole = parsed.needsGas ? parseTransaction(transaction) : parsed;
    const outcome = await run(whole);
    const mine = [...(request.knownAccounts ?? []), ...(account === undefined ? [] : [account])];
    const describer = new Describer(whole, outcome, loader, {
      network,
      cache,
      account,
      mine: new Set(mine.map(parseAddress)),
      gasWasOpen: parsed.needsGas,
      detailed: request.detailed === true,
    });
    const preview = await describer.preview(usage);
    loader.remember(whole);
    describer.remember();
    await cache.saveHints(loader.service.chain);
    const exact = preview.provenance.certainty === 'exact' ? outcome.effects?.digest : undefined;
    return {
      preview,
      transaction,
      message: signedDigest(transaction),
      outcome,
      ...(exact === undefined ? {} : { exactEffects: exact }),
    };
  });
}

/** Runs on what is loaded, loads what the run found missing, and runs again from the start. */
async function loadAndRun(
  transaction: ParsedSuiTransaction,
  loader: Loader,
  execute: Execute,
): Promise<SuiOutcome> {
  await loader.loadNamed(transaction);
  for (;;) {
    try {
      return execute(transaction.data, loader.state, loader.environment);
    } catch (error) {
      if (error instanceof BcsError) throw unreadable(loader, error);
      if (!(error instanceof MissingObjectsError)) throw error;
      await loader.load(error.requests);
    }
  }
}

/** The transaction was read before: what cannot be read now came from the node. */
function unreadable({ node: { host } }: Loader, { what }: BcsError): StateError {
  return new StateError(
    'sui-object-contents',
    `${host} answered with an object whose contents are not of its type`,
    { host, what },
  );
}
