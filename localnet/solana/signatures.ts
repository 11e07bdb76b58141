import { createPublicKey, verify } from 'node:crypto';
import type { ParsedTransaction } from '../../src/vm-preview/svm/transaction/message';

/** What precedes the 32 bytes of an ed25519 key in its DER form. */
const DER_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** Whether each signature is there and is the message's. */
export function areSigned(transaction: ParsedTransaction): boolean {
  const { signatures, staticKeys, header, messageBytes } = transaction;
  if (signatures.length !== header.numRequiredSignatures) return false;
  return signatures.every((signature, index) => {
    const signer = staticKeys[index];
    if (signer === undefined) return false;
    const key = createPublicKey({
      key: Buffer.concat([DER_PREFIX, signer.bytes]),
      format: 'der',
      type: 'spki',
    });
    return verify(null, messageBytes, key, signature);
  });
}
