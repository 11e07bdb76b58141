import type { Chain, DecodedTransaction, PreviewedTransaction } from '../chain';
import { differences } from '../differences';
import { genesisHash, nativeBalance } from './account';
import { latestBlockhash } from './blockhash';
import type { SolanaCache } from './cache';
import { DEFAULT_COIN, SOLANA_NETWORKS } from './networks';
import { messageOf, previewTransaction, type SolanaPreview } from './preview';
import { replaceBlockhash } from './signatures';
import { decodeTransaction } from './transaction';

const SYSTEM_PROGRAM = '11111111111111111111111111111111';

/** Solana, as the snap's methods use it. */
export function solanaChain(cache: SolanaCache): Chain {
  return {
    id: 'solana',
    name: 'Solana',
    networks: SOLANA_NETWORKS,
    coin: DEFAULT_COIN,
    genesisLabel: 'Genesis hash',
    decode: decodeTransaction,
    preview: ({ base, ...request }) => {
      if (base !== undefined && !isSolanaPreview(base))
        throw new TypeError('a Solana transaction follows one of another chain');
      return previewTransaction({ ...request, cache, ...(base === undefined ? {} : { base }) });
    },
    differences,
    messageOf,
    mayRenew,
    renew: async (transaction, network, account, signal) => {
      const { blockhash } = await latestBlockhash(network, { signal });
      return replaceBlockhash(transaction, blockhash, account);
    },
    genesis: (endpoint) => genesisHash(endpoint),
    balance: (network, address) => nativeBalance(network, address),
  };
}

function isSolanaPreview(preview: PreviewedTransaction): preview is SolanaPreview {
  return preview.preview.chain === 'solana';
}

/** A nonce stands where the blockhash would: it does not age, and changing it would void it. */
function mayRenew({ calls, signed }: DecodedTransaction, account: string): boolean {
  const [first] = calls;
  const usesNonce =
    first?.program.address === SYSTEM_PROGRAM && first.name === 'AdvanceNonceAccount';
  return !usesNonce && signed.every((address) => address === account);
}
