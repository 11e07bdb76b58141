/**
 * What the snap remembers, apart from caches.
 *
 * It is kept in MetaMask's encrypted state: which sites a user trusts with which accounts is private, and
 * an RPC endpoint may carry a paid key. The price is that it cannot be read while MetaMask is locked, so
 * callers ask about the lock first.
 */
import {
  array,
  boolean,
  enums,
  type Infer,
  integer,
  literal,
  max,
  min,
  nonempty,
  object,
  pattern,
  size,
  string,
} from '@metamask/superstruct';

export const STATE_VERSION = 1;

export const MAX_ACCOUNTS = 300;
export const MAX_CONSENTS = 500;
export const MAX_NETWORKS = 100;

const ChainStruct = enums(['solana', 'aptos', 'sui'] as const);
const ShortText = size(string(), 1, 120);
const Endpoint = size(string(), 1, 2048);

export const StoredAccountStruct = object({
  chain: ChainStruct,
  index: min(integer(), 0),
  source: nonempty(string()),
  address: ShortText,
  publicKey: pattern(string(), /^[0-9a-f]{64}$/),
});

export const StoredNetworkStruct = object({
  chain: ChainStruct,
  id: ShortText,
  name: ShortText,
  coin: object({ symbol: size(string(), 1, 12), decimals: max(min(integer(), 0), 18) }),
  isTest: boolean(),
  endpoint: Endpoint,
  genesis: ShortText,
});

export const SettingsStruct = object({
  /** May what cannot be previewed be signed? */
  blindSigning: boolean(),
  /** How much worse an amount may turn out between reading and approving, in hundredths of a percent. */
  toleranceBasisPoints: max(min(integer(), 0), 5000),
});

export const ConsentStruct = object({
  /** Exactly as MetaMask names it. */
  origin: size(string(), 1, 2048),
  /** What the user connected to it. */
  accounts: size(array(object({ chain: ChainStruct, address: ShortText })), 1, MAX_ACCOUNTS),
  /** Milliseconds since 1970. */
  since: min(integer(), 0),
});

export const StateStruct = object({
  version: literal(STATE_VERSION),
  accounts: size(array(StoredAccountStruct), 0, MAX_ACCOUNTS),
  consents: size(array(ConsentStruct), 0, MAX_CONSENTS),
  /** Those the user added; the built-in ones are code. */
  networks: size(array(StoredNetworkStruct), 0, MAX_NETWORKS),
  /** The user's own RPC endpoints for built-in networks. */
  endpoints: size(array(object({ network: ShortText, endpoint: Endpoint })), 0, MAX_NETWORKS),
  /** The network in use on each chain, where it is not the first. */
  current: size(array(object({ chain: ChainStruct, network: ShortText })), 0, 3),
  settings: SettingsStruct,
});

export type State = Infer<typeof StateStruct>;
export type StoredAccount = Infer<typeof StoredAccountStruct>;
export type StoredNetwork = Infer<typeof StoredNetworkStruct>;
export type Consent = Infer<typeof ConsentStruct>;
export type Settings = Infer<typeof SettingsStruct>;

export const EMPTY_STATE: State = {
  version: STATE_VERSION,
  accounts: [],
  consents: [],
  networks: [],
  endpoints: [],
  current: [],
  settings: { blindSigning: false, toleranceBasisPoints: 100 },
};
