/** From bytes to a preview: read the state, run the transaction, say what it means. */
import type { Preview } from '../../vm-preview/model/preview';
import { type AptosRequest, executeTransaction } from '../../vm-preview/move/aptos';
import {
  MissingStateError,
  type StateKey,
  type StateValue,
} from '../../vm-preview/move/aptos/state';
import { stateKeyId } from '../../vm-preview/move/aptos/storage';
import type { AptosEnvironment, AptosOutcome } from '../../vm-preview/move/aptos/types';
import { MissingModulesError } from '../../vm-preview/move/core/loader';
import type { Network, PreviewedTransaction } from '../chain';
import { fromHex } from '../hex';
import type { Usage } from '../http';
import { withTimeout } from '../load-timeout';
import { parseAddress } from './address';
import type { AptosCache } from './cache';
import { describe, rememberCode } from './describe';
import { askAhead } from './load/ahead';
import { callName, partsOf, toHints } from './load/hints';
import { moduleKey } from './load/keys';
import { createLoader, type Loader } from './load/loader';
import { presumedStore } from './load/presumed-payer';
import { requestFor } from './request';
import { AptosRest } from './rest';
import {
  awaitsFeePayer,
  type ParsedAptosTransaction,
  parseTransaction,
  signedMessage,
} from './transaction';

export interface PreviewRequest {
  readonly network: Network;
  /** In any of the forms that `parseTransaction` reads. */
  readonly transaction: Uint8Array;
  /** Whose wallet this is; without it all changes are others'. */
  readonly account?: string;
  /** Hex of the account's Ed25519 key, where the bytes do not have it. */
  readonly publicKey?: string;
  /** Further addresses of the same user. */
  readonly knownAccounts?: readonly string[];
  /** Also says what was read, and what changes by its fields. */
  readonly detailed?: boolean;
  /** Run on the state that this one leaves. */
  readonly base?: AptosPreview;
  readonly signal?: AbortSignal;
  readonly cache: AptosCache;
  readonly fetch?: typeof fetch;
  /** Milliseconds for all of the loading. */
  readonly timeoutMs?: number;
}

export interface AptosPreview extends PreviewedTransaction {
  readonly outcome: AptosOutcome;
  /** Values as this transaction, and those before it, leave them; by `stateKeyId`. */
  readonly overlay: ReadonlyMap<string, StateValue | null>;
}

/**
 * Previews a transaction on state read from the network's node.
 *
 * @throws MalformedError when the bytes are no transaction
 * @throws StateError when the state cannot be had
 * @throws CannotPreview when the VM cannot run it as the chain would
 */
export async function previewTransaction(request: PreviewRequest): Promise<AptosPreview> {
  // A copy: what is run is what is signed, whatever becomes of the caller's bytes meanwhile.
  const transaction = Uint8Array.from(request.transaction);
  const parsed = parseTransaction(transaction);
  const account = request.account === undefined ? undefined : parseAddress(request.account);
  const { publicKey } = request;
  const known =
    account === undefined || publicKey === undefined
      ? undefined
      : { address: account, publicKey: fromHex(publicKey) };
  return withTimeout(request, async (signal) => {
    const usage: Usage = { requests: 0, bytes: 0 };
    const rest = new AptosRest(request.network.endpoint, {
      usage,
      signal,
      ...(request.fetch === undefined ? {} : { fetch: request.fetch }),
    });
    const { cache, network } = request;
    const loader = await createLoader(network, rest, cache, usage, request.base?.overlay);
    if (awaitsFeePayer(parsed)) loader.state.set(...presumedStore());
    const outcome = await loadAndRun(requestFor(parsed, known), parsed, loader, cache);
    const mine = [...(request.knownAccounts ?? []), ...(account === undefined ? [] : [account])];
    const preview = await tell(parsed, outcome, loader, usage, {
      network,
      cache,
      account,
      mine: new Set(mine.map(parseAddress)),
      hasBase: request.base !== undefined,
      detailed: request.detailed === true,
    });
    await remember(parsed, outcome, loader, cache);
    return {
      preview,
      transaction,
      message: signedMessage(parsed),
      outcome,
      overlay: overlayAfter(outcome, request.base?.overlay),
    };
  });
}

/** Runs on what is loaded, loads what the run found missing, and runs again from the start. */
async function loadAndRun(
  request: AptosRequest,
  parsed: ParsedAptosTransaction,
  loader: Loader,
  cache: AptosCache,
): Promise<AptosOutcome> {
  const ahead = askAhead(parsed, loader);
  await loader.load(ahead.keys, ahead.packages);
  const environment: AptosEnvironment = {
    chainId: loader.ledger.chainId,
    timestampMicros: loader.ledger.timestampMicros,
  };
  for (;;) {
    try {
      return executeTransaction(request, loader.state, environment, cache.modules);
    } catch (error) {
      await loader.load(missingKeys(error));
    }
  }
}

/** @throws the error itself where nothing is missing */
function missingKeys(error: unknown): readonly StateKey[] {
  if (error instanceof MissingStateError) return error.keys;
  if (!(error instanceof MissingModulesError)) throw error;
  return error.modules.map(({ address, name }) => moduleKey(`0x${address}`, name));
}

/** What an outcome means may name things that the run did not read: an asset's symbol, say. */
async function tell(
  parsed: ParsedAptosTransaction,
  outcome: AptosOutcome,
  loader: Loader,
  usage: Usage,
  context: Parameters<typeof describe>[4],
): Promise<Preview> {
  const first = describe(parsed, outcome, loader, usage, context);
  if (first.wanted.length === 0) return first.preview;
  await loader.load(first.wanted);
  return describe(parsed, outcome, loader, usage, context).preview;
}

/** Keeps what the next preview of such a call can do with. */
async function remember(
  parsed: ParsedAptosTransaction,
  outcome: AptosOutcome,
  loader: Loader,
  cache: AptosCache,
): Promise<void> {
  const keys = outcome.reads.filter((key) => key.kind !== 'module' || !isFramework(key.address));
  loader.hints.keys.set(callName(parsed), toHints(keys, partsOf(parsed)));
  rememberCode(parsed, loader);
  await cache.saveHints(loader.networkKey);
}

/** Kept whole, so that nobody needs to be reminded of them. */
function isFramework(address: Uint8Array): boolean {
  return address.every((byte, i) => i === address.length - 1 || byte === 0);
}

/** What a transaction that follows would start from. */
function overlayAfter(
  outcome: AptosOutcome,
  base: ReadonlyMap<string, StateValue | null> = new Map(),
): ReadonlyMap<string, StateValue | null> {
  const overlay = new Map(base);
  for (const { after, key } of outcome.changes) overlay.set(stateKeyId(key), after);
  return overlay;
}
