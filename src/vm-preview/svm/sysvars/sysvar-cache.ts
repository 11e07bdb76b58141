/**
 * The sysvars as a transaction sees them, decoded from the chain's sysvar accounts.
 * Source: agave `program-runtime/src/sysvar_cache.rs`.
 */
export interface Clock {
  readonly slot: bigint;
  readonly epochStartTimestamp: bigint;
  readonly epoch: bigint;
  readonly leaderScheduleEpoch: bigint;
  readonly unixTimestamp: bigint;
}

export interface Rent {
  readonly lamportsPerByteYear: bigint;
  /** An f64, as the chain stores it. */
  readonly exemptionThreshold: number;
  readonly burnPercent: number;
}

export interface EpochSchedule {
  readonly slotsPerEpoch: bigint;
  readonly leaderScheduleSlotOffset: bigint;
  readonly warmup: boolean;
  readonly firstNormalEpoch: bigint;
  readonly firstNormalSlot: bigint;
}

/** Each getter throws InstructionFailure UnsupportedSysvar when the account is missing. */
export interface SysvarCache {
  readonly clock: Clock;
  readonly rent: Rent;
  readonly epochSchedule: EpochSchedule;
  /** Blockhashes of the deprecated RecentBlockhashes sysvar, newest first. */
  readonly recentBlockhashes: readonly Uint8Array[];
  readonly slotHashes: readonly { readonly slot: bigint; readonly hash: Uint8Array }[];
  /** A sysvar's account data, for `sol_get_sysvar`; undefined when there is none. */
  bytesOf(sysvar: Uint8Array): Uint8Array | undefined;
}

/** Bytes that every account is charged for besides its data. */
const ACCOUNT_STORAGE_OVERHEAD = 128n;

/** Lamports that make an account of `dataLength` bytes rent-exempt. Source: solana-sdk `rent/src/lib.rs`. */
export function rentExemptMinimum(rent: Rent, dataLength: number): bigint {
  const yearly = (BigInt(dataLength) + ACCOUNT_STORAGE_OVERHEAD) * rent.lamportsPerByteYear;
  // The chain is exact for the two thresholds it has used, and multiplies in f64 for any other.
  if (rent.exemptionThreshold === 1) return yearly;
  if (rent.exemptionThreshold === 2) return yearly * 2n;
  return BigInt(Math.trunc(Number(yearly) * rent.exemptionThreshold));
}
