/** Addresses, ids and digests as the preview has them: 0x and all 64 digits, and base58. */
import { blake2b } from '@noble/hashes/blake2.js';
import { base58 } from '@scure/base';
import { MalformedError } from '../../vm-preview/errors';
import { type TypeTag, typeTagText } from '../../vm-preview/move/core/types';
import { fromHex, toHex } from '../hex';

export function fullAddress(bytes: Uint8Array): string {
  return `0x${toHex(bytes)}`;
}

/**
 * @param text - with or without 0x and leading zeros
 * @throws MalformedError `address`
 */
export function parseAddress(text: string): string {
  const digits = text.replace(/^0x/, '');
  if (!/^[0-9a-fA-F]{1,64}$/.test(digits)) {
    throw new MalformedError('address', 'this is no Sui address', { text: text.slice(0, 80) });
  }
  return `0x${digits.toLowerCase().padStart(64, '0')}`;
}

export function addressBytes(text: string): Uint8Array {
  return fromHex(parseAddress(text));
}

/** Addresses that the chain keeps for its own packages and objects: nobody has a key of them. */
export function isSpecial(address: string): boolean {
  return /^0x0{60}[0-9a-f]{4}$/.test(address);
}

/** `0x2::coin::Coin<…>`, without leading zeros. */
export function typeText(tag: TypeTag): string {
  return typeTagText(tag);
}

/** Digests of transactions, effects, objects and checkpoints are base58 in text. */
export function digestText(digest: Uint8Array): string {
  return base58.encode(digest);
}

/** Undefined where the text is no digest of 32 bytes. */
export function parseDigest(text: string): Uint8Array | undefined {
  // 32 bytes never take more than 44 characters; decoding is quadratic.
  if (!/^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(text)) return undefined;
  const bytes = base58.decode(text);
  return bytes.length === 32 ? bytes : undefined;
}

const ED25519_FLAG = 0;

/** @param publicKey - of Ed25519, 32 bytes */
export function accountAddress(publicKey: Uint8Array): string {
  return fullAddress(blake2b(Uint8Array.of(ED25519_FLAG, ...publicKey), { dkLen: 32 }));
}

export const FRAMEWORK = parseAddress('0x2');
export const SUI_TYPE = '0x2::sui::SUI';
