/**
 * Messages that are no transactions. The envelope begins with a byte that no transaction begins with.
 * Source: solana-sdk `offchain-message/src/lib.rs`; agave `docs` proposal "Off-Chain Message Signing",
 * whose longer preamble names the application and the signers.
 */
import { MalformedError } from '../../../vm-preview/errors';
import { parseMessage, parseTransaction } from '../../../vm-preview/svm';
import { ByteReader } from '../bytes';

const DOMAIN = Uint8Array.of(0xff, ...new TextEncoder().encode('solana offchain'));
/** Domain, version, format, length. */
const SHORT_HEADER_BYTES = DOMAIN.length + 4;
/** What a hardware wallet can show: a packet less the header. */
const MAX_SHORT_TEXT = 1232 - SHORT_HEADER_BYTES;
const MAX_TEXT = 0xffff - SHORT_HEADER_BYTES;

const FORMAT = { ascii: 0, limitedUtf8: 1, extendedUtf8: 2 } as const;

export interface SignableMessage {
  /** Exactly what is signed. */
  readonly bytes: Uint8Array;
  /** What the user reads; absent where the bytes are no text. */
  readonly text?: string;
  /** `offchain` in the envelope, `plain` as it came. */
  readonly form: 'plain' | 'offchain';
}

/**
 * What may be signed of a site's message. One that is in the envelope already stays as it is; the
 * rest is signed plain, as sites expect it, or put into the envelope.
 *
 * @param address - whose signature it is; an envelope that names signers must name it
 * @throws MalformedError `message-is-transaction`, `message-empty`, `message-too-long`,
 * `message-envelope`, `message-not-text`, `message-other-signer`
 */
export function signableMessage(
  message: string | Uint8Array,
  address: string,
  form: 'plain' | 'offchain' = 'plain',
): SignableMessage {
  const bytes = typeof message === 'string' ? new TextEncoder().encode(message) : message.slice();
  if (bytes.length === 0) throw new MalformedError('message-empty', 'the message is empty');
  if (bytes.length > 0xffff) {
    throw new MalformedError('message-too-long', 'the message is longer than 65,535 bytes');
  }
  if (isEnveloped(bytes)) {
    return { bytes, text: parseOffchainMessage(bytes, address).text, form: 'offchain' };
  }
  refuseTransaction(bytes);
  const text = decodeText(bytes);
  if (form === 'offchain') {
    if (text === undefined) {
      throw new MalformedError('message-not-text', 'the message is not text');
    }
    return { bytes: offchainMessage(text), text, form };
  }
  return { bytes, form, ...(text === undefined ? {} : { text }) };
}

/** @throws MalformedError `message-is-transaction` when a signature of the bytes would be one of a transaction */
export function refuseTransaction(bytes: Uint8Array): void {
  if (parses(() => parseTransaction(bytes)) || parses(() => parseMessage(bytes))) {
    throw new MalformedError(
      'message-is-transaction',
      'the message is a transaction in disguise, and is not signed as a message',
    );
  }
}

function parses(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch (error) {
    if (error instanceof MalformedError) return false;
    throw error;
  }
}

function isEnveloped(bytes: Uint8Array): boolean {
  return DOMAIN.every((byte, index) => bytes[index] === byte);
}

/** The text in the envelope of version 0, in the most limited format that fits it. */
export function offchainMessage(text: string): Uint8Array {
  const content = new TextEncoder().encode(text);
  if (content.length === 0) throw new MalformedError('message-empty', 'the message is empty');
  if (content.length > MAX_TEXT) {
    throw new MalformedError('message-too-long', `the message is longer than ${MAX_TEXT} bytes`);
  }
  const bytes = new Uint8Array(SHORT_HEADER_BYTES + content.length);
  bytes.set(DOMAIN);
  const format =
    content.length > MAX_SHORT_TEXT
      ? FORMAT.extendedUtf8
      : isPrintableAscii(content)
        ? FORMAT.ascii
        : FORMAT.limitedUtf8;
  bytes[DOMAIN.length + 1] = format;
  new DataView(bytes.buffer).setUint16(DOMAIN.length + 2, content.length, true);
  bytes.set(content, SHORT_HEADER_BYTES);
  return bytes;
}

export interface OffchainMessage {
  readonly text: string;
  readonly format: number;
  /** Of the longer preamble; empty in the short one. */
  readonly signers: readonly string[];
}

/**
 * Reads an envelope, with the short or the long preamble.
 *
 * @param address - must be among the signers, where they are named
 * @throws MalformedError `message-envelope`, `message-other-signer`
 */
export function parseOffchainMessage(bytes: Uint8Array, address?: string): OffchainMessage {
  const message = readShort(bytes) ?? readLong(bytes);
  if (message === undefined) {
    throw new MalformedError('message-envelope', 'the off-chain message is not well formed');
  }
  if (address !== undefined && message.signers.length > 0 && !message.signers.includes(address)) {
    throw new MalformedError(
      'message-other-signer',
      'the off-chain message asks for the signature of another account',
    );
  }
  return message;
}

function readShort(bytes: Uint8Array): OffchainMessage | undefined {
  return readParts(
    bytes,
    (reader) => ({ format: reader.u8(), signers: [] }),
    MAX_SHORT_TEXT,
    MAX_TEXT,
  );
}

function readLong(bytes: Uint8Array): OffchainMessage | undefined {
  return readParts(
    bytes,
    (reader) => {
      reader.skip(32);
      const format = reader.u8();
      const signers: string[] = [];
      for (let left = reader.u8(); left > 0; left -= 1) signers.push(reader.pubkey().toBase58());
      return { format, signers };
    },
    1232,
    0xffff,
  );
}

function readParts(
  bytes: Uint8Array,
  preamble: (reader: ByteReader) => { format: number; signers: readonly string[] },
  maxShort: number,
  max: number,
): OffchainMessage | undefined {
  if (!isEnveloped(bytes)) return undefined;
  const reader = new ByteReader(bytes, DOMAIN.length);
  const read = (): OffchainMessage | undefined => {
    if (reader.u8() !== 0) return undefined;
    const { format, signers } = preamble(reader);
    const length = reader.u16();
    if (length === 0 || length !== reader.remaining) return undefined;
    const content = reader.take(length);
    const limit = format === FORMAT.extendedUtf8 ? max : maxShort;
    const text = decodeText(content);
    if (format > FORMAT.extendedUtf8 || length > limit || text === undefined) return undefined;
    if (format === FORMAT.ascii && !isPrintableAscii(content)) return undefined;
    return { text, format, signers };
  };
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
}

function isPrintableAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 0x20 && byte <= 0x7e);
}

/** The text, or `undefined` when the bytes are not UTF-8. */
function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // `fatal` knows one error only, and its class is another one in another realm.
    return undefined;
  }
}
