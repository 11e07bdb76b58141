/**
 * The sysvars as a transaction sees them, decoded from the chain's sysvar accounts.
 * Source: agave `program-runtime/src/sysvar_cache.rs`.
 */
import { InstructionFailure } from '../errors/instruction-error';
import { Pubkey } from '../pubkey';
import type { StateReader } from '../state';
import {
  decodeClock,
  decodeEpochRewards,
  decodeEpochSchedule,
  decodeLastRestartSlot,
  decodeRecentBlockhashes,
  decodeRent,
  decodeSlotHashes,
  decodeStakeHistory,
} from './decode';
import { SYSVAR_IDS } from './ids';

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

export interface SlotHash {
  readonly slot: bigint;
  readonly hash: Uint8Array;
}

/**
 * Each getter throws InstructionFailure UnsupportedSysvar when the account does not exist or holds
 * something else, and MissingStateError when it was never loaded.
 */
export interface SysvarCache {
  readonly clock: Clock;
  readonly rent: Rent;
  readonly epochSchedule: EpochSchedule;
  /** Blockhashes of the deprecated RecentBlockhashes sysvar, newest first. */
  readonly recentBlockhashes: readonly Uint8Array[];
  readonly slotHashes: readonly SlotHash[];
  /** A sysvar's account data, for `sol_get_sysvar`; undefined when there is none. */
  bytesOf(sysvar: Uint8Array): Uint8Array | undefined;
}

/**
 * The sysvars of a state. Each is read and decoded when it is first asked for, so that the large ones
 * (SlotHashes, StakeHistory) need not be loaded for transactions that never look.
 */
export function decodeSysvars(state: StateReader): SysvarCache {
  return new StateSysvars(state);
}

class StateSysvars implements SysvarCache {
  readonly #state: StateReader;
  readonly #decoded = new Map<string, unknown>();

  constructor(state: StateReader) {
    this.#state = state;
  }

  get clock(): Clock {
    return this.#get(SYSVAR_IDS.clock, decodeClock);
  }

  get rent(): Rent {
    return this.#get(SYSVAR_IDS.rent, decodeRent);
  }

  get epochSchedule(): EpochSchedule {
    return this.#get(SYSVAR_IDS.epochSchedule, decodeEpochSchedule);
  }

  get recentBlockhashes(): readonly Uint8Array[] {
    return this.#get(SYSVAR_IDS.recentBlockhashes, decodeRecentBlockhashes);
  }

  get slotHashes(): readonly SlotHash[] {
    return this.#get(SYSVAR_IDS.slotHashes, decodeSlotHashes);
  }

  bytesOf(sysvar: Uint8Array): Uint8Array | undefined {
    const id = Pubkey.from(sysvar);
    const decode = READABLE.get(id.key);
    if (decode === undefined) return undefined;
    const data = this.#state.get(id)?.data;
    if (data === undefined) return undefined;
    // What does not decode is no sysvar to the chain either.
    if (!this.#decoded.has(id.key)) this.#decoded.set(id.key, decode(data));
    return this.#decoded.get(id.key) === undefined ? undefined : data;
  }

  #get<T>(id: Pubkey, decode: (data: Uint8Array) => T | undefined): T {
    const known = this.#decoded.get(id.key) as T | undefined;
    if (known !== undefined) return known;
    const account = this.#state.get(id);
    const value = account === undefined ? undefined : decode(account.data);
    if (value === undefined) throw new InstructionFailure('UnsupportedSysvar');
    this.#decoded.set(id.key, value);
    return value;
  }
}

/** Those that `sol_get_sysvar` gives. */
const READABLE: ReadonlyMap<string, (data: Uint8Array) => unknown> = new Map<
  string,
  (data: Uint8Array) => unknown
>([
  [SYSVAR_IDS.clock.key, decodeClock],
  [SYSVAR_IDS.epochSchedule.key, decodeEpochSchedule],
  [SYSVAR_IDS.epochRewards.key, decodeEpochRewards],
  [SYSVAR_IDS.rent.key, decodeRent],
  [SYSVAR_IDS.slotHashes.key, decodeSlotHashes],
  [SYSVAR_IDS.stakeHistory.key, decodeStakeHistory],
  [SYSVAR_IDS.lastRestartSlot.key, decodeLastRestartSlot],
]);

/** Bytes that every account is charged for besides its data. */
const ACCOUNT_STORAGE_OVERHEAD = 128n;

/** Lamports that make an account of `dataLength` bytes rent-exempt. Source: solana-sdk `rent/src/lib.rs`. */
export function rentExemptMinimum(rent: Rent, dataLength: number): bigint {
  const yearly = (BigInt(dataLength) + ACCOUNT_STORAGE_OVERHEAD) * rent.lamportsPerByteYear;
  // The chain is exact for the two thresholds it has used, and multiplies in f64 for any other.
  if (rent.exemptionThreshold === 1) return yearly;
  if (rent.exemptionThreshold === 2) return yearly * 2n;
  return saturatingU64(Number(yearly) * rent.exemptionThreshold);
}

/** As Rust casts an f64: what is too large becomes the largest, what is negative or no number zero. */
function saturatingU64(value: number): bigint {
  if (!(value > 0)) return 0n;
  return value >= 2 ** 64 ? 2n ** 64n - 1n : BigInt(Math.trunc(value));
}
