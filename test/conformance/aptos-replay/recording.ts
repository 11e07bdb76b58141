/** A recorded transaction of mainnet: its bytes, the state it read, and what the chain's VM made of it. */
import { readFileSync } from 'node:fs';
import type { StateKey, StateValue } from '../../../src/vm-preview/move/aptos/state';
import { decodeStateKey } from '../../../src/vm-preview/move/aptos/storage';
import {
  parseSignedTransaction,
  type SignedTransaction,
} from '../../../src/vm-preview/move/aptos/transaction';

export interface Recording {
  readonly version: string;
  readonly transaction: SignedTransaction;
  readonly preState: readonly (readonly [StateKey, StateValue])[];
  /** Writes and events as Rust prints them for debugging. */
  readonly expected: string;
}

interface File {
  readonly version: string | number;
  readonly txnIndexBcs: string;
  readonly preState: readonly { readonly stateKey: string; readonly value: string }[];
  readonly expected: string;
}

const VERSION_BYTES = 8;
/** Variant 0 of `Transaction`: one of a user. */
const TRANSACTION_VARIANT = 1;
/** What follows the transaction: the package that its code is from, empty. */
const PACKAGE_INFO_BYTES = 32 + 1 + 1;

const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

export function readRecording(path: string): Recording {
  const file: File = JSON.parse(readFileSync(path, 'utf8'));
  const bytes = bytesOf(file.txnIndexBcs);
  return {
    version: String(file.version),
    transaction: parseSignedTransaction(
      bytes.subarray(VERSION_BYTES + TRANSACTION_VARIANT, bytes.length - PACKAGE_INFO_BYTES),
    ),
    preState: file.preState.map(({ stateKey, value }) => [
      decodeStateKey(bytesOf(stateKey)),
      { bytes: bytesOf(value) },
    ]),
    expected: file.expected,
  };
}
