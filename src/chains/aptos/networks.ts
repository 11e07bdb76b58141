/** The Aptos networks that are built in, and the check that a node belongs to one. */
import { StateError } from '../../vm-preview/errors';
import type { Network } from '../chain';
import type { LedgerInfo } from './rest';

export const APT = { symbol: 'APT', decimals: 8 } as const;

/** Of a network whose genesis is made anew every week or so, which its chain id then tells. */
export const ANY_CHAIN_ID = 'any';

export const APTOS_NETWORKS: readonly Network[] = [
  {
    chain: 'aptos',
    id: 'aptos-mainnet',
    name: 'Aptos',
    coin: APT,
    explorer: 'https://explorer.aptoslabs.com/txn/{id}?network=mainnet',
    isTest: false,
    endpoint: 'https://api.mainnet.aptoslabs.com/v1',
    genesis: '1',
    builtin: true,
  },
  {
    chain: 'aptos',
    id: 'aptos-testnet',
    name: 'Aptos Testnet',
    coin: APT,
    explorer: 'https://explorer.aptoslabs.com/txn/{id}?network=testnet',
    isTest: true,
    endpoint: 'https://api.testnet.aptoslabs.com/v1',
    genesis: '2',
    builtin: true,
  },
  {
    chain: 'aptos',
    id: 'aptos-devnet',
    name: 'Aptos Devnet',
    coin: APT,
    explorer: 'https://explorer.aptoslabs.com/txn/{id}?network=devnet',
    isTest: true,
    endpoint: 'https://api.devnet.aptoslabs.com/v1',
    genesis: ANY_CHAIN_ID,
    builtin: true,
  },
];

/** Chain ids of networks that others must not pretend to be. */
const TAKEN: ReadonlySet<number> = new Set([1, 2]);

/**
 * Compares the chain id that the node gives with the network's.
 *
 * @throws StateError `wrong-network` when the node belongs to another one
 */
export function checkChainId(network: Network, host: string, { chainId }: LedgerInfo): void {
  const isRight =
    network.genesis === ANY_CHAIN_ID ? !TAKEN.has(chainId) : network.genesis === String(chainId);
  if (isRight) return;
  throw new StateError('wrong-network', `${host} is not a node of ${network.name}`, {
    host,
    expected: network.genesis,
    found: String(chainId),
  });
}

/** The name that sign-ins and wallets know a network by. */
export function networkNames(network: Pick<Network, 'id' | 'genesis'>): string[] {
  const name = /^aptos-(mainnet|testnet|devnet)$/.exec(network.id)?.[1];
  return [
    ...(name === undefined ? ['localnet', 'aptos:localnet'] : [name, `aptos:${name}`]),
    ...(network.genesis === ANY_CHAIN_ID ? [] : [network.genesis, `aptos:${network.genesis}`]),
  ];
}
