/**
 * What one page has of the wallet: which MetaMask, which accounts, which networks. Shared by the wallets
 * of all chains.
 *
 * Nothing pushes: the session looks again when the page gets the focus or becomes visible. Looking, and
 * connecting silently, never open a window.
 */
import type {
  RpcAccount,
  RpcChain,
  RpcMethodName,
  RpcMethods,
  RpcNetwork,
} from '../../src/rpc/types';
import { sortWallets } from './discovery';
import type { Wallet } from './eip1193';
import { CODES, MetaMaskMissingError, NotConnectedError, toWalletError } from './errors';
import { LookaheadSnap } from './snap';

export interface SessionOptions {
  /** Where the snap is; the published one unless told. */
  readonly snapId?: string;
  /** Range of its versions; from this package's own version on unless told. */
  readonly version?: string;
  /**
   * The site's own nodes by the standards' chain names, e.g. `sui:localnet`. Used to complete what the
   * site asks to be signed, and to have the wallet add a local chain (of Sui by its GraphQL service); the
   * wallet previews with its own.
   */
  readonly endpoints?: Readonly<Record<string, string>>;
  /** Which of several MetaMasks to use; the one with the snap unless told, else Flask. */
  readonly choose?: (wallets: readonly Wallet[]) => Wallet | Promise<Wallet>;
}

/** What has changed. */
export interface SessionChange {
  readonly accounts: boolean;
  readonly networks: boolean;
}

export class Session {
  #wallets: readonly Wallet[] = [];
  #snap: LookaheadSnap | undefined;
  #accounts: readonly RpcAccount[] = [];
  /** As last seen; to see them for the first time is no change. */
  #networks: readonly RpcNetwork[] | undefined;
  /** Chains that the page connected to. */
  readonly #chains = new Set<RpcChain>();
  readonly #listeners = new Set<(change: SessionChange) => void>();
  #looking: Promise<void> | undefined;
  /** Counts what the page itself did, so that an older look is not taken for news. */
  #turn = 0;

  /** @param isTouched - has the visitor done anything in the page since it loaded? */
  constructor(
    readonly options: SessionOptions = {},
    private readonly isTouched: () => boolean = () => true,
  ) {}

  /** Takes note of a MetaMask. */
  add(wallet: Wallet): void {
    this.#wallets = sortWallets([...this.#wallets, wallet]);
  }

  /** Accounts that the page may use, if it connected to the chain. */
  accounts(chain: RpcChain): readonly RpcAccount[] {
    if (!this.#chains.has(chain)) return [];
    return this.#accounts.filter((account) => account.chain === chain);
  }

  /** @returns a function that ends it */
  onChange(listener: (change: SessionChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Connects the page to a chain's accounts.
   *
   * @param silent - never open a window
   * @throws NotConnectedError when silent and the user would have to be asked; WalletError
   */
  async connect(chain: RpcChain, silent = false): Promise<readonly RpcAccount[]> {
    const snap = await this.#pick();
    // Some adapters reconnect on reload as if the user had clicked; who has touched nothing has not.
    const quiet = silent || !this.isTouched();
    const accounts = quiet ? await readAccounts(snap) : await ask(snap, chain);
    if (!accounts.some((account) => account.chain === chain)) throw notConnected();
    this.#snap = snap;
    this.#turn += 1;
    this.#chains.add(chain);
    this.#take(accounts, this.#networks);
    return this.accounts(chain);
  }

  /** Ends the page's use of a chain; with the last one the wallet forgets the site. */
  async disconnect(chain: RpcChain): Promise<void> {
    if (!this.#chains.delete(chain)) return;
    this.#turn += 1;
    const isLast = this.#chains.size === 0;
    this.#take(isLast ? [] : this.#accounts, this.#networks, true);
    if (isLast) await this.request('wallet_disconnect', {});
  }

  /** The networks that the wallet knows, as of now. */
  async networks(): Promise<readonly RpcNetwork[]> {
    const { networks } = await this.request('wallet_getNetworks', {});
    this.#take(this.#accounts, networks);
    return networks;
  }

  /** Calls a method of the snap. @throws WalletError */
  async request<Name extends RpcMethodName>(
    method: Name,
    params: RpcMethods[Name]['params'],
  ): Promise<RpcMethods[Name]['result']> {
    try {
      return await (await this.#pick()).request(method, params);
    } catch (thrown) {
      // Revoked since the last look: tell the page's listeners too.
      if (thrown instanceof NotConnectedError) void this.look();
      throw thrown;
    }
  }

  /** Looks whether accounts or networks have changed in MetaMask. Asks nobody, throws nothing. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const snap = this.#snap;
    if (snap === undefined || this.#chains.size === 0) return;
    const turn = this.#turn;
    const seen = await see(snap, this.#chains.has('aptos'));
    if (seen === undefined || turn !== this.#turn) return;
    this.#take(seen.accounts, seen.networks ?? this.#networks);
    if (seen.accounts.length === 0) this.#chains.clear();
  }

  async #pick(): Promise<LookaheadSnap> {
    const { choose, snapId, version } = this.options;
    if (this.#snap !== undefined) return this.#snap;
    const [first, ...others] = this.#wallets;
    if (first === undefined) {
      throw new MetaMaskMissingError(
        CODES.unauthorized,
        'No MetaMask was found in this browser. Install MetaMask Flask, then reload the page.',
      );
    }
    const snapIn = ({ provider }: Wallet) => new LookaheadSnap(provider, snapId, version);
    if (others.length === 0) return snapIn(first);
    if (choose !== undefined) return snapIn(await choose(this.#wallets));
    for (const wallet of this.#wallets) {
      const snap = snapIn(wallet);
      if ((await snap.installedVersion().catch(nothing)) !== undefined) return snap;
    }
    return snapIn(first);
  }

  #take(
    accounts: readonly RpcAccount[],
    networks: readonly RpcNetwork[] | undefined,
    accountsChanged = JSON.stringify(accounts) !== JSON.stringify(this.#accounts),
  ): void {
    const networksChanged =
      this.#networks !== undefined && JSON.stringify(networks) !== JSON.stringify(this.#networks);
    this.#accounts = accounts;
    this.#networks = networks;
    if (!accountsChanged && !networksChanged) return;
    for (const listener of this.#listeners) {
      guarded(() => listener({ accounts: accountsChanged, networks: networksChanged }));
    }
  }
}

/** Runs a listener of the page's; what it throws becomes the page's own uncaught error. */
export function guarded(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
}

/** @throws NotConnectedError */
async function readAccounts(snap: LookaheadSnap): Promise<readonly RpcAccount[]> {
  if ((await snap.installedVersion()) === undefined) throw notConnected();
  return (await snap.request('wallet_getAccounts', {})).accounts;
}

async function ask(snap: LookaheadSnap, chain: RpcChain): Promise<readonly RpcAccount[]> {
  await snap.install();
  return (await snap.request('wallet_connect', { chains: [chain] })).accounts;
}

interface Seen {
  readonly accounts: readonly RpcAccount[];
  readonly networks?: readonly RpcNetwork[];
}

/** @returns `undefined` where nothing can be seen now, as with a locked wallet */
async function see(snap: LookaheadSnap, withNetworks: boolean): Promise<Seen | undefined> {
  try {
    const accounts = await readAccounts(snap);
    if (!withNetworks || accounts.length === 0) return { accounts };
    return { accounts, networks: (await snap.request('wallet_getNetworks', {})).networks };
  } catch (thrown) {
    const error = toWalletError(thrown);
    return error instanceof NotConnectedError ? { accounts: [] } : undefined;
  }
}

function notConnected(): NotConnectedError {
  return new NotConnectedError(
    CODES.unauthorized,
    'The user has not connected this site to Lookahead.',
    { code: 'not-connected', kind: 'request', context: {} },
  );
}

function nothing(): undefined {
  return undefined;
}
