/** Bits of JSON as SDKs write them, read without believing any of it. */
import { base58 } from '@scure/base';
import { MalformedError } from '../../../../src/vm-preview/errors';

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** JSON that says all of a transaction. */
export interface WholeTransaction {
  /** What it was read as: `JSON of @solana/kit`. */
  readonly form: string;
  readonly bytes: Uint8Array;
}

/** As 1,232 bytes take, which is the most that is written so: it takes time by the square of its length. */
const MAX_BASE58 = 1_700;

export function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

export function isArray(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json);
}

/** Own fields only. */
export function field(json: Json | undefined, name: string): Json | undefined {
  return isObject(json) && Object.hasOwn(json, name) ? json[name] : undefined;
}

export function has(json: Json | undefined, ...names: readonly string[]): boolean {
  return names.every((name) => field(json, name) !== undefined);
}

/** For what has the form of a transaction, and cannot be read all the same. */
export function unreadable(what: string): MalformedError {
  return new MalformedError('transaction-json', `in this JSON ${what}`);
}

/** For what only the SDK that wrote it can complete. */
export function unresolved(text: string): MalformedError {
  return new MalformedError('transaction-unresolved', text);
}

export function textOf(json: Json | undefined, what: string): string {
  if (typeof json === 'string') return json;
  throw unreadable(`${what} is no text`);
}

export function listOf(json: Json | undefined, what: string): readonly Json[] {
  if (isArray(json)) return json;
  throw unreadable(`${what} is no list`);
}

/** Numbers, also as digits. */
export function bigOf(json: Json | undefined, what: string): bigint {
  if (typeof json === 'number' && Number.isSafeInteger(json) && json >= 0) return BigInt(json);
  if (typeof json === 'string' && /^\d{1,78}$/.test(json)) return BigInt(json);
  throw unreadable(`${what} is no whole number`);
}

export function numberOf(json: Json | undefined, what: string, max = 0xffff_ffff): number {
  const value = bigOf(json, what);
  if (value > BigInt(max)) throw unreadable(`${what} is too large`);
  return Number(value);
}

/**
 * Bytes in any form that `JSON.stringify` gives them: a list of numbers, a Uint8Array's object of numbers, a
 * Buffer's `{type, data}`; undefined for all else.
 */
export function bytesIn(json: Json | undefined): Uint8Array | undefined {
  if (isArray(json)) return fromNumbers(json);
  if (!isObject(json)) return undefined;
  const { data, type } = json;
  if (type === 'Buffer' && isArray(data)) return fromNumbers(data);
  const values = Object.values(json);
  if (values.length === 0 || !Object.hasOwn(json, String(values.length - 1))) return undefined;
  return fromNumbers(values.map((_, index) => json[String(index)] ?? null));
}

function fromNumbers(numbers: readonly Json[]): Uint8Array | undefined {
  const isBytes = numbers.every(
    (one) => typeof one === 'number' && Number.isInteger(one) && one >= 0 && one <= 255,
  );
  return isBytes ? Uint8Array.from(numbers, Number) : undefined;
}

export function base58Of(text: string, what: string): Uint8Array {
  const bytes = fromBase58(text);
  if (bytes === undefined) throw unreadable(`${what} is not base58`);
  return bytes;
}

export function fromBase58(text: string): Uint8Array | undefined {
  return text.length <= MAX_BASE58 && /^[1-9A-HJ-NP-Za-km-z]+$/.test(text)
    ? base58.decode(text)
    : undefined;
}

/** Also of the kind for links, and without padding. */
export function fromBase64(text: string): Uint8Array | undefined {
  const standard = text.replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, '');
  if (!/^[A-Za-z0-9+/]+$/.test(standard) || standard.length % 4 === 1) return undefined;
  return Uint8Array.from(atob(standard), (character) => character.charCodeAt(0));
}

export function fromHex(text: string): Uint8Array | undefined {
  const digits = text.replace(/^0x/i, '');
  if (!/^(?:[0-9a-f]{2})+$/i.test(digits)) return undefined;
  const bytes = new Uint8Array(digits.length / 2);
  for (let i = 0; i < bytes.length; i += 1) {
    bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  }
  return bytes;
}
