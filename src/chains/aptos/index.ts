/** The Aptos chain, as the snap, the command line and the site use it. */

export { differences } from '../differences';
export type { KeyValueStore } from '../key-value';
export {
  accountSequenceNumber,
  chainIdOf,
  gasUnitPrice,
  nativeBalance,
  renewTransaction,
} from './account';
export { type AptosCache, createAptosCache } from './cache';
export { aptosChain } from './chain';
export {
  type AptosMessageRequest,
  type AptosSignableMessage,
  type MessageContext,
  refuseTransaction,
  signableMessage,
} from './messages/message';
export {
  checkSignIn,
  completeSignIn,
  parseSignIn,
  type SignInContext,
  type SignInFields,
  type SignInRequest,
  signInBytes,
  signInMessage,
} from './messages/sign-in';
export { APTOS_NETWORKS, networkNames } from './networks';
export { type AptosPreview, type PreviewRequest, previewTransaction } from './preview';
export {
  type Confirmation,
  type ConfirmOptions,
  confirmTransaction,
  expirationOf,
  submitTransaction,
} from './submit';
export {
  accountAuthenticator,
  decodeTransaction,
  messageOf,
  signTransaction,
  transactionId,
} from './transaction';
