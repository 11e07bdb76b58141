/** What can be said of a transaction before any state is read, and how it is signed. */
import { blake2b } from '@noble/hashes/blake2.js';
import { LookaheadError, MalformedError } from '../../vm-preview/errors';
import type { Asset } from '../../vm-preview/model/preview';
import {
  commandArguments,
  decode,
  encodeTransaction,
  type ProgrammableTransaction,
  parseTransaction as parseTransactionData,
  TRANSACTION_KIND,
  type TransactionData,
  type TransactionKind,
  transactionDigest,
} from '../../vm-preview/move/sui/data';
import { encodeBase64 } from '../base64';
import type { DecodedTransaction, Network } from '../chain';
import { addressBytes, digestText, fullAddress } from './address';
import { decodeCommands } from './decode/commands';
import { SUI_COIN } from './networks';

/** A transaction that a user makes. */
export interface ParsedSuiTransaction {
  readonly data: TransactionData;
  readonly programmable: ProgrammableTransaction;
  /** Whether the gas is still to be put in: its price, its budget and the coins that pay. */
  readonly needsGas: boolean;
}

/** The coin that pays fees, as an asset. */
export function coinAsset(coin: Network['coin']): Asset {
  return { kind: 'native', decimals: coin.decimals, symbol: coin.symbol, named: 'builtin' };
}

/** @throws MalformedError `transaction-malformed`, `transaction-not-programmable` */
export function parseTransaction(bytes: Uint8Array): ParsedSuiTransaction {
  const data = malformedUnless(() => parseTransactionData(bytes));
  return { data, programmable: programmableOf(data.kind), needsGas: lacksGas(data) };
}

/** Nothing of the gas is there. Gas that a balance pays, or that is free, has an expiration. */
function lacksGas({ expiration, gas }: TransactionData): boolean {
  const { budget, payment, price } = gas;
  return payment.length === 0 && price === 0n && budget === 0n && expiration.kind === 'none';
}

function programmableOf(kind: TransactionKind): ProgrammableTransaction {
  if (kind.kind === 'programmable') return kind.programmable;
  throw new MalformedError(
    'transaction-not-programmable',
    'only validators make transactions of this kind',
    { kind: kind.kind },
  );
}

/** Whether the bytes are inputs and commands only, without who sends them and pays. */
export function isTransactionKind(bytes: Uint8Array): boolean {
  return attempt(() => decode(TRANSACTION_KIND, bytes, 'a transaction kind')) !== undefined;
}

/**
 * A whole transaction of what may be only its inputs and commands, without who sends it and pays for it.
 *
 * @param sender - of a transaction that does not name one
 * @throws MalformedError `transaction-malformed`, `transaction-ambiguous`
 */
export function completeTransaction(bytes: Uint8Array, sender: string): Uint8Array {
  const kind = attempt(() => decode(TRANSACTION_KIND, bytes, 'a transaction kind'));
  const whole = attempt(() => parseTransactionData(bytes));
  if (kind !== undefined && whole !== undefined) {
    throw new MalformedError('transaction-ambiguous', 'the bytes can be read in two ways');
  }
  if (kind === undefined) {
    parseTransaction(bytes);
    return bytes;
  }
  programmableOf(kind);
  const owner = addressBytes(sender);
  return encodeTransaction({
    kind,
    sender: owner,
    gas: { payment: [], owner, price: 0n, budget: 0n },
    expiration: { kind: 'none' },
  });
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof LookaheadError) return undefined;
    throw error;
  }
}

function malformedUnless<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof LookaheadError) || error.kind !== 'malformed') throw error;
    throw new MalformedError(
      'transaction-malformed',
      `the bytes are no Sui transaction: ${error.message}`,
    );
  }
}

/** Who must sign: the sender, and who pays where that is another. */
export function signerAddresses({ gas, sender }: TransactionData): string[] {
  return [...new Set([fullAddress(sender), fullAddress(gas.owner)])];
}

const ED25519_FLAG = 0;
/** `Intent`: scope transaction, version 0, application Sui. */
const TRANSACTION_INTENT = Uint8Array.of(0, 0, 0);

/** 32 bytes of which an account's signature is made (sui-types, crypto.rs). */
export function signedDigest(transaction: Uint8Array): Uint8Array {
  return blake2b.create({ dkLen: 32 }).update(TRANSACTION_INTENT).update(transaction).digest();
}

/** @throws MalformedError `gas-missing` while it cannot be signed */
export function messageOf(bytes: Uint8Array): Uint8Array {
  if (parseTransaction(bytes).needsGas) {
    throw new MalformedError(
      'gas-missing',
      'the transaction does not say yet what is paid for it, and cannot be signed so',
    );
  }
  return signedDigest(bytes);
}

/**
 * A signature as the chain and sites take it: scheme, signature and public key, base64.
 *
 * @param signature - of Ed25519, 64 bytes
 * @param publicKey - 32 bytes
 */
export function serializedSignature(signature: Uint8Array, publicKey: Uint8Array): string {
  return encodeBase64(Uint8Array.of(ED25519_FLAG, ...signature, ...publicKey));
}

/** By which the chain knows it, base58. */
export function transactionId(bytes: Uint8Array): string {
  return digestText(transactionDigest(parseTransaction(bytes).data));
}

/**
 * @param network - names the coin; SUI when absent
 * @throws MalformedError as `parseTransaction`
 */
export function decodeTransaction(
  bytes: Uint8Array,
  network?: Pick<Network, 'coin'>,
): DecodedTransaction {
  const { data, programmable } = parseTransaction(bytes);
  return {
    feePayer: fullAddress(data.gas.owner),
    signers: signerAddresses(data),
    // Signatures go beside a transaction, not into it.
    signed: [],
    calls: decodeCommands(programmable, { coin: coinAsset(network?.coin ?? SUI_COIN) }),
  };
}

/** Packages that the commands call. */
export function calledPackages({ commands }: ProgrammableTransaction): string[] {
  const called = commands.flatMap((command) =>
    command.kind === 'moveCall' ? [fullAddress(command.call.package)] : [],
  );
  return [...new Set(called)];
}

/** Whether a command takes from the coin that pays for gas, which needs more than the fee then. */
export function usesGasCoin({ commands }: ProgrammableTransaction): boolean {
  return commands.some((command) =>
    commandArguments(command).some(({ kind }) => kind === 'gasCoin'),
  );
}
