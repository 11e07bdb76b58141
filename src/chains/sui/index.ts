/** The Sui chain, as the snap, the command line and the site use it. */

export { differences } from '../differences';
export type { KeyValueStore } from '../key-value';
export { chainOfNode, nativeBalance } from './account';
export { accountAddress } from './address';
export { createSuiCache, type SuiCache } from './cache';
export { suiChain } from './chain';
export { refuseTransaction, type SuiSignableMessage, signableMessage } from './messages/message';
export { SUI_NETWORKS } from './networks';
export {
  type Execute,
  type PreviewRequest,
  previewTransaction,
  type SuiPreview,
} from './preview';
export {
  type Confirmation,
  type ConfirmOptions,
  confirmTransaction,
  type Submitted,
  submitTransaction,
} from './submit';
export {
  completeTransaction,
  decodeTransaction,
  isTransactionKind,
  messageOf,
  serializedSignature,
  transactionId,
} from './transaction';
