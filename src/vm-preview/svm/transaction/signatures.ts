/** Source: solana-sdk `transaction/src/versioned/mod.rs`, `signature/src/lib.rs` (`verify_strict`). */
import { ed25519 } from '@noble/curves/ed25519.js';
import { TransactionFailure } from '../errors/transaction-error';
import { verifyStrict } from '../programs/precompiles/ed25519';
import type { Pubkey } from '../pubkey';
import type { ParsedTransaction } from './message';
import type { SvmEnvironment } from './types';

function isMissing(signature: Uint8Array): boolean {
  return signature.every((byte) => byte === 0);
}

/** As the chain verifies it: about three milliseconds. */
export function isSignatureOf(signer: Pubkey, message: Uint8Array, signature: Uint8Array): boolean {
  let point: InstanceType<typeof ed25519.Point>;
  try {
    point = ed25519.Point.fromBytes(signer.bytes, true);
  } catch {
    return false;
  }
  return verifyStrict(signer.bytes, point, message, signature);
}

/** @throws TransactionFailure SignatureFailure */
export function verifySignatures(
  transaction: ParsedTransaction,
  mode: SvmEnvironment['signatures'],
): void {
  if (mode === 'off') return;
  for (const [index, signature] of transaction.signatures.entries()) {
    if (mode === 'presume-missing' && isMissing(signature)) continue;
    const signer = transaction.staticKeys[index];
    if (signer === undefined || !isSignatureOf(signer, transaction.messageBytes, signature)) {
      throw new TransactionFailure('SignatureFailure');
    }
  }
}
