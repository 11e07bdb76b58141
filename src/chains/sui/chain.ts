import { CannotPreview } from '../../vm-preview/errors';
import type { Chain } from '../chain';
import { differences } from '../differences';
import { chainOfNode, nativeBalance } from './account';
import type { SuiCache } from './cache';
import { SUI_COIN, SUI_NETWORKS } from './networks';
import { previewTransaction } from './preview';
import { decodeTransaction, messageOf } from './transaction';

/** Sui, as the snap's methods use it. Gas that a site leaves open is put in by the preview. */
export function suiChain(cache: SuiCache): Chain {
  return {
    id: 'sui',
    name: 'Sui',
    networks: SUI_NETWORKS,
    coin: SUI_COIN,
    genesisLabel: 'Chain identifier',
    decode: decodeTransaction,
    preview: ({ base, publicKey: _, ...request }) => {
      if (base !== undefined) {
        // Its inputs are named by digests that the one before it has yet to make.
        throw new CannotPreview('sui-follows', 'a transaction that follows another one');
      }
      return previewTransaction({ ...request, cache });
    },
    differences,
    messageOf,
    // Nothing in it ages: it can be sent as long as its objects stay as they are.
    mayRenew: () => false,
    renew: async (transaction) => transaction,
    genesis: (endpoint) => chainOfNode(endpoint),
    balance: (network, address) => nativeBalance(network, address),
  };
}
