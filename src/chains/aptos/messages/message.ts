/**
 * Messages that are no transactions: what is signed names the account, the site and the network, whatever
 * the site asks for, so that the signature counts nowhere else. Source: AIP-62 and the wallet standard's
 * `aptos:signMessage`.
 */
import { MalformedError } from '../../../vm-preview/errors';
import { hashPrefix } from '../../../vm-preview/move/aptos/transaction';
import { parseAddress } from '../address';

const PREFIX = 'APTOS';
const MAX_MESSAGE = 0xffff;
const MAX_NONCE = 200;

/** Who signs, for whom, where. */
export interface MessageContext {
  /** Origin of the page, e.g. `https://example.org`. */
  readonly application: string;
  readonly address: string;
  readonly chainId: number;
}

export interface AptosMessageRequest {
  readonly message: string;
  readonly nonce: string;
}

export interface AptosSignableMessage {
  readonly prefix: typeof PREFIX;
  readonly address: string;
  readonly application: string;
  readonly chainId: number;
  readonly message: string;
  readonly nonce: string;
  /** What is signed, as text. */
  readonly fullMessage: string;
  /** Exactly what is signed. */
  readonly bytes: Uint8Array;
}

/**
 * What may be signed of a site's message.
 *
 * @throws MalformedError `message-empty`, `message-too-long`, `message-nonce`
 */
export function signableMessage(
  { message, nonce }: AptosMessageRequest,
  context: MessageContext,
): AptosSignableMessage {
  if (message === '') throw new MalformedError('message-empty', 'the message is empty');
  if (message.length > MAX_MESSAGE) {
    throw new MalformedError('message-too-long', 'the message is longer than 65,535 characters');
  }
  // A line break would let it stand for further fields.
  if (nonce === '' || nonce.length > MAX_NONCE || /[\p{Cc}\u2028\u2029]/u.test(nonce)) {
    throw new MalformedError('message-nonce', 'the nonce must be one line of text');
  }
  const address = parseAddress(context.address);
  const { application, chainId } = context;
  const fullMessage = [
    PREFIX,
    `address: ${address}`,
    `application: ${application}`,
    `chainId: ${chainId}`,
    `message: ${message}`,
    `nonce: ${nonce}`,
  ].join('\n');
  const bytes = new TextEncoder().encode(fullMessage);
  refuseTransaction(bytes);
  return { prefix: PREFIX, address, application, chainId, message, nonce, fullMessage, bytes };
}

const SIGNED_TYPES = ['RawTransaction', 'RawTransactionWithData'];

/** @throws MalformedError `message-is-transaction` when a signature of the bytes would be one of a transaction */
export function refuseTransaction(bytes: Uint8Array): void {
  const begins = (prefix: Uint8Array) => prefix.every((byte, i) => bytes[i] === byte);
  if (SIGNED_TYPES.map(hashPrefix).some(begins)) {
    throw new MalformedError('message-is-transaction', 'the message is a transaction');
  }
}
