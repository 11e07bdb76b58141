/** What the wallets of all chains have in common: accounts, and the features `standard:*`. */
import type {
  IdentifierArray,
  IdentifierString,
  Wallet,
  WalletAccount,
} from '@wallet-standard/base';
import type {
  StandardConnectFeature,
  StandardDisconnectFeature,
  StandardEventsFeature,
} from '@wallet-standard/features';
import type { RpcAccount, RpcChain } from '../../src/rpc/types';
import { bytesOfHex } from './bytes';
import { CODES, NotConnectedError } from './errors';
import { ICON } from './icon';
import { guarded, type Session } from './session';

const NAME = 'Lookahead';

export interface AccountTraits {
  readonly chain: RpcChain;
  /** Chains of the standard that its accounts are for. */
  readonly chains: IdentifierArray;
  /** Features that its accounts may be used with. */
  readonly features: IdentifierArray;
  /** The standard's form of a key, of the 32 bytes. */
  readonly publicKey?: (bytes: Uint8Array) => Uint8Array;
}

/** A chain's accounts as the standard has them: the same objects for as long as nothing changes. */
export class StandardAccounts {
  #seen = '[]';
  #accounts: readonly WalletAccount[] = [];

  constructor(
    readonly session: Session,
    readonly traits: AccountTraits,
  ) {}

  get(): readonly WalletAccount[] {
    const accounts = this.session.accounts(this.traits.chain);
    const seen = JSON.stringify(accounts);
    if (seen !== this.#seen) {
      const known = new Map(this.#accounts.map((account) => [keyOf(account), account]));
      this.#seen = seen;
      this.#accounts = accounts.map((account) => {
        const made = this.#make(account);
        return known.get(keyOf(made)) ?? made;
      });
    }
    return this.#accounts;
  }

  /** @throws NotConnectedError when the account is not, or no longer, one of these */
  require(account: Pick<WalletAccount, 'address'> | undefined): WalletAccount {
    const found = this.get().find(({ address }) => address === account?.address);
    if (found !== undefined) return found;
    throw new NotConnectedError(
      CODES.unauthorized,
      'The user has not connected this account to the site.',
      { code: 'not-connected', kind: 'request', context: {} },
    );
  }

  #make({ address, label, publicKey }: RpcAccount): WalletAccount {
    const { chains, features, publicKey: form = (bytes) => bytes } = this.traits;
    return Object.freeze({
      address,
      label,
      publicKey: form(bytesOfHex(publicKey)),
      chains,
      features,
    });
  }
}

export interface LookaheadWallet<Features extends Wallet['features']> extends Wallet {
  readonly features: Features;
  /** Where MetaMask Flask is had; AIP-62 wants it said. */
  readonly url: string;
}

/** What is registered with pages: accounts as they are whenever they are asked for, and `features`. */
export function walletOf<Features extends Wallet['features']>(
  accounts: StandardAccounts,
  features: Features,
): LookaheadWallet<Features> {
  return {
    version: '1.0.0',
    name: NAME,
    icon: ICON,
    url: 'https://metamask.io/flask/',
    chains: accounts.traits.chains,
    features,
    get accounts() {
      return accounts.get();
    },
  };
}

function keyOf({ address, label }: Pick<WalletAccount, 'address' | 'label'>): string {
  return `${address} ${label}`;
}

export function connectFeatures(
  accounts: StandardAccounts,
): StandardConnectFeature & StandardDisconnectFeature {
  const { session, traits } = accounts;
  return {
    'standard:connect': {
      version: '1.0.0',
      connect: async ({ silent = false } = {}) => {
        await session.connect(traits.chain, silent);
        return { accounts: accounts.get() };
      },
    },
    'standard:disconnect': {
      version: '1.0.0',
      disconnect: () => session.disconnect(traits.chain),
    },
  };
}

/** Tells of accounts that came, changed or went. */
export function eventFeature(accounts: StandardAccounts): StandardEventsFeature {
  const listeners = new Set<(properties: { accounts: readonly WalletAccount[] }) => void>();
  let last = accounts.get();
  accounts.session.onChange(() => {
    const now = accounts.get();
    if (now === last) return;
    last = now;
    for (const listener of listeners) guarded(() => listener({ accounts: now }));
  });
  return {
    'standard:events': {
      version: '1.0.0',
      on: (event, listener) => {
        if (event !== 'change') return () => undefined;
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
}

/** @param names - e.g. `mainnet` */
export function chainsOf<Family extends string>(
  family: Family,
  names: readonly string[],
): readonly IdentifierString[] {
  return names.map((name): IdentifierString => `${family}:${name}`);
}
