/** The Solana chain, as the snap, the command line and the site use it. */

export { differences } from '../differences';
export type { KeyValueStore } from '../key-value';
export { genesisHash, nativeBalance } from './account';
export { latestBlockhash } from './blockhash';
export { createSolanaCache, type SolanaCache } from './cache';
export { solanaChain } from './chain';
export {
  offchainMessage,
  parseOffchainMessage,
  refuseTransaction,
  type SignableMessage,
  signableMessage,
} from './messages/offchain';
export {
  checkSignIn,
  completeSignIn,
  parseSignIn,
  type SignInContext,
  type SignInFields,
  type SignInRequest,
  signInMessage,
} from './messages/sign-in';
export { SOLANA_NETWORKS } from './networks';
export {
  messageOf,
  type PreviewRequest,
  previewTransaction,
  type SolanaPreview,
} from './preview';
export { attachSignature, replaceBlockhash, transactionId } from './signatures';
export {
  type Confirmation,
  type ConfirmOptions,
  confirmTransaction,
  type SubmitOptions,
  submitTransaction,
} from './submit';
export { decodeTransaction } from './transaction';
