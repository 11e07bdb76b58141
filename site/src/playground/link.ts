/** A transaction in the address of the page, after `#`: no server ever sees that part. */
import type { ChainId } from '../../../src/vm-preview/model/preview';
import { hrefOf } from '../frame/route';
import { MAX_LINK } from './limits';
import { CHAIN_NAMES, CUSTOM, endpointOf, NETWORKS } from './networks';

export interface SharedTransaction {
  readonly chain: ChainId;
  /** Id of one that is built in, or `custom`. */
  readonly network: string;
  /** Base64. */
  readonly bytes: string;
  /** Whom to look from. */
  readonly account: string | undefined;
  /** Of the sender's own node, which is in a link only when they said so. */
  readonly endpoint: string | undefined;
}

/** Undefined for a transaction that is too long for a link. */
export function linkTo(shared: SharedTransaction): string | undefined {
  const { account, bytes, chain, endpoint, network } = shared;
  if (bytes.length > MAX_LINK) return undefined;
  return hrefOf('playground', [], {
    chain,
    network,
    ...(account === undefined || account === '' ? {} : { account }),
    ...(endpoint === undefined ? {} : { endpoint }),
    tx: bytes.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, ''),
  });
}

const MAX_ACCOUNT = 100;

/** Undefined where the address carries no transaction, or nothing of this form. */
export function transactionIn(query: URLSearchParams): SharedTransaction | undefined {
  const bytes = query.get('tx') ?? '';
  const chain = chainOf(query.get('chain'));
  if (chain === undefined || bytes.length > MAX_LINK || !/^[A-Za-z0-9_-]+$/.test(bytes)) {
    return undefined;
  }
  const wanted = query.get('network') ?? '';
  const known = NETWORKS[chain].some(({ id }) => id === wanted);
  const account = query.get('account') ?? '';
  const endpoint = known ? undefined : endpointOf(query.get('endpoint') ?? '');
  return {
    chain,
    network: known ? wanted : CUSTOM,
    bytes: bytes.replace(/-/g, '+').replace(/_/g, '/'),
    account: /^[A-Za-z0-9]+$/.test(account) && account.length <= MAX_ACCOUNT ? account : undefined,
    endpoint,
  };
}

function chainOf(text: string | null): ChainId | undefined {
  const chains: readonly ChainId[] = ['solana', 'aptos', 'sui'];
  return chains.find((chain) => chain === text && chain in CHAIN_NAMES);
}
