/** The chains that the command previews on, each by the same few functions. */
import {
  APTOS_NETWORKS,
  chainIdOf,
  createAptosCache,
  decodeTransaction as decodeAptos,
  previewTransaction as previewAptos,
} from '../chains/aptos';
import type { Network } from '../chains/chain';
import {
  createSolanaCache,
  decodeTransaction as decodeSolana,
  genesisHash,
  previewTransaction as previewSolana,
  SOLANA_NETWORKS,
} from '../chains/solana';
import {
  chainOfNode,
  createSuiCache,
  decodeTransaction as decodeSui,
  previewTransaction as previewSui,
  SUI_NETWORKS,
} from '../chains/sui';
import type { Preview } from '../vm-preview/model/preview';

export interface PreviewWanted {
  readonly network: Network;
  readonly transaction: Uint8Array;
  readonly account?: string;
}

export interface CommandChain {
  readonly id: Network['chain'];
  readonly name: string;
  readonly networks: readonly Network[];
  readonly coin: Network['coin'];
  /** Where `npm start` and `npm run localnet` serve the local chain. */
  readonly localnet: string;
  /** @throws LookaheadError when the bytes are no transaction */
  decode(transaction: Uint8Array): unknown;
  /** What a node's network is known by. @throws StateError */
  genesis(endpoint: string): Promise<string>;
  preview(wanted: PreviewWanted): Promise<{ readonly preview: Preview }>;
}

export const COMMAND_CHAINS: readonly CommandChain[] = [
  {
    id: 'solana',
    name: 'Solana',
    networks: SOLANA_NETWORKS,
    coin: { symbol: 'SOL', decimals: 9 },
    localnet: 'http://127.0.0.1:8899',
    decode: decodeSolana,
    genesis: (endpoint) => genesisHash(endpoint),
    preview: (wanted) => previewSolana({ ...wanted, cache: createSolanaCache() }),
  },
  {
    id: 'aptos',
    name: 'Aptos',
    networks: APTOS_NETWORKS,
    coin: { symbol: 'APT', decimals: 8 },
    localnet: 'http://127.0.0.1:8080/v1',
    decode: (transaction) => decodeAptos(transaction),
    genesis: (endpoint) => chainIdOf(endpoint),
    preview: (wanted) => previewAptos({ ...wanted, cache: createAptosCache() }),
  },
  {
    id: 'sui',
    name: 'Sui',
    networks: SUI_NETWORKS,
    coin: { symbol: 'SUI', decimals: 9 },
    localnet: 'http://127.0.0.1:9000/graphql',
    decode: (transaction) => decodeSui(transaction),
    genesis: (endpoint) => chainOfNode(endpoint),
    preview: (wanted) => previewSui({ ...wanted, cache: createSuiCache() }),
  },
];

export const COMMAND_NETWORKS: readonly Network[] = COMMAND_CHAINS.flatMap(
  ({ networks }) => networks,
);

/** `solana, aptos or sui` */
export const CHAIN_NAMES = COMMAND_CHAINS.map(({ id }) => id)
  .join(', ')
  .replace(/, (\w+)$/, ' or $1');

export function commandChain(id: string): CommandChain | undefined {
  return COMMAND_CHAINS.find((chain) => chain.id === id);
}
