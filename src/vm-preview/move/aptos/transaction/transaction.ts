/** Transactions as they are signed and sent. Source: aptos-core `types/src/transaction/mod.rs`. */
import { BcsReader, BcsWriter } from '../../core/bcs';
import type { Address } from '../../core/values';
import {
  ACCOUNT_AUTHENTICATOR,
  type AccountAuthenticator,
  TRANSACTION_AUTHENTICATOR,
  type TransactionAuthenticator,
} from './authenticator';
import { ADDRESS, type Codec, list, option, struct, u8, u64, union } from './codec';
import { TRANSACTION_PAYLOAD, type TransactionPayload } from './payload';

export interface RawTransaction {
  readonly sender: Address;
  /** 2^64 - 1 in a transaction with a nonce. */
  readonly sequenceNumber: bigint;
  readonly payload: TransactionPayload;
  /** Gas units. */
  readonly maxGasAmount: bigint;
  /** Octas for a gas unit. */
  readonly gasUnitPrice: bigint;
  /** Seconds since 1970. */
  readonly expirationTimestampSecs: bigint;
  readonly chainId: number;
}

export interface SignedTransaction {
  readonly raw: RawTransaction;
  readonly authenticator: TransactionAuthenticator;
}

/** What several signers sign. */
export type RawTransactionWithData =
  | {
      readonly kind: 'multiAgent';
      readonly raw: RawTransaction;
      readonly secondaryAddresses: readonly Address[];
    }
  | {
      readonly kind: 'feePayer';
      readonly raw: RawTransaction;
      readonly secondaryAddresses: readonly Address[];
      /** Zero where the payer is not known yet to who signs. */
      readonly feePayerAddress: Address;
    };

/** As @aptos-labs/ts-sdk's `SimpleTransaction` and `MultiAgentTransaction` are written. */
export interface UnsignedTransaction {
  readonly raw: RawTransaction;
  /** Undefined in a simple transaction, which has no place for them. */
  readonly secondaryAddresses: readonly Address[] | undefined;
  readonly feePayerAddress: Address | undefined;
}

export const RAW_TRANSACTION: Codec<RawTransaction> = struct<RawTransaction>({
  sender: ADDRESS,
  sequenceNumber: u64('sequence number'),
  payload: TRANSACTION_PAYLOAD,
  maxGasAmount: u64('maximal gas amount'),
  gasUnitPrice: u64('gas unit price'),
  expirationTimestampSecs: u64('expiration'),
  chainId: u8('chain id'),
});

export const SIGNED_TRANSACTION: Codec<SignedTransaction> = struct<SignedTransaction>({
  raw: RAW_TRANSACTION,
  authenticator: TRANSACTION_AUTHENTICATOR,
});

const SECONDARY = list('addresses of secondary signers', ADDRESS);

export const RAW_TRANSACTION_WITH_DATA: Codec<RawTransactionWithData> =
  union<RawTransactionWithData>('transaction of several signers', [
    ['multiAgent', struct({ raw: RAW_TRANSACTION, secondaryAddresses: SECONDARY })],
    [
      'feePayer',
      struct({ raw: RAW_TRANSACTION, secondaryAddresses: SECONDARY, feePayerAddress: ADDRESS }),
    ],
  ]);

const FEE_PAYER = option('fee payer', ADDRESS);

/** @throws BcsError, MalformedError, CannotPreview for a kind known and not supported */
export function decode<T>(codec: Codec<T>, bytes: Uint8Array, what = 'the transaction'): T {
  const reader = new BcsReader(bytes);
  const value = codec.read(reader);
  reader.end(what);
  return value;
}

export function encode<T>(codec: Codec<T>, value: T): Uint8Array {
  const writer = new BcsWriter();
  codec.write(writer, value);
  return writer.finish();
}

/** @throws as `decode` */
export function parseRawTransaction(bytes: Uint8Array): RawTransaction {
  return decode(RAW_TRANSACTION, bytes);
}

/** @throws as `decode` */
export function parseSignedTransaction(bytes: Uint8Array): SignedTransaction {
  return decode(SIGNED_TRANSACTION, bytes);
}

/** @throws as `decode` */
export function parseAccountAuthenticator(bytes: Uint8Array): AccountAuthenticator {
  return decode(ACCOUNT_AUTHENTICATOR, bytes, 'the authenticator');
}

/**
 * What the SDK's wallet interface hands over: a raw transaction, then a fee payer where there is one.
 *
 * @throws as `decode`
 */
export function parseSimpleTransaction(bytes: Uint8Array): UnsignedTransaction {
  const reader = new BcsReader(bytes);
  const raw = RAW_TRANSACTION.read(reader);
  const feePayerAddress = FEE_PAYER.read(reader);
  reader.end('the transaction');
  return { raw, secondaryAddresses: undefined, feePayerAddress };
}

/** As `parseSimpleTransaction`, with addresses of secondary signers before the fee payer. */
export function parseMultiAgentTransaction(bytes: Uint8Array): UnsignedTransaction {
  const reader = new BcsReader(bytes);
  const raw = RAW_TRANSACTION.read(reader);
  const secondaryAddresses = SECONDARY.read(reader);
  const feePayerAddress = FEE_PAYER.read(reader);
  reader.end('the transaction');
  return { raw, secondaryAddresses, feePayerAddress };
}

export const encodeRawTransaction = (raw: RawTransaction): Uint8Array =>
  encode(RAW_TRANSACTION, raw);

export const encodeSignedTransaction = (signed: SignedTransaction): Uint8Array =>
  encode(SIGNED_TRANSACTION, signed);
