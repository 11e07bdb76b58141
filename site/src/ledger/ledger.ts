/** What a chain's nodes are asked for the portfolio: the same of every chain, of whatever network. */
import type { Network } from '../../../src/chains/chain';

export interface Ledger {
  /** The coin that pays fees first, even where there is none of it. */
  balances(network: Network, address: string): Promise<readonly Balance[]>;
  /** Newest first, at most `HISTORY` of them. */
  history(network: Network, address: string): Promise<readonly Landed[]>;
  /** @returns undefined while the network does not know it */
  transaction(network: Network, id: string): Promise<Transaction | undefined>;
  /** Unsigned bytes that send the coin that pays fees. @param amount - in its smallest unit */
  transfer(network: Network, transfer: Transfer): Promise<Uint8Array>;
  /** In the chain's own text form? */
  isAddress(text: string): boolean;
}

export const HISTORY = 8;

export interface Transfer {
  readonly from: string;
  readonly to: string;
  readonly amount: bigint;
}

export interface Balance {
  readonly symbol: string;
  /** Of the smallest unit, in digits. */
  readonly amount: string;
  readonly decimals: number;
  /** Mint or coin type; absent for the coin that pays fees. */
  readonly id?: string;
}

/** A transaction that the network has taken. */
export interface Landed {
  readonly id: string;
  /** In the chain's own words, where it failed. */
  readonly error?: string;
  /** Slot, ledger version or checkpoint. */
  readonly height: string;
  /** Milliseconds since 1970. */
  readonly time?: number;
  /** Absent where the node does not tell them along. */
  readonly changes?: readonly BalanceChange[];
}

export interface Transaction extends Landed {
  readonly feePayer?: string;
  /** Of the smallest unit, in digits. */
  readonly fee?: string;
  readonly changes: readonly BalanceChange[];
  /** Logs or events, one a line, as the node has them. */
  readonly lines: readonly string[];
}

export interface BalanceChange {
  readonly address: string;
  readonly symbol: string;
  readonly decimals: number;
  /** Signed, of the smallest unit. */
  readonly delta: string;
}
