import { APTOS_NETWORKS } from '../../../src/chains/aptos/networks';
import type { Network } from '../../../src/chains/chain';
import { SOLANA_NETWORKS } from '../../../src/chains/solana/networks';
import { LOCAL_NETWORKS, networkAt } from '../local/networks';

export { networkAt };

/** The chains that the playground previews on. */
export type PlaygroundChain = 'solana' | 'aptos';

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
    networks: [LOCAL_NETWORKS.solana, ...SOLANA_NETWORKS],
    custom: 'custom',
  },
  {
    chain: 'aptos',
    name: 'Aptos',
    networks: [LOCAL_NETWORKS.aptos, ...APTOS_NETWORKS],
    custom: 'custom-aptos',
  },
];

/** The chain whose other networks an id stands for, where it stands for them. */
export function customChain(id: string): PlaygroundChain | undefined {
  return NETWORK_GROUPS.find(({ custom }) => custom === id)?.chain;
}

export function networkById(id: string): Network {
  const all = NETWORK_GROUPS.flatMap(({ networks }) => networks);
  return all.find((network) => network.id === id) ?? LOCAL_NETWORKS.solana;
}
