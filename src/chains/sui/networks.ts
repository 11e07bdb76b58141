/** The Sui networks that are built in, and the check that a node belongs to one. */
import { StateError } from '../../vm-preview/errors';
import type { Network } from '../chain';

export const SUI_COIN = { symbol: 'SUI', decimals: 9 } as const;

/** Of a network whose genesis is made anew now and then. */
export const ANY_CHAIN = 'any';

/** Digests of the genesis checkpoints. Source: sui-types `digests.rs`. */
const MAINNET = '4btiuiMPvEENsttpZC7CZ53DruC3MAgfznDbASZ7DR6S';
const TESTNET = '69WiPg3DAQiwdxfncX6wYQ2siKwAe6L9BZthQea3JNMD';

export const SUI_NETWORKS: readonly Network[] = [
  {
    chain: 'sui',
    id: 'sui-mainnet',
    name: 'Sui',
    coin: SUI_COIN,
    explorer: 'https://suiscan.xyz/mainnet/tx/{id}',
    isTest: false,
    endpoint: 'https://graphql.mainnet.sui.io/graphql',
    genesis: MAINNET,
    builtin: true,
  },
  {
    chain: 'sui',
    id: 'sui-testnet',
    name: 'Sui Testnet',
    coin: SUI_COIN,
    explorer: 'https://suiscan.xyz/testnet/tx/{id}',
    isTest: true,
    endpoint: 'https://graphql.testnet.sui.io/graphql',
    genesis: TESTNET,
    builtin: true,
  },
  {
    chain: 'sui',
    id: 'sui-devnet',
    name: 'Sui Devnet',
    coin: SUI_COIN,
    explorer: 'https://suiscan.xyz/devnet/tx/{id}',
    isTest: true,
    endpoint: 'https://graphql.devnet.sui.io/graphql',
    genesis: ANY_CHAIN,
    builtin: true,
  },
];

/** Chains that others must not pretend to be. */
const TAKEN: ReadonlySet<string> = new Set([MAINNET, TESTNET]);

/**
 * Compares the chain identifier that the node gives with the network's.
 *
 * @param found - digest of the genesis checkpoint, base58
 * @throws StateError `wrong-network` when the node belongs to another one
 */
export function checkChain(network: Network, host: string, found: string): void {
  const isRight = network.genesis === ANY_CHAIN ? !TAKEN.has(found) : network.genesis === found;
  if (isRight) return;
  throw new StateError('wrong-network', `${host} is not a node of ${network.name}`, {
    host,
    expected: network.genesis,
    found: found.slice(0, 60),
  });
}
