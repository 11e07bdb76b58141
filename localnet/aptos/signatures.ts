/** Whether a transaction is signed by those it names. Source: aptos-core `types/src/transaction/authenticator.rs`. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha3_256 } from '@noble/hashes/sha3.js';
import {
  type AccountAuthenticator,
  type AnyPublicKey,
  type AnySignature,
  type SignedTransaction,
  signersOf,
  signingMessage,
  signingMessageWithData,
} from '../../src/vm-preview/move/aptos/transaction';
import { Address } from '../../src/vm-preview/move/core/values';
import { decompressEdwards, verifyStrict } from '../../src/vm-preview/move/crypto/ed25519';

const KEY = 32;
const SIGNATURE = 64;
const BITMAP = 4;
/** `MAX_NUM_OF_SIGS`. */
const MAX_SIGNATURES = 32;
const NO_PAYER = Address.fromBytes(new Uint8Array(32));

/** Accounts that sign by keyless proofs or passkeys are not served, and count as not signed. */
export function isSigned({ raw, authenticator }: SignedTransaction): boolean {
  const { feePayerAddress, feePayerSigner, secondaryAddresses, secondarySigners, sender } =
    signersOf(authenticator);
  if (secondaryAddresses.length !== secondarySigners.length) return false;
  const signers = [sender, ...secondarySigners];
  const all = feePayerSigner === undefined ? signers : [...signers, feePayerSigner];
  if (all.reduce((sum, one) => sum + signatureCount(one), 0) > MAX_SIGNATURES) return false;
  if (authenticator.kind !== 'multiAgent' && authenticator.kind !== 'feePayer')
    return verify(sender, signingMessage(raw));
  if (feePayerAddress === undefined || feePayerSigner === undefined) {
    const message = signingMessageWithData({ kind: 'multiAgent', raw, secondaryAddresses });
    return signers.every((signer) => verify(signer, message));
  }
  const paidBy = (payer: Address) =>
    signingMessageWithData({ kind: 'feePayer', raw, secondaryAddresses, feePayerAddress: payer });
  const message = paidBy(feePayerAddress);
  // Who signs before it is known who pays signs for the zero address.
  const open = paidBy(NO_PAYER);
  return (
    signers.every((signer) => verify(signer, open) || verify(signer, message)) &&
    verify(feePayerSigner, message)
  );
}

function verify(authenticator: AccountAuthenticator, message: Uint8Array): boolean {
  switch (authenticator.kind) {
    case 'ed25519':
      return isEd25519(authenticator.publicKey, authenticator.signature, message);
    case 'multiEd25519':
      return isMultiEd25519(authenticator.publicKey, authenticator.signature, message);
    case 'singleKey':
      return isAny(authenticator.publicKey, authenticator.signature, message);
    case 'multiKey': {
      const { bitmap, publicKeys, signatures } = authenticator;
      const indices = bitIndices(bitmap);
      return (
        indices.length === signatures.length &&
        indices.length >= publicKeys.required &&
        indices.every((index, i) => {
          const key = publicKeys.keys[index];
          const signature = signatures[i];
          return key !== undefined && signature !== undefined && isAny(key, signature, message);
        })
      );
    }
    // The account's own code decides, when the transaction runs.
    case 'abstract':
      return true;
    case 'none':
      return false;
  }
}

function signatureCount(authenticator: AccountAuthenticator): number {
  switch (authenticator.kind) {
    case 'multiEd25519':
      return Math.floor(authenticator.signature.length / SIGNATURE);
    case 'multiKey':
      return authenticator.signatures.length;
    default:
      return 1;
  }
}

function isEd25519(key: Uint8Array, signature: Uint8Array, message: Uint8Array): boolean {
  const point = decompressEdwards(key);
  return point !== undefined && verifyStrict(key, point, message, signature);
}

function isSecp256k1(key: Uint8Array, signature: Uint8Array, message: Uint8Array): boolean {
  try {
    return secp256k1.verify(signature, sha3_256(message), key, { prehash: false, lowS: true });
  } catch {
    // What is no point verifies nothing.
    return false;
  }
}

function isAny(key: AnyPublicKey, given: AnySignature, message: Uint8Array): boolean {
  if (key.kind === 'ed25519' && given.kind === 'ed25519')
    return isEd25519(key.key, given.signature, message);
  if (key.kind === 'secp256k1' && given.kind === 'secp256k1')
    return isSecp256k1(key.key, given.signature, message);
  return false;
}

function isMultiEd25519(keys: Uint8Array, signature: Uint8Array, message: Uint8Array): boolean {
  const threshold = keys.at(-1) ?? 0;
  const count = Math.floor(keys.length / KEY);
  const indices = bitIndices(signature.subarray(-BITMAP));
  const signatures = signature.subarray(0, -BITMAP);
  if (threshold === 0 || threshold > count || indices.length < threshold) return false;
  if (indices.length * SIGNATURE !== signatures.length) return false;
  return indices.every((index, i) => {
    if (index >= count) return false;
    const key = keys.subarray(index * KEY, (index + 1) * KEY);
    return isEd25519(key, signatures.subarray(i * SIGNATURE, (i + 1) * SIGNATURE), message);
  });
}

/** Indices of the bits that are set, the first being the highest of the first byte. */
function bitIndices(bitmap: Uint8Array): number[] {
  return Array.from({ length: bitmap.length * 8 }, (_, index) => index).filter(
    (index) => ((bitmap[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0,
  );
}
