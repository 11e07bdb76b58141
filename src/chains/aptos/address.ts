/** Addresses as the preview has them: 0x and all 64 digits. */
import { sha3_256 } from '@noble/hashes/sha3.js';
import { MalformedError } from '../../vm-preview/errors';
import { SCHEME } from '../../vm-preview/move/aptos/transaction';
import { Address } from '../../vm-preview/move/core/values';
import { fromHex, toHex } from '../hex';

export function fullAddress(address: Address | Uint8Array): string {
  return `0x${address instanceof Address ? address.hex : toHex(address)}`;
}

/**
 * @param text - with or without 0x and leading zeros
 * @throws MalformedError `address`
 */
export function parseAddress(text: string): string {
  const digits = text.replace(/^0x/, '');
  if (!/^[0-9a-fA-F]{1,64}$/.test(digits)) {
    throw new MalformedError('address', 'this is no Aptos address', { text: text.slice(0, 80) });
  }
  return `0x${digits.toLowerCase().padStart(64, '0')}`;
}

export function addressBytes(text: string): Uint8Array {
  return fromHex(parseAddress(text));
}

/** 0x0 to 0xf, which the chain's own packages and objects have. */
export function isSpecial(address: string): boolean {
  return /^0x0{63}[0-9a-f]$/.test(address);
}

/** @param source - 32 bytes of the object's or account's address */
function derived(source: Uint8Array, seed: Uint8Array, scheme: number): string {
  return fullAddress(sha3_256(Uint8Array.of(...source, ...seed, scheme)));
}

/** `object::create_user_derived_object_address`: the owner's primary store of a fungible asset. */
export function primaryStore(owner: string, metadata: string): string {
  return derived(addressBytes(owner), addressBytes(metadata), SCHEME.deriveObjectFromObject);
}

export const FRAMEWORK = parseAddress('0x1');
/** Metadata object of the coin that pays for gas. */
export const APT_METADATA = parseAddress('0xa');
export const APTOS_COIN = '0x1::aptos_coin::AptosCoin';

/** The fungible asset that a coin migrates to (`coin::create_and_return_paired_metadata_if_not_exist`). */
export function pairedMetadata(coinType: string): string {
  if (coinType === APTOS_COIN) return APT_METADATA;
  const seed = new TextEncoder().encode(coinType);
  return derived(addressBytes(APT_METADATA), seed, SCHEME.deriveObjectFromSeed);
}
