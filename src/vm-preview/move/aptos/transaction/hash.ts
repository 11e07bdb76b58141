/** What is hashed and signed. Source: aptos-crypto `hash.rs`, `types/src/transaction/authenticator.rs`. */
import { sha3_256 } from '@noble/hashes/sha3.js';
import { BcsWriter } from '../../core/bcs';
import { Address } from '../../core/values';
import { type AccountAuthenticator, FUNCTION_INFO, type FunctionInfo } from './authenticator';
import { ANY_PUBLIC_KEY, MULTI_KEY } from './keys';
import {
  encode,
  encodeRawTransaction,
  encodeSignedTransaction,
  RAW_TRANSACTION_WITH_DATA,
  type RawTransaction,
  type RawTransactionWithData,
  type SignedTransaction,
} from './transaction';

/** SHA3-256 of the type's name: whatever is signed or hashed begins with it. */
export function hashPrefix(type: string): Uint8Array {
  return sha3_256(new TextEncoder().encode(`APTOS::${type}`));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const writer = new BcsWriter();
  for (const part of parts) writer.bytes(part);
  return writer.finish();
}

/** Of a transaction with one signer. */
export function signingMessage(raw: RawTransaction): Uint8Array {
  return joined(hashPrefix('RawTransaction'), encodeRawTransaction(raw));
}

export function signingMessageWithData(value: RawTransactionWithData): Uint8Array {
  return joined(hashPrefix('RawTransactionWithData'), encode(RAW_TRANSACTION_WITH_DATA, value));
}

/** By which a transaction is found, 32 bytes. */
export function transactionHash(signed: SignedTransaction): Uint8Array {
  // Variant 0 of `Transaction`: one of a user.
  const user = Uint8Array.of(0);
  return sha3_256(joined(hashPrefix('Transaction'), user, encodeSignedTransaction(signed)));
}

/** What an abstract account's function gets to check, for the message that others sign. */
export function abstractionDigest(message: Uint8Array, info: FunctionInfo): Uint8Array {
  const data = new BcsWriter().uleb32(0).blob(message);
  FUNCTION_INFO.write(data, info);
  return sha3_256(joined(hashPrefix('AASigningData'), data.finish()));
}

/** Last byte of what an authentication key or a derived address is the hash of. */
export const SCHEME = {
  ed25519: 0,
  multiEd25519: 1,
  singleKey: 2,
  multiKey: 3,
  deriveDomainAbstraction: 5,
  deriveAuid: 251,
  deriveObjectFromObject: 252,
  deriveObjectFromGuid: 253,
  deriveObjectFromSeed: 254,
  deriveResourceAccount: 255,
} as const;

/** SHA3-256 of bytes and a scheme: an authentication key, or an address. */
export function derivedKey(preimage: Uint8Array, scheme: number): Uint8Array {
  return sha3_256(joined(preimage, Uint8Array.of(scheme)));
}

/** Of who signs; undefined for an abstract account and for a signer that gives no key. */
export function authenticationKey(authenticator: AccountAuthenticator): Uint8Array | undefined {
  switch (authenticator.kind) {
    case 'ed25519':
    case 'multiEd25519':
      return derivedKey(authenticator.publicKey, SCHEME[authenticator.kind]);
    case 'singleKey':
      return derivedKey(encode(ANY_PUBLIC_KEY, authenticator.publicKey), SCHEME.singleKey);
    case 'multiKey':
      return derivedKey(encode(MULTI_KEY, authenticator.publicKeys), SCHEME.multiKey);
    case 'none':
    case 'abstract':
      return undefined;
  }
}

/** Of an account whose address follows from a function and an identity. */
export function domainAbstractionAddress(info: FunctionInfo, identity: Uint8Array): Address {
  const writer = new BcsWriter();
  FUNCTION_INFO.write(writer, info);
  const preimage = writer.blob(identity).finish();
  return Address.fromBytes(derivedKey(preimage, SCHEME.deriveDomainAbstraction));
}
