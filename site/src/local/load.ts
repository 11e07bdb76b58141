import type { ChainId } from '../../../src/vm-preview/model/preview';
import type { LocalChain } from './chain';

const CHAINS: Readonly<Record<ChainId, () => Promise<LocalChain>>> = {
  solana: async () => (await import('./solana')).solana,
  aptos: async () => (await import('./aptos')).aptos,
  sui: async () => (await import('./sui')).sui,
};

/** A chain's code comes when the chain is first asked for. */
export const loadLocalChain = (chain: ChainId): Promise<LocalChain> => CHAINS[chain]();
