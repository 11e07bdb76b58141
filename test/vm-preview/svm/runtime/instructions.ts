/** Instructions of @solana/web3.js, run here and in agave (litesvm), and held to be the same. */

import { base58 } from '@scure/base';
import {
  ComputeBudgetProgram,
  type PublicKey,
  type TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import { type Account, Pubkey } from '../../../../src/vm-preview/svm';
import type { LitesvmWorld, RunResult } from '../../../support/litesvm-world';

const UNITS = 1_400_000;
/** Lamports of an account of which nothing is said. */
const LAMPORTS = 10_000_000_000n;

export const pubkey = (key: PublicKey): Pubkey => Pubkey.from(key.toBytes());

export function setAccount(
  world: LitesvmWorld,
  key: PublicKey,
  fields: Partial<Account> = {},
): void {
  world.set(pubkey(key), { lamports: LAMPORTS, ...fields });
}

function transactionOf(
  world: LitesvmWorld,
  payer: PublicKey,
  instructions: readonly TransactionInstruction[],
): Uint8Array {
  const message = new TransactionMessage({
    payerKey: payer,
    recentBlockhash: base58.encode(world.blockhash),
    instructions: [ComputeBudgetProgram.setComputeUnitLimit({ units: UNITS }), ...instructions],
  }).compileToV0Message();
  return new VersionedTransaction(message).serialize();
}

/** @throws Error that lists what differs */
export function compare(
  world: LitesvmWorld,
  payer: PublicKey,
  instructions: readonly TransactionInstruction[],
): RunResult {
  return world.expectSame(transactionOf(world, payer, instructions)).result;
}

/** As `compare`, and the world keeps the result. */
export function commit(
  world: LitesvmWorld,
  payer: PublicKey,
  instructions: readonly TransactionInstruction[],
): RunResult {
  const result = compare(world, payer, instructions);
  world.native.sendVersionedTransaction(transactionOf(world, payer, instructions));
  return result;
}

/** What the failed instruction gave, whichever it was; of a transaction that failed elsewhere, its error. */
export function failureOf({ error }: RunResult): unknown {
  return typeof error === 'object' && 'InstructionError' in error
    ? error.InstructionError[1]
    : error;
}
