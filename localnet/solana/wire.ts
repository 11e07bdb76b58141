import { encodeTransaction, parseTransaction } from '../../src/vm-preview/svm/transaction/message';

/** The transaction with another blockhash; its signatures, though they no longer fit, are kept. */
export function withBlockhash(bytes: Uint8Array, blockhash: Uint8Array): Uint8Array {
  const transaction = parseTransaction(bytes);
  return encodeTransaction({ ...transaction, recentBlockhash: blockhash }, transaction.signatures);
}
