import { APTOS_NETWORKS } from '../../../src/chains/aptos/networks';
import type { Network } from '../../../src/chains/chain';
import { SOLANA_NETWORKS } from '../../../src/chains/solana/networks';

/** The chains that the playground previews on. */
export type PlaygroundChain = 'solana' | 'aptos';

const COINS: Readonly<Record<PlaygroundChain, Network['coin']>> = {
  solana: { symbol: 'SOL', decimals: 9 },
  aptos: { symbol: 'APT', decimals: 8 },
};

export const LOCALNET: Network = {
  ...localNetwork('solana', 'localnet', __LOCALNET_URL__),
  name: 'Local Solana chain',
};
export const APTOS_LOCALNET: Network = {
  ...localNetwork('aptos', 'localnet-aptos', __APTOS_LOCALNET_URL__),
  name: 'Local Aptos chain',
};

export interface NetworkGroup {
  readonly chain: PlaygroundChain;
  readonly name: string;
  readonly networks: readonly Network[];
  /** Id of the choice of another network, which is then named by its endpoint. */
  readonly custom: string;
}

/** Those to choose from. */
export const NETWORK_GROUPS: readonly NetworkGroup[] = [
  {
    chain: 'solana',
    name: 'Solana',
    networks: [LOCALNET, ...SOLANA_NETWORKS],
    custom: 'custom',
  },
  {
    chain: 'aptos',
    name: 'Aptos',
    networks: [APTOS_LOCALNET, ...APTOS_NETWORKS],
    custom: 'custom-aptos',
  },
];

/** The chain whose other networks an id stands for, where it stands for them. */
export function customChain(id: string): PlaygroundChain | undefined {
  return NETWORK_GROUPS.find(({ custom }) => custom === id)?.chain;
}

export function networkById(id: string): Network {
  const all = NETWORK_GROUPS.flatMap(({ networks }) => networks);
  return all.find((network) => network.id === id) ?? LOCALNET;
}

/** What it is known by is empty: the node is asked for it, and believed. */
export function networkAt(chain: PlaygroundChain, endpoint: string): Network {
  return { ...localNetwork(chain, 'custom', endpoint), isTest: false };
}

function localNetwork(chain: PlaygroundChain, id: string, endpoint: string): Network {
  return {
    chain,
    id,
    name: 'Your network',
    coin: COINS[chain],
    isTest: true,
    endpoint,
    genesis: '',
    builtin: false,
  };
}
