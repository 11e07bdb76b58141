import { hexToBytes } from '@noble/hashes/utils.js';
import nacl from 'tweetnacl';
import { KeyringError } from './errors';
import { accountPath, type KeyringChain } from './paths';

/** One of the user's recovery phrases. */
export interface EntropySource {
  readonly id: string;
  readonly name: string;
  readonly primary: boolean;
}

/** Which key: a chain, an account's number, and the recovery phrase it comes from. */
export interface KeyLocation {
  readonly chain: KeyringChain;
  readonly index: number;
  readonly source: string;
}

/** The user's recovery phrases, the primary one first. */
export async function listEntropySources(): Promise<EntropySource[]> {
  const sources = await snap.request({ method: 'snap_listEntropySources' });
  return sources
    .map(({ id, name, primary }) => ({ id, name, primary }))
    .sort((left, right) => Number(right.primary) - Number(left.primary));
}

/**
 * Lends the secret key to `use`, and zeroes it when `use` is done.
 *
 * MetaMask derives the leaf itself, so no key above it ever enters the snap. Its answer holds the seed
 * as a string too, which JavaScript cannot erase: it is dropped at once and stored nowhere.
 *
 * @param use - synchronous, so that the key cannot outlive the call
 */
export async function withKeyPair<Result>(
  { chain, index, source }: KeyLocation,
  use: (pair: nacl.SignKeyPair) => Result,
): Promise<Result> {
  const seed = await readSeed(chain, index, source);
  let pair: nacl.SignKeyPair | undefined;
  try {
    pair = nacl.sign.keyPair.fromSeed(seed);
    return use(pair);
  } finally {
    seed.fill(0);
    pair?.secretKey.fill(0);
  }
}

async function readSeed(chain: KeyringChain, index: number, source: string): Promise<Uint8Array> {
  const path = accountPath(chain, index);
  let privateKey: string | undefined;
  try {
    const node = await snap.request({
      method: 'snap_getBip32Entropy',
      params: { path, curve: 'ed25519', source },
    });
    privateKey = node.privateKey;
  } catch {
    // The cause could quote what was asked for and how; the code says all that a caller needs.
    throw new KeyringError('entropy-unavailable', 'MetaMask did not give the key of this account');
  }
  if (privateKey === undefined || !/^0x[0-9a-f]{64}$/i.test(privateKey)) {
    throw new KeyringError('entropy-malformed', 'MetaMask gave no ed25519 key for this account');
  }
  return hexToBytes(privateKey.slice(2));
}
