import { MalformedError } from '../../vm-preview/errors';
import type { Chain, PreviewedTransaction } from '../chain';
import { differences } from '../differences';
import { chainIdOf, nativeBalance, renewTransaction } from './account';
import type { AptosCache } from './cache';
import { APT, APTOS_NETWORKS } from './networks';
import { type AptosPreview, previewTransaction } from './preview';
import { decodeTransaction, messageOf } from './transaction';

/** Aptos, as the snap's methods use it. */
export function aptosChain(cache: AptosCache): Chain {
  return {
    id: 'aptos',
    name: 'Aptos',
    networks: APTOS_NETWORKS,
    coin: APT,
    genesisLabel: 'Chain id',
    decode: decodeTransaction,
    preview: ({ base, ...request }) => {
      if (base !== undefined && !isAptosPreview(base)) {
        throw new MalformedError(
          'other-chain',
          'an Aptos transaction follows one of another chain',
        );
      }
      return previewTransaction({ ...request, cache, ...(base === undefined ? {} : { base }) });
    },
    differences,
    messageOf,
    // Who pays with it has looked at it as it is.
    mayRenew: ({ feePayer, signed, signers }, account) =>
      feePayer === account && signers.length === 1 && signed.length === 0,
    renew: (transaction, network, _account, signal) =>
      renewTransaction(network, transaction, { signal }),
    genesis: (endpoint) => chainIdOf(endpoint),
    balance: (network, address) => nativeBalance(network, address),
  };
}

function isAptosPreview(preview: PreviewedTransaction): preview is AptosPreview {
  return preview.preview.chain === 'aptos';
}
