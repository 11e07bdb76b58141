/**
 * The page's side of Lookahead: find MetaMask, install the snap, call its methods.
 *
 * ```ts
 * const stop = watchForMetaMask(async (wallet) => {
 *   const lookahead = new LookaheadSnap(wallet.provider, 'npm:lookahead-snap');
 *   await lookahead.install();
 *   const { accounts } = await lookahead.request('wallet_connect', { chains: ['solana'] });
 * });
 * ```
 */
export { sortWallets, watchForMetaMask } from './discovery';
export type { Eip1193Provider, Wallet, WalletInfo } from './eip1193';
export { toWalletError, WalletError } from './errors';
export { LookaheadSnap } from './snap';
