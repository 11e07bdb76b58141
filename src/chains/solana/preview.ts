/** From bytes to a preview: read the state, run the transaction, say what it means. */
import type { Asset, Preview } from '../../vm-preview/model/preview';
import {
  type Account,
  executeTransaction,
  MissingStateError,
  type ParsedTransaction,
  Pubkey,
  parseTransaction,
  type SvmEnvironment,
  type SvmOutcome,
} from '../../vm-preview/svm';
import type { Network, PreviewedTransaction } from '../chain';
import { equalBytes } from '../hex';
import type { Usage } from '../http';
import { withTimeout } from '../load-timeout';
import { parseMint, parseTokenAccount } from './accounts/token';
import { blockhashState, expiryOf } from './blockhash';
import type { SolanaCache } from './cache';
import { decodeCalls } from './decode/calls';
import { detailsOf } from './details';
import { accountViews, effectsOf } from './effects';
import { featureSet } from './load/features';
import { createLoader, type Loader } from './load/loader';
import { tokenAsset } from './load/tokens';
import { feeOf, isSameAccount, rawOutcome, verdictOf } from './outcome';
import { SolanaRpc } from './rpc';
import { coinAsset, decodeTransaction, isEmptySignature, signersOf } from './transaction';
import { warningsOf } from './warnings';

/** Lamports. Source: agave `fee-structure` (`FeeStructure::default`). */
const LAMPORTS_PER_SIGNATURE = 5_000n;

export interface PreviewRequest {
  readonly network: Network;
  readonly transaction: Uint8Array;
  /** Whose wallet this is; without it all changes are others'. */
  readonly account?: string;
  /** Further addresses of the same user. */
  readonly knownAccounts?: readonly string[];
  /** Also says what was read, and what changes by its fields. */
  readonly detailed?: boolean;
  /** Run on the state that this one leaves. */
  readonly base?: SolanaPreview;
  readonly signal?: AbortSignal;
  readonly cache: SolanaCache;
  readonly fetch?: typeof fetch;
}

export interface SolanaPreview extends PreviewedTransaction {
  readonly outcome: SvmOutcome;
  /** Accounts as this transaction, and those before it, leave them; by `Pubkey.key`. */
  readonly overlay: ReadonlyMap<string, Account | null>;
}

/**
 * Previews a transaction on state read from the network's node.
 *
 * @throws MalformedError when the bytes are no transaction
 * @throws StateError when the state cannot be had
 * @throws CannotPreview when the VM cannot run it as the chain would
 */
export async function previewTransaction(request: PreviewRequest): Promise<SolanaPreview> {
  const { network } = request;
  // A copy: what is run is what is signed, whatever becomes of the caller's bytes meanwhile.
  const transaction = Uint8Array.from(request.transaction);
  decodeTransaction(transaction, network);
  const parsed = parseTransaction(transaction);
  const usage: Usage = { requests: 0, bytes: 0 };
  const { loader, outcome, host } = await loadAndRun(request, parsed, usage);
  const preview = describe(request, parsed, loader, outcome, host, usage);
  await loader.remember(outcome.read);
  return {
    preview,
    transaction,
    message: parsed.messageBytes,
    outcome,
    overlay: overlayAfter(outcome, request.base?.overlay),
  };
}

/** Loads, runs, loads what the run found missing, and runs again from the start. */
async function loadAndRun(
  request: PreviewRequest,
  parsed: ParsedTransaction,
  usage: Usage,
): Promise<{ loader: Loader; outcome: SvmOutcome; host: string }> {
  const { base, cache, network } = request;
  return withTimeout(request, async (signal) => {
    const rpc = new SolanaRpc(network.endpoint, {
      usage,
      signal,
      ...(request.fetch === undefined ? {} : { fetch: request.fetch }),
    });
    const loader = await createLoader(network, parsed, rpc, cache);
    await loader.load();
    for (;;) {
      try {
        const state = loader.state(base?.overlay);
        const outcome = executeTransaction(parsed, state, environmentOf(request, parsed, loader));
        return { loader, outcome, host: rpc.host };
      } catch (error) {
        if (!(error instanceof MissingStateError)) throw error;
        await loader.loadMissing(error.addresses);
      }
    }
  });
}

function environmentOf(
  { cache, network }: PreviewRequest,
  parsed: ParsedTransaction,
  loader: Loader,
): SvmEnvironment {
  const { isValid, latest } = loader.networkState.blockhash;
  return {
    features: featureSet(loader.networkState.features),
    blockhashes: {
      last: latest,
      isValid: (blockhash) =>
        equalBytes(blockhash, latest) || (isValid && equalBytes(blockhash, parsed.recentBlockhash)),
    },
    lamportsPerSignature: LAMPORTS_PER_SIGNATURE,
    signatures: 'presume-missing',
    programs: cache.verifiedPrograms(network.genesis),
  };
}

function describe(
  request: PreviewRequest,
  parsed: ParsedTransaction,
  loader: Loader,
  outcome: SvmOutcome,
  host: string,
  usage: Usage,
): Preview {
  const { account, base, network } = request;
  const coin = coinAsset(network.coin);
  const mine = new Set([
    ...(request.knownAccounts ?? []),
    ...(account === undefined ? [] : [account]),
  ]);
  const views = accountViews(outcome);
  const accounts = accountsByAddress(outcome);
  const assetOf = assetLookup(accounts, loader, network);
  const effects = effectsOf(views, mine, { coin, assetOf });
  const keys = loader.keys.map((key) => key.toBase58());
  const words = { coin, assetOf: tokenOf(accounts, assetOf) };
  const calls = decodeCalls(parsed, keys, words, outcome);
  const verdict = verdictOf(
    outcome,
    calls.map(({ program }) => program.address),
  );
  const { isValid, recent } = loader.networkState.blockhash;
  const blockhash = blockhashState(parsed, isValid, recent);
  const warnings = warningsOf({
    transaction: parsed,
    outcome,
    verdict,
    views,
    effects,
    calls,
    mine,
    account,
    blockhash,
    networkName: network.name,
    featuresComplete: loader.networkState.features.complete,
    assets: { coin, assetOf },
    mintOf: (mint) =>
      parseMint(accounts.get(mint) ?? loader.read(Pubkey.fromBase58(mint)) ?? undefined),
  });
  const { from, to } = loader.slots;
  return {
    chain: 'solana',
    network: networkView(network),
    ...(account === undefined ? {} : { account }),
    verdict,
    changes: effects.own,
    othersChanges: effects.others,
    fee: feeOf(outcome, keys[0] ?? '', coin),
    warnings,
    request: calls,
    provenance: {
      host,
      height: { from: from.toString(), to: to.toString() },
      // Any other transaction may change the accounts before this one lands.
      certainty: 'conditional',
      assumptions: assumptionsOf(parsed, account, base !== undefined),
      expiry: expiryOf(blockhash),
      load: { rounds: loader.rounds, ...usage },
    },
    raw: {
      ...rawOutcome(outcome),
      ...(request.detailed === true ? detailsOf(outcome, views, (key) => loader.read(key)) : {}),
    },
  };
}

function networkView({ coin, explorer, id, isTest, name }: Network): Preview['network'] {
  return { id, name, coin, isTest, ...(explorer === undefined ? {} : { explorer }) };
}

/** The transaction's accounts after it, or before it where it ended them. */
function accountsByAddress(outcome: SvmOutcome): ReadonlyMap<string, Account> {
  const accounts = new Map<string, Account>();
  for (const { address, after, before } of outcome.accounts) {
    const account = after ?? before;
    if (account !== undefined) accounts.set(address.toBase58(), account);
  }
  return accounts;
}

/** The asset of a mint: from the mint itself where the transaction has it, else as remembered. */
function assetLookup(
  accounts: ReadonlyMap<string, Account>,
  loader: Loader,
  network: Network,
): (mint: string) => Asset {
  return (mint) => {
    const known = loader.token(mint);
    const made = parseMint(accounts.get(mint));
    const info = known ?? (made === undefined ? undefined : { decimals: made.decimals });
    return info === undefined
      ? { kind: 'token', id: mint, decimals: 0, named: 'none' }
      : tokenAsset(mint, info, network);
  };
}

/** The asset that a token account or mint stands for. */
function tokenOf(
  accounts: ReadonlyMap<string, Account>,
  assetOf: (mint: string) => Asset,
): (address: string) => Asset | undefined {
  return (address) => {
    const account = accounts.get(address);
    const token = parseTokenAccount(account);
    if (token !== undefined) return assetOf(token.mint);
    return parseMint(account) === undefined ? undefined : assetOf(address);
  };
}

function assumptionsOf(
  parsed: ParsedTransaction,
  account: string | undefined,
  hasBase: boolean,
): string[] {
  const missing = signersOf(parsed).filter((signer, index) => {
    const signature = parsed.signatures[index];
    return signer !== account && (signature === undefined || isEmptySignature(signature));
  });
  return [
    ...missing.map((signer) => `The signature of ${signer} is still missing and is presumed.`),
    ...(hasBase
      ? ['The transactions before this one are sent first, with the outcome shown.']
      : []),
  ];
}

/** What a transaction that follows would start from. */
function overlayAfter(
  outcome: SvmOutcome,
  base: ReadonlyMap<string, Account | null> = new Map(),
): ReadonlyMap<string, Account | null> {
  const overlay = new Map(base);
  for (const { address, after, before } of outcome.accounts) {
    if (!isSameAccount(before, after)) overlay.set(address.key, after ?? null);
  }
  return overlay;
}

/** What a signature covers. */
export function messageOf(transaction: Uint8Array): Uint8Array {
  return parseTransaction(transaction).messageBytes;
}
