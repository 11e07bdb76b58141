/** The networks that a portfolio is looked at on: by what their coins are worth, and by chain. */
import { APTOS_NETWORKS } from '../../../src/chains/aptos/networks';
import type { Network } from '../../../src/chains/chain';
import { SOLANA_NETWORKS } from '../../../src/chains/solana/networks';
import { SUI_NETWORKS } from '../../../src/chains/sui/networks';
import type { RpcChain } from '../../../src/rpc/types';
import { hrefOf } from '../frame/route';
import { LOCAL_NETWORKS } from '../local/networks';

export const KINDS = ['local', 'test', 'main'] as const;
export type Kind = (typeof KINDS)[number];

const PUBLIC: Readonly<Record<RpcChain, readonly Network[]>> = {
  solana: SOLANA_NETWORKS,
  aptos: APTOS_NETWORKS,
  sui: SUI_NETWORKS,
};

/** Of a chain; never empty. */
export function networksOf(kind: Kind, chain: RpcChain): readonly Network[] {
  if (kind === 'local') return [LOCAL_NETWORKS[chain]];
  return PUBLIC[chain].filter(({ isTest }) => isTest === (kind === 'test'));
}

export function networkById(chain: RpcChain, id: string): Network | undefined {
  return [LOCAL_NETWORKS[chain], ...PUBLIC[chain]].find((network) => network.id === id);
}

/** Where to look a transaction up: with the network's own explorer, or here where it has none. */
export function explorerOf({ chain, explorer, id: network }: Network, id: string): string {
  return explorer === undefined
    ? hrefOf('transaction', [chain, network, id])
    : explorer.replace('{id}', encodeURIComponent(id));
}

export const isLocal = (network: Network): boolean => network === LOCAL_NETWORKS[network.chain];
