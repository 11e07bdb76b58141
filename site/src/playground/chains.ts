/** What the worker does with a transaction, by the chain of its network. */
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
import { CannotPreview } from '../../../src/vm-preview/errors';
import type { ChainId, Preview } from '../../../src/vm-preview/model/preview';

interface PreviewWanted {
  readonly network: Network;
  readonly transaction: Uint8Array;
  readonly account?: string;
}

export interface WorkerChain {
  /** @throws MalformedError when the bytes are no transaction */
  decode(transaction: Uint8Array, network: Network): Pick<DecodedTransaction, 'calls'>;
  /** What a node's network is known by. @throws StateError */
  genesis(endpoint: string): Promise<string>;
  preview(wanted: PreviewWanted): Promise<{ readonly preview: Preview }>;
}

const solanaCache = createSolanaCache();
const aptosCache = createAptosCache();

const CHAINS: Readonly<Partial<Record<ChainId, WorkerChain>>> = {
  solana: {
    decode: decodeSolana,
    genesis: (endpoint) => genesisHash(endpoint),
    preview: (wanted) => previewSolana({ ...wanted, cache: solanaCache }),
  },
  aptos: {
    decode: (transaction, network) => decodeAptos(transaction, network),
    genesis: (endpoint) => chainIdOf(endpoint),
    preview: (wanted) => previewAptos({ ...wanted, cache: aptosCache }),
  },
};

/** @throws CannotPreview for a chain that is not previewed yet */
export function workerChain(id: ChainId): WorkerChain {
  const chain = CHAINS[id];
  if (chain === undefined) throw new CannotPreview('chain', `transactions of ${id}`);
  return chain;
}
