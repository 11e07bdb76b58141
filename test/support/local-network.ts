import type { Network } from '../../src/chains/chain';

type Chain = Network['chain'];

const NAMES: Readonly<Record<Chain, Pick<Network, 'name' | 'coin'>>> = {
  solana: { name: 'Local Solana', coin: { symbol: 'SOL', decimals: 9 } },
  aptos: { name: 'Local Aptos', coin: { symbol: 'APT', decimals: 8 } },
  sui: { name: 'Local Sui', coin: { symbol: 'SUI', decimals: 9 } },
};

/**
 * A chain on this machine, as one that the user added.
 *
 * @param genesis - hash, digest or number that it is known by
 */
export function localNetwork(chain: Chain, endpoint: string, genesis: string | number): Network {
  return {
    ...NAMES[chain],
    chain,
    id: 'local',
    isTest: true,
    endpoint,
    genesis: String(genesis),
    builtin: false,
  };
}
