/**
 * The page's side of Lookahead.
 *
 * ```ts
 * import { registerLookahead } from 'lookahead-snap/provider';
 * import { solana } from 'lookahead-snap/provider/solana';
 *
 * registerLookahead([solana]); // now every wallet list on the page has it
 * ```
 *
 * Or without a standard: find MetaMask, install the snap, call its methods.
 *
 * ```ts
 * const stop = watchForMetaMask(async (wallet) => {
 *   const lookahead = new LookaheadSnap(wallet.provider);
 *   await lookahead.install();
 *   const { accounts } = await lookahead.request('wallet_connect', { chains: ['solana'] });
 * });
 * ```
 */
export type {
  RpcAccount,
  RpcChain,
  RpcErrorData,
  RpcMethodName,
  RpcMethods,
  RpcNetwork,
} from '../../src/rpc/types';
export { sortWallets, watchForMetaMask } from './discovery';
export type { Eip1193Provider, Wallet, WalletInfo } from './eip1193';
export {
  CannotPreviewError,
  InvalidRequestError,
  MetaMaskMissingError,
  NetworkUnknownError,
  NodeError,
  NotConnectedError,
  SnapNotAllowedError,
  SnapsUnsupportedError,
  TooManyRequestsError,
  TransactionRefusedError,
  toWalletError,
  UnsupportedMethodError,
  UserRejectedError,
  WalletError,
  WalletLockedError,
} from './errors';
export { type Family, type Registration, registerLookahead } from './register';
export { Session, type SessionChange, type SessionOptions } from './session';
export { LookaheadSnap } from './snap';
export { SNAP_ID, SNAP_RANGE, SNAP_VERSION } from './version';
