/** The networks that the playground previews on. */
import { APTOS_NETWORKS } from '../../../src/chains/aptos/networks';
import type { Network } from '../../../src/chains/chain';
import { SOLANA_NETWORKS } from '../../../src/chains/solana/networks';
import { SUI_NETWORKS } from '../../../src/chains/sui/networks';
import type { ChainId } from '../../../src/vm-preview/model/preview';
import { LOCAL_NETWORKS, networkAt } from '../local/networks';

/** Id of the choice of another network, which is then named by its endpoint. */
export const CUSTOM = 'custom';

export const CHAIN_NAMES: Readonly<Record<ChainId, string>> = {
  solana: 'Solana',
  aptos: 'Aptos',
  sui: 'Sui',
};

/** Those to choose from, the chain of this machine first. */
export const NETWORKS: Readonly<Record<ChainId, readonly Network[]>> = {
  solana: [LOCAL_NETWORKS.solana, ...SOLANA_NETWORKS],
  aptos: [LOCAL_NETWORKS.aptos, ...APTOS_NETWORKS],
  sui: [LOCAL_NETWORKS.sui, ...SUI_NETWORKS],
};

/**
 * @param endpoint - of the visitor's own node, for the choice of another network
 * @returns undefined where there is no such network, or the endpoint is none
 */
export function networkOf(chain: ChainId, id: string, endpoint: string): Network | undefined {
  if (id === CUSTOM) {
    const url = endpointOf(endpoint);
    return url === undefined ? undefined : networkAt(chain, url);
  }
  return NETWORKS[chain].find((network) => network.id === id);
}

export function isLocal(chain: ChainId, id: string): boolean {
  return id === LOCAL_NETWORKS[chain].id;
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** An address of a node: https, or http on this machine; undefined for anything else. */
export function endpointOf(text: string): string | undefined {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) return undefined;
  const { hostname, protocol } = new URL(trimmed);
  if (protocol === 'https:') return trimmed;
  return protocol === 'http:' && LOOPBACK.has(hostname) ? trimmed : undefined;
}
