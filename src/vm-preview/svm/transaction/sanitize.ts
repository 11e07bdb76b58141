/**
 * What a transaction must be before the chain looks at any account.
 * Source: agave `transaction-view/src/sanitize.rs`, `runtime/src/bank.rs` (`verify_transaction`);
 * solana-sdk `message/src/{legacy,versions/v0/mod,versions/v1/message}.rs` (`sanitize`, `validate`).
 */
import { TransactionFailure } from '../errors/transaction-error';
import type { FeatureSet } from '../features/feature-set';
import { MAX_HEAP_FRAME_BYTES, MIN_HEAP_FRAME_BYTES } from '../runtime/execution-budget';
import { MAX_ACCOUNTS_PER_INSTRUCTION } from '../runtime/limits';
import { MAX_SIGNATURES, type Message, type ParsedTransaction } from './message';

/** SIMD-0160. */
const MAX_INSTRUCTIONS = 64;
/** Indexes of accounts are u8. */
const MAX_ACCOUNT_KEYS = 256;
const MAX_V1_ACCOUNT_KEYS = 64;

export function isValidHeapSize(bytes: number): boolean {
  return bytes >= MIN_HEAP_FRAME_BYTES && bytes <= MAX_HEAP_FRAME_BYTES && bytes % 1024 === 0;
}

function headerIsSane(message: Message): boolean {
  const { numRequiredSignatures, numReadonlySigned, numReadonlyUnsigned } = message.header;
  // The fee payer comes first, signs and is writable.
  return (
    numReadonlySigned < numRequiredSignatures &&
    numRequiredSignatures <= MAX_SIGNATURES &&
    numRequiredSignatures + numReadonlyUnsigned <= message.staticKeys.length
  );
}

function lookupsAreSane(message: Message): boolean {
  return message.lookups.every(
    (lookup) => lookup.writableIndexes.length + lookup.readonlyIndexes.length > 0,
  );
}

function accountCount(message: Message): number {
  return message.lookups.reduce(
    (sum, lookup) => sum + lookup.writableIndexes.length + lookup.readonlyIndexes.length,
    message.staticKeys.length,
  );
}

function instructionsAreSane(message: Message, features: FeatureSet): boolean {
  const keys = accountCount(message);
  const limit = features.isActive('limit_instruction_accounts')
    ? MAX_ACCOUNTS_PER_INSTRUCTION
    : Number.POSITIVE_INFINITY;
  return message.instructions.every(
    ({ programIdIndex, accounts }) =>
      // A program is a static key, and never the fee payer.
      programIdIndex > 0 &&
      programIdIndex < message.staticKeys.length &&
      accounts.length <= limit &&
      accounts.every((index) => index < keys),
  );
}

/** Version 1 fixes at this point what the others leave to later checks. */
function version1IsSane(message: Message): boolean {
  if (message.version !== 1) return true;
  const { heapSize } = message.config;
  const keys = message.staticKeys.map(({ key }) => key);
  return (
    keys.length <= MAX_V1_ACCOUNT_KEYS &&
    new Set(keys).size === keys.length &&
    (heapSize === undefined || isValidHeapSize(heapSize))
  );
}

/** @throws TransactionFailure UnsupportedVersion; SanitizeFailure when there are too many instructions */
export function checkVersion(transaction: ParsedTransaction, features: FeatureSet): void {
  if (transaction.version === 1 && !features.isActive('enable_tx_v1')) {
    throw new TransactionFailure('UnsupportedVersion');
  }
  if (transaction.instructions.length > MAX_INSTRUCTIONS) {
    throw new TransactionFailure('SanitizeFailure');
  }
}

/** @throws TransactionFailure SanitizeFailure */
export function sanitize(transaction: ParsedTransaction, features: FeatureSet): void {
  const sane =
    headerIsSane(transaction) &&
    transaction.signatures.length === transaction.header.numRequiredSignatures &&
    accountCount(transaction) <= MAX_ACCOUNT_KEYS &&
    lookupsAreSane(transaction) &&
    instructionsAreSane(transaction, features) &&
    version1IsSane(transaction);
  if (!sane) throw new TransactionFailure('SanitizeFailure');
}
