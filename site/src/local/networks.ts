/// <reference path="../vite-env.d.ts" />
/** The networks of the chains that `npm start` runs beside the site. */
import type { Network } from '../../../src/chains/chain';
import type { ChainId } from '../../../src/vm-preview/model/preview';

const COINS: Readonly<Record<ChainId, Network['coin']>> = {
  solana: { symbol: 'SOL', decimals: 9 },
  aptos: { symbol: 'APT', decimals: 8 },
  sui: { symbol: 'SUI', decimals: 9 },
};

export const LOCAL_NETWORKS: Readonly<Record<ChainId, Network>> = {
  solana: {
    ...networkAt('solana', __LOCALNET_URL__),
    id: 'localnet',
    name: 'Local Solana chain',
    isTest: true,
  },
  aptos: {
    ...networkAt('aptos', __APTOS_LOCALNET_URL__),
    id: 'localnet-aptos',
    name: 'Local Aptos chain',
    isTest: true,
  },
  sui: {
    ...networkAt('sui', __SUI_LOCALNET_URL__),
    id: 'localnet-sui',
    name: 'Local Sui chain',
    isTest: true,
  },
};

/** A network named by a node. What it is known by is empty: the node is asked for it, and believed. */
export function networkAt(chain: ChainId, endpoint: string): Network {
  return {
    chain,
    id: 'custom',
    name: 'Your network',
    coin: COINS[chain],
    isTest: false,
    endpoint,
    genesis: '',
    builtin: false,
  };
}
