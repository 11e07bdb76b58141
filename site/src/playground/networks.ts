import type { Network } from '../../../src/chains/chain';
import { SOLANA_NETWORKS } from '../../../src/chains/solana/networks';

export const LOCALNET: Network = localNetwork(__LOCALNET_URL__);

/** Those to choose from; another is named by its endpoint. */
export const NETWORKS: readonly Network[] = [LOCALNET, ...SOLANA_NETWORKS];

export const CUSTOM = 'custom';

/** Its genesis hash is empty: the node is asked for it, and believed. */
export function networkAt(endpoint: string): Network {
  return { ...localNetwork(endpoint), id: CUSTOM, name: 'Your network', isTest: false };
}

function localNetwork(endpoint: string): Network {
  return {
    chain: 'solana',
    id: 'localnet',
    name: 'Localnet',
    coin: { symbol: 'SOL', decimals: 9 },
    isTest: true,
    endpoint,
    genesis: '',
    builtin: false,
  };
}
