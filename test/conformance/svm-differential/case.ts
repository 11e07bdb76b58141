/** One transaction to run on both sides, and what of the world it changes first. */
import type { TransactionInstruction } from '@solana/web3.js';
import type { Account, Message, Pubkey } from '../../../src/vm-preview/svm';
import type { LitesvmWorld } from '../../support/litesvm-world';
import { message } from '../../support/solana-transaction';
import type { Random } from './random';

/** An account that the case puts into the world; `null` takes it away. */
export type Placed = readonly [address: Pubkey, account: Account | null];

export interface Case {
  readonly accounts: readonly Placed[];
  readonly message: Message;
}

/** A world, and an endless supply of cases that suit it. */
export interface Scene {
  readonly world: LitesvmWorld;
  next(random: Random): Case;
}

/** From an instruction list, with what each side needs to compile it. */
export function caseOf(
  world: LitesvmWorld,
  payer: Pubkey,
  instructions: readonly TransactionInstruction[],
  accounts: readonly Placed[] = [],
): Case {
  const compiled = message({ payer, blockhash: world.blockhash, instructions });
  return { accounts, message: compiled };
}

export const EXEMPT_RENT_EPOCH = 2n ** 64n - 1n;

export function account(
  lamports: bigint,
  owner: Pubkey,
  data: Uint8Array = new Uint8Array(),
  more: Partial<Account> = {},
): Account {
  return { lamports, owner, data, executable: false, rentEpoch: EXEMPT_RENT_EPOCH, ...more };
}

export const u32 = (value: number): number[] => [
  value & 255,
  (value >>> 8) & 255,
  (value >>> 16) & 255,
  value >>> 24,
];
export const u64 = (value: bigint): number[] =>
  Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
