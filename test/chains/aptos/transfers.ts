/** Transactions of people who are in nobody's genesis. */
import { entry } from '../../support/aptos-calls';
import {
  AccountAddress,
  type AnyRawTransaction,
  ChainId,
  MultiAgentTransaction,
  RawTransaction,
  Script,
  SimpleTransaction,
  type TransactionPayload,
  TransactionPayloadScript,
} from '../../support/aptos-sdk';
import { DEVNET_CHAIN_ID } from './node';

export const ALICE = `0x${'a1'.repeat(32)}`;
export const BOB = `0x${'b0'.repeat(32)}`;
export const CAROL = `0x${'ca'.repeat(32)}`;

export interface Terms {
  sender?: string;
  sequenceNumber?: bigint;
  expires?: bigint;
  maxGas?: bigint;
}

export function script(code: Uint8Array): TransactionPayload {
  return new TransactionPayloadScript(new Script(code, [], []));
}

export function rawTransaction(payload: TransactionPayload, terms: Terms = {}): RawTransaction {
  return new RawTransaction(
    AccountAddress.from(terms.sender ?? ALICE),
    terms.sequenceNumber ?? 0n,
    payload,
    terms.maxGas ?? 50_000n,
    100n,
    terms.expires ?? 1_780_000_060n,
    new ChainId(DEVNET_CHAIN_ID),
  );
}

const transferCall = (amount: bigint) => entry('0x1::aptos_account::transfer', [BOB, amount]);

export function transferBytes(terms: Terms & { amount?: bigint } = {}): Uint8Array {
  return rawTransaction(transferCall(terms.amount ?? 150_000_000n), terms).bcsToBytes();
}

export function sponsoredBytes(payer: string, terms: Terms = {}): Uint8Array {
  const transaction: AnyRawTransaction = new SimpleTransaction(
    rawTransaction(transferCall(150_000_000n), terms),
    AccountAddress.from(payer),
  );
  return transaction.bcsToBytes();
}

export function multiAgentBytes(
  payload: TransactionPayload,
  others: readonly string[],
): Uint8Array {
  return new MultiAgentTransaction(
    rawTransaction(payload),
    others.map((one) => AccountAddress.from(one)),
  ).bcsToBytes();
}
