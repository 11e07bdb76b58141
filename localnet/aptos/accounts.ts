/** Accounts of the local chain. Everyone knows their keys. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { fullAddress } from '../../src/chains/aptos/address';
import { derivedKey, SCHEME } from '../../src/vm-preview/move/aptos/transaction';

export interface LocalAccount {
  readonly name: string;
  /** 0x and 64 digits. */
  readonly address: string;
  readonly authenticationKey: Uint8Array;
  readonly publicKey: Uint8Array;
  /** 32 bytes, the seed of an Ed25519 key. */
  readonly privateKey: Uint8Array;
}

/** @param address - of an account that has the key; by default the one that follows from the key */
function account(name: string, address?: string): LocalAccount {
  const privateKey = sha256(new TextEncoder().encode(`lookahead localnet aptos ${name}`));
  const publicKey = ed25519.getPublicKey(privateKey);
  const authenticationKey = derivedKey(publicKey, SCHEME.ed25519);
  return {
    name,
    address: address ?? fullAddress(authenticationKey),
    authenticationKey,
    publicKey,
    privateKey,
  };
}

/** `@core_resources`, which may mint on chains for tests. */
export const CORE_RESOURCES = `0x${'a550c18'.padStart(64, '0')}`;

export const FAUCET = account('faucet', CORE_RESOURCES);
export const ACCOUNTS = {
  alice: account('alice'),
  bob: account('bob'),
  carol: account('carol'),
} as const;
