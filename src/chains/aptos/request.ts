/** A transaction as the VM takes it: who signs, and with which keys as far as they are known. */
import type { AptosRequest } from '../../vm-preview/move/aptos/execution/request';
import type { AccountAuthenticator } from '../../vm-preview/move/aptos/transaction';
import type { Address } from '../../vm-preview/move/core/values';
import { fullAddress } from './address';
import type { ParsedAptosTransaction } from './transaction';

/** The signer whose key is known before it has signed. */
export interface KnownKey {
  readonly address: string;
  /** Of Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
}

export function requestFor(
  { feePayerAddress, given, raw, secondaryAddresses = [] }: ParsedAptosTransaction,
  known: KnownKey | undefined,
): AptosRequest {
  const of = (address: Address): AccountAuthenticator | undefined => {
    const full = fullAddress(address);
    const signed = given.get(full);
    if (signed !== undefined || known?.address !== full) return signed;
    // The VM holds the key against the chain's, and presumes the signature.
    return { kind: 'ed25519', publicKey: known.publicKey, signature: new Uint8Array(64) };
  };
  return {
    raw,
    secondarySigners: secondaryAddresses,
    feePayer: feePayerAddress,
    authenticators: {
      sender: of(raw.sender),
      secondary: secondaryAddresses.map(of),
      feePayer: feePayerAddress === undefined ? undefined : of(feePayerAddress),
    },
  };
}
