/** What the worker does with a transaction, by its chain. */
import {
  chainIdOf,
  createAptosCache,
  decodeTransaction as decodeAptos,
  previewTransaction as previewAptos,
} from '../../../src/chains/aptos';
import type { DecodedTransaction, Network } from '../../../src/chains/chain';
import {
  createSolanaCache,
  decodeTransaction as decodeSolana,
  genesisHash,
  previewTransaction as previewSolana,
} from '../../../src/chains/solana';
import {
  chainOfNode,
  createSuiCache,
  decodeTransaction as decodeSui,
  previewTransaction as previewSui,
} from '../../../src/chains/sui';
import type { ChainId, Preview } from '../../../src/vm-preview/model/preview';

interface PreviewWanted {
  readonly network: Network;
  readonly transaction: Uint8Array;
  readonly account?: string;
}

export interface WorkerChain {
  readonly name: string;
  /** @throws MalformedError when the bytes are no transaction */
  decode(transaction: Uint8Array, network?: Network): DecodedTransaction;
  /** What a node's network is known by. @throws StateError */
  genesis(endpoint: string): Promise<string>;
  preview(wanted: PreviewWanted): Promise<{
    readonly preview: Preview;
    /** What was run: of Sui, with the gas that was put in. */
    readonly transaction: Uint8Array;
  }>;
}

const solanaCache = createSolanaCache();
const aptosCache = createAptosCache();
const suiCache = createSuiCache();

export const WORKER_CHAINS: Readonly<Record<ChainId, WorkerChain>> = {
  solana: {
    name: 'Solana',
    decode: decodeSolana,
    genesis: (endpoint) => genesisHash(endpoint),
    preview: (wanted) => previewSolana({ ...wanted, detailed: true, cache: solanaCache }),
  },
  aptos: {
    name: 'Aptos',
    decode: decodeAptos,
    genesis: (endpoint) => chainIdOf(endpoint),
    preview: (wanted) => previewAptos({ ...wanted, detailed: true, cache: aptosCache }),
  },
  sui: {
    name: 'Sui',
    decode: decodeSui,
    genesis: (endpoint) => chainOfNode(endpoint),
    preview: (wanted) => previewSui({ ...wanted, detailed: true, cache: suiCache }),
  },
};

export const CHAIN_IDS: readonly ChainId[] = ['solana', 'aptos', 'sui'];
