/** The user's accounts: which there are, what they are called, and who may see them. */
import {
  deriveAccount,
  type EntropySource,
  KEYRING_CHAINS,
  type KeyringChain,
  listEntropySources,
} from '../keyring';
import {
  consentOf,
  MAX_ACCOUNTS,
  readState,
  type State,
  type StoredAccount,
  updateState,
} from '../store';
import type { AccountView } from '../ui';
import { RequestError } from './errors';
import type { RpcAccount } from './types';

const CHAIN_NAMES: Readonly<Record<KeyringChain, string>> = {
  solana: 'Solana',
  aptos: 'Aptos',
  sui: 'Sui',
};

export interface Accounts {
  readonly state: State;
  readonly sources: readonly EntropySource[];
}

/** Sees to it that each recovery phrase has its first account on each chain. */
export async function ensureAccounts(): Promise<Accounts> {
  const [state, sources] = await Promise.all([readState(), listEntropySources()]);
  const missing = sources.flatMap(({ id }) =>
    KEYRING_CHAINS.filter((chain) => ownAccounts(state, chain, id).length === 0).map((chain) => ({
      chain,
      index: 0,
      source: id,
    })),
  );
  if (missing.length === 0) return { state, sources };
  const derived = await Promise.all(missing.map(deriveAccount));
  return { state: await updateState((before) => withAccounts(before, derived)), sources };
}

/** Adds the next account of a recovery phrase. */
export async function addAccount(chain: KeyringChain, source: string): Promise<void> {
  const { state, sources } = await ensureAccounts();
  if (!sources.some(({ id }) => id === source)) return;
  const next = 1 + Math.max(-1, ...ownAccounts(state, chain, source).map(({ index }) => index));
  const account = await deriveAccount({ chain, index: next, source });
  await updateState((before) => withAccounts(before, [account]));
}

function ownAccounts(state: State, chain: KeyringChain, source: string): StoredAccount[] {
  return state.accounts.filter((account) => account.chain === chain && account.source === source);
}

function withAccounts(state: State, added: readonly StoredAccount[]): State {
  const known = new Set(state.accounts.map(accountKey));
  const news = added.filter((account) => !known.has(accountKey(account)));
  if (news.length === 0 || state.accounts.length + news.length > MAX_ACCOUNTS) return state;
  return { ...state, accounts: [...state.accounts, ...news] };
}

/** One string per account: addresses of two chains may be spelt alike. */
export function accountKey({ chain, address }: { chain: string; address: string }): string {
  return `${chain}:${address}`;
}

/** `Solana account 2`, with the recovery phrase's name where it is not the only one. */
export function accountLabel(
  { chain, index, source }: StoredAccount,
  sources: readonly EntropySource[],
): string {
  const label = `${CHAIN_NAMES[chain]} account ${index + 1}`;
  const name = sources.length > 1 ? sources.find(({ id }) => id === source)?.name : undefined;
  return name === undefined ? label : `${label} (${name})`;
}

export function accountView(
  account: StoredAccount,
  sources: readonly EntropySource[],
): AccountView {
  return {
    chain: account.chain,
    address: account.address,
    label: accountLabel(account, sources),
  };
}

/** What an origin may see, in the order of the user's accounts. */
export function connectedAccounts(state: State, origin: string): StoredAccount[] {
  const consent = consentOf(state, origin);
  const keys = new Set(consent?.accounts.map(accountKey));
  return state.accounts.filter((account) => keys.has(accountKey(account)));
}

export async function rpcAccounts(origin: string): Promise<RpcAccount[]> {
  const state = await readState();
  const connected = connectedAccounts(state, origin);
  if (connected.length === 0) return [];
  const sources = await listEntropySources();
  return connected.map((account) => toRpcAccount(account, sources));
}

export function toRpcAccount(
  account: StoredAccount,
  sources: readonly EntropySource[],
): RpcAccount {
  const { chain, address, publicKey } = account;
  return { chain, address, publicKey, label: accountLabel(account, sources) };
}

/**
 * The connected account of a request.
 *
 * @param address - the one asked for; else the first that `fits`
 * @throws RequestError `not-connected`; `account-not-signer` when connected ones are there but none fits
 */
export function requireAccount(
  state: State,
  origin: string,
  chain: KeyringChain,
  address: string | undefined,
  fits: (address: string) => boolean = () => true,
): StoredAccount {
  const connected = connectedAccounts(state, origin).filter((account) => account.chain === chain);
  const asked =
    address === undefined ? connected : connected.filter((account) => account.address === address);
  if (asked.length === 0) throw new RequestError('not-connected');
  const account = asked.find((candidate) => fits(candidate.address));
  if (account === undefined) throw new RequestError('account-not-signer');
  return account;
}
