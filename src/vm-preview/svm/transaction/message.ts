/**
 * Transactions on the wire: legacy, version 0 (with lookup tables) and version 1 (SIMD-0385).
 * Source: solana-sdk `message/src`, `transaction/src/versioned`; agave `transaction-view/src`.
 */
import { MalformedError } from '../../errors';
import type { Pubkey } from '../pubkey';
import {
  type Codec,
  compactArray,
  compactBytes,
  fixedBytes,
  pubkey,
  readMany,
  struct,
  u8,
  WireReader,
  WireWriter,
} from './codec';
import { type MessageV1Body, messageV1Body } from './message-v1';

export interface MessageHeader {
  readonly numRequiredSignatures: number;
  /** The last of the signers. */
  readonly numReadonlySigned: number;
  /** The last of the static keys. */
  readonly numReadonlyUnsigned: number;
}

/** An instruction as the message holds it: indexes of the transaction's accounts. */
export interface CompiledInstruction {
  readonly programIdIndex: number;
  /** u8 indexes into the static keys and then the looked-up ones. */
  readonly accounts: Uint8Array;
  readonly data: Uint8Array;
}

export interface AddressTableLookup {
  readonly table: Pubkey;
  readonly writableIndexes: Uint8Array;
  readonly readonlyIndexes: Uint8Array;
}

/** What a version 1 message asks for, instead of Compute Budget instructions. */
export interface TransactionConfig {
  /** In lamports, a u64. */
  readonly priorityFee?: bigint;
  readonly computeUnitLimit?: number;
  /** In bytes. */
  readonly loadedAccountsDataSizeLimit?: number;
  /** In bytes. */
  readonly heapSize?: number;
}

export type TransactionVersion = 'legacy' | 0 | 1;

export interface Message {
  readonly version: TransactionVersion;
  readonly header: MessageHeader;
  readonly staticKeys: readonly Pubkey[];
  /** 32 bytes: a recent blockhash or a nonce. */
  readonly recentBlockhash: Uint8Array;
  readonly instructions: readonly CompiledInstruction[];
  /** Empty unless version 0. */
  readonly lookups: readonly AddressTableLookup[];
  /** Empty unless version 1. */
  readonly config: TransactionConfig;
}

export interface ParsedTransaction extends Message {
  /** 64 bytes each; all zero where none was given yet. */
  readonly signatures: readonly Uint8Array[];
  /** What is signed. */
  readonly messageBytes: Uint8Array;
}

export const SIGNATURE_BYTES = 64;
/** In bytes, of a whole transaction. */
export const MAX_TRANSACTION_BYTES = 1232;
export const MAX_TRANSACTION_V1_BYTES = 4096;
/** As many signatures with their keys as 1,232 bytes hold. */
export const MAX_SIGNATURES = 12;

/** Set in the first byte of a versioned message. */
const VERSION_FLAG = 0x80;

const signature = fixedBytes(SIGNATURE_BYTES, 'signatures');

const signatures = compactArray(signature, 'signatures', {
  max: MAX_SIGNATURES,
  code: 'transaction-too-many-signatures',
});

export const messageHeader: Codec<MessageHeader> = struct<MessageHeader>({
  numRequiredSignatures: u8('header'),
  numReadonlySigned: u8('header'),
  numReadonlyUnsigned: u8('header'),
});

const instruction = struct<CompiledInstruction>({
  programIdIndex: u8('instructions'),
  accounts: compactBytes("instruction's accounts"),
  data: compactBytes("instruction's data"),
});

const lookup = struct<AddressTableLookup>({
  table: pubkey('address table lookups'),
  writableIndexes: compactBytes('writable lookup indexes'),
  readonlyIndexes: compactBytes('read-only lookup indexes'),
});

type LegacyBody = Pick<Message, 'header' | 'staticKeys' | 'recentBlockhash' | 'instructions'>;

const LEGACY_FIELDS = {
  header: messageHeader,
  // As many keys as 1,232 bytes hold.
  staticKeys: compactArray(pubkey('account addresses'), 'account addresses', {
    max: 38,
    code: 'transaction-too-many-accounts',
  }),
  recentBlockhash: fixedBytes(32, 'recent blockhash'),
  instructions: compactArray(instruction, 'instructions'),
} as const;

const legacyBody = struct<LegacyBody>(LEGACY_FIELDS);

const messageV0Body = struct<LegacyBody & Pick<Message, 'lookups'>>({
  ...LEGACY_FIELDS,
  // As many tables, each with one index, as fit in 1,232 bytes.
  lookups: compactArray(lookup, 'address table lookups', {
    max: 31,
    code: 'transaction-too-many-lookups',
  }),
});

function readMessage(reader: WireReader): Message {
  const first = reader.peek();
  if (first === undefined || (first & VERSION_FLAG) === 0) {
    return { version: 'legacy', ...legacyBody.read(reader), lookups: [], config: {} };
  }
  reader.u8('version');
  const version = first & ~VERSION_FLAG;
  if (version === 0) return { version, ...messageV0Body.read(reader), config: {} };
  if (version === 1) return { version, ...messageV1Body.read(reader), lookups: [] };
  throw new MalformedError(
    'transaction-version-unknown',
    `version ${version} of transactions is not known`,
    { version },
  );
}

/** The bytes that are signed. */
export function encodeMessage(message: Message): Uint8Array {
  const writer = new WireWriter();
  if (message.version === 'legacy') {
    legacyBody.write(writer, message);
  } else {
    writer.u8(VERSION_FLAG | message.version);
    if (message.version === 0) messageV0Body.write(writer, message);
    else messageV1Body.write(writer, message satisfies MessageV1Body);
  }
  return writer.finish();
}

/** A message alone, as a signer is given it in some requests. Throws as `parseTransaction` does. */
export function parseMessage(bytes: Uint8Array): Message {
  checkSize(bytes);
  const reader = new WireReader(bytes);
  const message = readMessage(reader);
  reader.end();
  return message;
}

/** From version 1 on, the signatures follow the message, and a first byte says so. */
function isVersion1OrLater(bytes: Uint8Array): boolean {
  return ((bytes[0] ?? 0) & VERSION_FLAG) !== 0;
}

function checkSize(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new MalformedError('transaction-empty', 'the transaction is empty');
  const max = bytes[0] === (VERSION_FLAG | 1) ? MAX_TRANSACTION_V1_BYTES : MAX_TRANSACTION_BYTES;
  if (bytes.length > max) {
    throw new MalformedError(
      'transaction-too-large',
      `the transaction has ${bytes.length} bytes, and no more than ${max} are allowed`,
      { length: bytes.length, max },
    );
  }
}

/**
 * Reads a transaction of any version. It checks the form only; what the chain calls sanitizing
 * (indexes in bounds, a fee payer, …) is part of running it.
 *
 * @throws MalformedError `transaction-empty`, `-too-large`, `-truncated`, `-trailing-bytes`,
 * `-length-encoding`, `-version-unknown`, `-version-misplaced`, `-too-many-signatures`,
 * `-too-many-accounts`, `-too-many-lookups`, `-config-mask`
 */
export function parseTransaction(bytes: Uint8Array): ParsedTransaction {
  checkSize(bytes);
  const reader = new WireReader(bytes);
  if (isVersion1OrLater(bytes)) {
    if (bytes[0] === VERSION_FLAG) throw misplacedVersion(0);
    const message = readMessage(reader);
    const messageBytes = bytes.slice(0, reader.offset);
    const given = readMany(signature, reader, message.header.numRequiredSignatures);
    reader.end();
    return parsed(message, given, messageBytes);
  }
  const given = signatures.read(reader);
  const messageBytes = bytes.slice(reader.offset);
  const message = readMessage(reader);
  if (message.version === 1) throw misplacedVersion(1);
  reader.end();
  return parsed(message, given, messageBytes);
}

/** Field by field: spreading the message takes longer than reading it did. */
function parsed(
  { version, header, staticKeys, recentBlockhash, instructions, lookups, config }: Message,
  given: readonly Uint8Array[],
  messageBytes: Uint8Array,
): ParsedTransaction {
  return {
    version,
    header,
    staticKeys,
    recentBlockhash,
    instructions,
    lookups,
    config,
    signatures: given,
    messageBytes,
  };
}

function misplacedVersion(version: TransactionVersion): MalformedError {
  return new MalformedError(
    'transaction-version-misplaced',
    version === 1
      ? 'the signatures of a version 1 transaction follow its message'
      : `the signatures of a version ${version} transaction precede its message`,
    { version },
  );
}

/** The transaction's bytes: `parseTransaction` of them gives the same message and signatures. */
export function encodeTransaction(message: Message, given: readonly Uint8Array[]): Uint8Array {
  const writer = new WireWriter();
  if (message.version !== 1) signatures.write(writer, given);
  writer.put(encodeMessage(message));
  if (message.version === 1) for (const item of given) signature.write(writer, item);
  return writer.finish();
}
