/** Accounts of the local chain. Everyone knows their keys. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { accountAddress } from '../../src/chains/sui/address';

export interface LocalAccount {
  readonly name: string;
  /** 0x and 64 digits. */
  readonly address: string;
  readonly publicKey: Uint8Array;
  /** 32 bytes, the seed of an Ed25519 key. */
  readonly privateKey: Uint8Array;
}

function account(name: string): LocalAccount {
  const privateKey = sha256(new TextEncoder().encode(`lookahead localnet sui ${name}`));
  const publicKey = ed25519.getPublicKey(privateKey);
  return { name, address: accountAddress(publicKey), publicKey, privateKey };
}

export const FAUCET = account('faucet');
/** Publishes the demo, and keeps what its publication gives. */
export const PUBLISHER = account('publisher');
export const ACCOUNTS = {
  alice: account('alice'),
  bob: account('bob'),
  carol: account('carol'),
} as const;
