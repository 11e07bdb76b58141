import { bytesToHex } from '@noble/hashes/utils.js';
import nacl from 'tweetnacl';
import { addressOf } from './address';
import { type KeyLocation, withKeyPair } from './entropy';
import { KeyringError } from './errors';

/** An account of the user's: where its key is found, and what is public about it. */
export interface KeyringAccount extends KeyLocation {
  /** In the chain's own text form. */
  readonly address: string;
  /** Hex of 32 bytes, ed25519. */
  readonly publicKey: string;
}

/** Derives the account at a location. */
export async function deriveAccount(location: KeyLocation): Promise<KeyringAccount> {
  const publicKey = await withKeyPair(location, (pair) => pair.publicKey.slice());
  return {
    chain: location.chain,
    index: location.index,
    source: location.source,
    address: addressOf(location.chain, publicKey),
    publicKey: bytesToHex(publicKey),
  };
}

/**
 * Signs exactly these bytes, ed25519.
 *
 * @returns 64 bytes
 * @throws KeyringError `account-mismatch` when the key that is found there is not the account's
 */
export async function sign(account: KeyringAccount, message: Uint8Array): Promise<Uint8Array> {
  return withKeyPair(account, (pair) => {
    if (addressOf(account.chain, pair.publicKey) !== account.address) {
      throw new KeyringError('account-mismatch', 'the key found is not that of this account');
    }
    return nacl.sign.detached(message, pair.secretKey);
  });
}
