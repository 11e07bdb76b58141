/** Whether a transaction is signed by all who must. Source: sui-types `crypto.rs`, `signature.rs`. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { fullAddress } from '../../src/chains/sui/address';

interface Scheme {
  readonly name: string;
  /** Bytes of a public key. */
  readonly keyLength: number;
  verify(signature: Uint8Array, digest: Uint8Array, key: Uint8Array): boolean;
}

const SIGNATURE_LENGTH = 64;

/** By the flag that a signature begins with. Others (multisig, zkLogin, passkeys) are not taken here. */
const SCHEMES: ReadonlyMap<number, Scheme> = new Map([
  [
    0,
    {
      name: 'ed25519',
      keyLength: 32,
      verify: (signature, digest, key) => ed25519.verify(signature, digest, key),
    },
  ],
  [
    1,
    {
      name: 'secp256k1',
      keyLength: 33,
      verify: (signature, digest, key) =>
        secp256k1.verify(signature, sha256(digest), key, { prehash: false }),
    },
  ],
  [
    2,
    {
      name: 'secp256r1',
      keyLength: 33,
      verify: (signature, digest, key) =>
        p256.verify(signature, sha256(digest), key, { prehash: false }),
    },
  ],
]);

/** Why a signature is not taken, in the node's words. */
export class SignatureError extends Error {
  override readonly name = 'SignatureError';
}

/**
 * @param digest - that is signed, 32 bytes
 * @param signers - addresses whose signatures are needed, each once
 * @throws SignatureError
 */
export function requireSigned(
  digest: Uint8Array,
  signatures: readonly Uint8Array[],
  signers: readonly string[],
): void {
  if (signatures.length !== signers.length)
    throw new SignatureError(
      `Expect ${signers.length} signer signatures but got ${signatures.length}`,
    );
  const signed = signatures.map((signature) => signerOf(signature, digest));
  for (const signer of signers)
    if (!signed.includes(signer))
      throw new SignatureError(
        `Required Signature from ${signer} is absent ${JSON.stringify(signed)}`,
      );
}

/** The address of whoever signed. */
function signerOf(signature: Uint8Array, digest: Uint8Array): string {
  const [flag = -1] = signature;
  const scheme = SCHEMES.get(flag);
  if (scheme === undefined)
    throw new SignatureError(`Signature is not valid: this chain does not take scheme ${flag}`);
  if (signature.length !== 1 + SIGNATURE_LENGTH + scheme.keyLength)
    throw new SignatureError(`Signature is not valid: not as long as one of ${scheme.name}`);
  const key = signature.subarray(1 + SIGNATURE_LENGTH);
  if (!isValid(scheme, signature.subarray(1, 1 + SIGNATURE_LENGTH), digest, key))
    throw new SignatureError(`Signature is not valid: Fail to verify ${scheme.name}`);
  return fullAddress(blake2b(Uint8Array.of(flag, ...key), { dkLen: 32 }));
}

function isValid(
  scheme: Scheme,
  signature: Uint8Array,
  digest: Uint8Array,
  key: Uint8Array,
): boolean {
  try {
    return scheme.verify(signature, digest, key);
  } catch {
    // Bytes that are no point or no scalar.
    return false;
  }
}
