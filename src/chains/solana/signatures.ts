/** Changing a transaction's bytes where that is allowed: a fresh blockhash, a signature put in place. */
import { base58 } from '@scure/base';
import { MalformedError } from '../../vm-preview/errors';
import {
  encodeTransaction,
  type ParsedTransaction,
  parseTransaction,
  SIGNATURE_BYTES,
} from '../../vm-preview/svm/transaction/message';
import { equalBytes } from '../hex';
import { isEmptySignature, signersOf } from './transaction';

/** Whether somebody other than `own` has signed these bytes, so that they must stay as they are. */
export function isSignedByOthers(transaction: ParsedTransaction, own?: string): boolean {
  const signers = signersOf(transaction);
  return transaction.signatures.some(
    (signature, index) => !isEmptySignature(signature) && signers[index] !== own,
  );
}

/**
 * The same transaction with another blockhash and with no signatures, which the change would void.
 *
 * @param own - the account whose signature may be dropped, since it will sign again
 * @throws MalformedError `signed-by-others` when somebody else has signed already
 */
export function replaceBlockhash(
  transaction: Uint8Array,
  blockhash: string,
  own?: string,
): Uint8Array {
  const parsed = parseTransaction(transaction);
  if (isSignedByOthers(parsed, own)) {
    throw new MalformedError(
      'signed-by-others',
      'the blockhash cannot be changed, since somebody has signed the transaction already',
    );
  }
  const recentBlockhash = base58.decode(blockhash);
  if (recentBlockhash.length !== 32) {
    throw new MalformedError('blockhash-length', 'a blockhash has 32 bytes');
  }
  const none = parsed.signatures.map(() => new Uint8Array(SIGNATURE_BYTES));
  return encodeTransaction({ ...parsed, recentBlockhash }, none);
}

/**
 * The same transaction with this signature in the signer's place. The message's bytes and the
 * signatures of others stay what they were.
 *
 * @param signature - 64 bytes
 * @throws MalformedError `not-a-signer` when the transaction does not ask for the address's signature
 */
export function attachSignature(
  transaction: Uint8Array,
  address: string,
  signature: Uint8Array,
): Uint8Array {
  if (signature.length !== SIGNATURE_BYTES) {
    throw new MalformedError('signature-length', 'a signature has 64 bytes');
  }
  const parsed = parseTransaction(transaction);
  const position = signersOf(parsed).indexOf(address);
  if (position === -1) {
    throw new MalformedError(
      'not-a-signer',
      'the transaction does not ask for the signature of this account',
      { address },
    );
  }
  const signatures = parsed.signatures.map((given, index) =>
    index === position ? signature : given,
  );
  const signed = encodeTransaction(parsed, signatures);
  // A wire form that is read and written back must not change what was shown.
  if (!equalBytes(parseTransaction(signed).messageBytes, parsed.messageBytes)) {
    throw new MalformedError('message-changed', 'the transaction would change when written again');
  }
  return signed;
}

/** The transaction's id: its first signature in base58. */
export function transactionId(transaction: Uint8Array): string {
  const [first] = parseTransaction(transaction).signatures;
  if (first === undefined || isEmptySignature(first)) {
    throw new MalformedError('not-signed', 'the transaction is not signed yet');
  }
  return base58.encode(first);
}
