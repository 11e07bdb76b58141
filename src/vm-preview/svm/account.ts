import type { Pubkey } from './pubkey';

/** An account as the chain stores it. Never mutated: a run works on its own copies. */
export interface Account {
  /** Balance in lamports, a u64. */
  readonly lamports: bigint;
  readonly data: Uint8Array;
  /** The program that may change it. */
  readonly owner: Pubkey;
  readonly executable: boolean;
  /** u64; 2^64-1 for rent-exempt accounts. */
  readonly rentEpoch: bigint;
}

export const RENT_EXEMPT_RENT_EPOCH = 0xffff_ffff_ffff_ffffn;
