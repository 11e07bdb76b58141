/**
 * Personal messages: what is signed begins with an intent of its own, so that it can never count as a
 * transaction. Source: sui-types `crypto.rs`, the wallet standard's `sui:signPersonalMessage`.
 */
import { blake2b } from '@noble/hashes/blake2.js';
import { LookaheadError, MalformedError } from '../../../vm-preview/errors';
import { BcsWriter } from '../../../vm-preview/move/core/bcs';
import { parseTransaction } from '../../../vm-preview/move/sui/data';

/** `Intent`: scope personal message, version 0, application Sui. */
const MESSAGE_INTENT = Uint8Array.of(3, 0, 0);
const INTENT_BYTES = 3;
const MAX_MESSAGE = 0xffff;

export interface SuiSignableMessage {
  /** What the user reads; absent where the bytes are no text. */
  readonly text?: string;
  readonly message: Uint8Array;
  /** Exactly what is signed: 32 bytes. */
  readonly digest: Uint8Array;
}

/**
 * What may be signed of a site's message.
 *
 * @throws MalformedError `message-empty`, `message-too-long`, `message-is-transaction`
 */
export function signableMessage(given: Uint8Array): SuiSignableMessage {
  const message = Uint8Array.from(given);
  if (message.length === 0) throw new MalformedError('message-empty', 'the message is empty');
  if (message.length > MAX_MESSAGE) {
    throw new MalformedError('message-too-long', 'the message is longer than 65,535 bytes');
  }
  refuseTransaction(message);
  const digest = blake2b
    .create({ dkLen: 32 })
    .update(MESSAGE_INTENT)
    .update(new BcsWriter().blob(message).finish())
    .digest();
  const text = readText(message);
  return { message, digest, ...(text === undefined ? {} : { text }) };
}

/**
 * A site that has a transaction signed as a message means no good, though the chain would not take it.
 *
 * @throws MalformedError `message-is-transaction`
 */
export function refuseTransaction(message: Uint8Array): void {
  const hasIntent = message.subarray(0, INTENT_BYTES).every((byte) => byte === 0);
  if (
    isTransaction(message) ||
    (hasIntent && isTransaction(message.subarray(INTENT_BYTES))) ||
    isTransaction(decodedBase64(message))
  ) {
    throw new MalformedError('message-is-transaction', 'the message is a transaction');
  }
}

function isTransaction(bytes: Uint8Array | undefined): boolean {
  if (bytes === undefined) return false;
  try {
    parseTransaction(bytes);
    return true;
  } catch (error) {
    if (error instanceof LookaheadError) return false;
    throw error;
  }
}

/** A transaction may come as text too. */
function decodedBase64(message: Uint8Array): Uint8Array | undefined {
  const text = readText(message);
  if (text === undefined || !/^[A-Za-z0-9+/]{40,}={0,2}$/.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    // Text of those characters that is no base64.
    return undefined;
  }
}

function readText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Then it is shown as bytes.
    return undefined;
  }
}
