/** Digests: blake2b-256 of the type's name, two colons, and BCS (sui-types, crypto.rs `default_hash`). */
import { blake2b } from '@noble/hashes/blake2.js';
import type { SuiObject } from '../state';
import type { SuiEvent } from '../types';
import { encode } from './codec';
import { EFFECTS, type TransactionEffects } from './effects';
import { EVENTS } from './event';
import { encodeObject, type ObjectRef } from './object';
import { encodeTransaction, type TransactionData } from './transaction';

const NAMES = new TextEncoder();

/** @param name - of the Rust type that is hashed, e.g. `TransactionData` */
export function digestOf(name: string, bcs: Uint8Array): Uint8Array {
  return blake2b
    .create({ dkLen: 32 })
    .update(NAMES.encode(`${name}::`))
    .update(bcs)
    .digest();
}

export const transactionDigest = (transaction: TransactionData): Uint8Array =>
  digestOf('TransactionData', encodeTransaction(transaction));

export const objectDigest = (object: SuiObject): Uint8Array =>
  digestOf('Object', encodeObject(object));

export const effectsDigest = (effects: TransactionEffects): Uint8Array =>
  digestOf('TransactionEffects', encode(EFFECTS, effects));

export const eventsDigest = (events: readonly SuiEvent[]): Uint8Array =>
  digestOf('TransactionEvents', encode(EVENTS, events));

export const objectRef = (object: SuiObject): ObjectRef => ({
  id: object.id,
  version: object.version,
  digest: objectDigest(object),
});
