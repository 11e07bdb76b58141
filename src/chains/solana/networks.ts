/** The Solana networks that are built in, and the check that a node belongs to one. */
import { StateError } from '../../vm-preview/errors';
import type { Network } from '../chain';
import type { SolanaCache } from './cache';
import type { SolanaRpc } from './rpc';

const SOL = { symbol: 'SOL', decimals: 9 } as const;
/** Eclipse keeps nine decimals, not Ethereum's eighteen. */
const ETH = { symbol: 'ETH', decimals: 9 } as const;

export const SOLANA_NETWORKS: readonly Network[] = [
  {
    chain: 'solana',
    id: 'solana-mainnet',
    name: 'Solana',
    coin: SOL,
    explorer: 'https://explorer.solana.com/tx/{id}',
    isTest: false,
    endpoint: 'https://api.mainnet-beta.solana.com',
    genesis: '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d',
    builtin: true,
  },
  {
    chain: 'solana',
    id: 'solana-testnet',
    name: 'Solana Testnet',
    coin: SOL,
    explorer: 'https://explorer.solana.com/tx/{id}?cluster=testnet',
    isTest: true,
    endpoint: 'https://api.testnet.solana.com',
    genesis: '4uhcVJyU9pJkvQyS88uRDiswHXSCkY3zQawwpjk2NsNY',
    builtin: true,
  },
  {
    chain: 'solana',
    id: 'solana-devnet',
    name: 'Solana Devnet',
    coin: SOL,
    explorer: 'https://explorer.solana.com/tx/{id}?cluster=devnet',
    isTest: true,
    endpoint: 'https://api.devnet.solana.com',
    genesis: 'EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG',
    builtin: true,
  },
  {
    chain: 'solana',
    id: 'eclipse-mainnet',
    name: 'Eclipse',
    coin: ETH,
    explorer: 'https://eclipsescan.xyz/tx/{id}',
    isTest: false,
    endpoint: 'https://mainnetbeta-rpc.eclipse.xyz',
    genesis: 'EAQLJCV2mh23BsK2P9oYpV5CHVLDNHTxYss3URrNmg3s',
    builtin: true,
  },
  {
    chain: 'solana',
    id: 'eclipse-testnet',
    name: 'Eclipse Testnet',
    coin: ETH,
    explorer: 'https://eclipsescan.xyz/tx/{id}?cluster=testnet',
    isTest: true,
    endpoint: 'https://testnet.dev2.eclipsenetwork.xyz',
    genesis: 'CX4huckiV9QNAkKNVKi5Tj8nxzBive5kQimd94viMKsU',
    builtin: true,
  },
];

/** The network a transaction is decoded for when none is named. */
export const DEFAULT_COIN = SOL;

/**
 * Asks the node for its genesis hash once per endpoint, and compares it with the network's.
 *
 * @throws StateError `wrong-network` when the node belongs to another one
 */
export async function checkGenesis(
  network: Network,
  rpc: SolanaRpc,
  cache: SolanaCache,
): Promise<void> {
  const key = `${network.endpoint}\n${network.genesis}`;
  if (cache.isGenesisKnown(key)) return;
  const genesis = await rpc.getGenesisHash();
  if (genesis !== network.genesis) {
    throw new StateError('wrong-network', `${rpc.host} is not a node of ${network.name}`, {
      host: rpc.host,
      expected: network.genesis,
      found: genesis,
    });
  }
  cache.rememberGenesis(key);
}
