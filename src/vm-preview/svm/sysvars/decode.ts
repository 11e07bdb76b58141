/**
 * Decoding sysvar accounts: little-endian fields one after the other, and anything may follow.
 * Each function gives `undefined` for what the chain cannot decode either.
 * Source: solana-sdk `clock`, `rent`, `epoch-schedule`, `epoch-rewards`, `slot-hashes`, `stake-history`,
 * `last-restart-slot`, `sysvar/src/recent_blockhashes.rs`; read with bincode.
 */
import type { Clock, EpochSchedule, Rent, SlotHash } from './sysvar-cache';

function viewOf(data: Uint8Array, length: number): DataView | undefined {
  if (data.length < length) return undefined;
  return new DataView(data.buffer, data.byteOffset, data.byteLength);
}

/** bincode takes 0 and 1 only. */
function isBool(value: number): boolean {
  return value <= 1;
}

export function decodeClock(data: Uint8Array): Clock | undefined {
  const view = viewOf(data, 40);
  if (view === undefined) return undefined;
  return {
    slot: view.getBigUint64(0, true),
    epochStartTimestamp: view.getBigInt64(8, true),
    epoch: view.getBigUint64(16, true),
    leaderScheduleEpoch: view.getBigUint64(24, true),
    unixTimestamp: view.getBigInt64(32, true),
  };
}

export function decodeRent(data: Uint8Array): Rent | undefined {
  const view = viewOf(data, 17);
  if (view === undefined) return undefined;
  return {
    lamportsPerByteYear: view.getBigUint64(0, true),
    exemptionThreshold: view.getFloat64(8, true),
    burnPercent: view.getUint8(16),
  };
}

export function decodeEpochSchedule(data: Uint8Array): EpochSchedule | undefined {
  const view = viewOf(data, 33);
  if (view === undefined || !isBool(view.getUint8(16))) return undefined;
  return {
    slotsPerEpoch: view.getBigUint64(0, true),
    leaderScheduleSlotOffset: view.getBigUint64(8, true),
    warmup: view.getUint8(16) === 1,
    firstNormalEpoch: view.getBigUint64(17, true),
    firstNormalSlot: view.getBigUint64(25, true),
  };
}

export interface EpochRewards {
  readonly distributionStartingBlockHeight: bigint;
  readonly numPartitions: bigint;
  readonly parentBlockhash: Uint8Array;
  /** A u128. */
  readonly totalPoints: bigint;
  /** In lamports. */
  readonly totalRewards: bigint;
  /** In lamports. */
  readonly distributedRewards: bigint;
  readonly active: boolean;
}

export function decodeEpochRewards(data: Uint8Array): EpochRewards | undefined {
  const view = viewOf(data, 81);
  if (view === undefined || !isBool(view.getUint8(80))) return undefined;
  return {
    distributionStartingBlockHeight: view.getBigUint64(0, true),
    numPartitions: view.getBigUint64(8, true),
    parentBlockhash: data.slice(16, 48),
    totalPoints: view.getBigUint64(48, true) | (view.getBigUint64(56, true) << 64n),
    totalRewards: view.getBigUint64(64, true),
    distributedRewards: view.getBigUint64(72, true),
    active: view.getUint8(80) === 1,
  };
}

export function decodeLastRestartSlot(data: Uint8Array): { readonly slot: bigint } | undefined {
  const view = viewOf(data, 8);
  return view === undefined ? undefined : { slot: view.getBigUint64(0, true) };
}

/** A u64 count and that many items of one size. */
function decodeList<T>(
  data: Uint8Array,
  itemBytes: number,
  item: (view: DataView, offset: number) => T,
): readonly T[] | undefined {
  const view = viewOf(data, 8);
  if (view === undefined) return undefined;
  const count = view.getBigUint64(0, true);
  if (count > BigInt(Math.floor((data.length - 8) / itemBytes))) return undefined;
  return Array.from({ length: Number(count) }, (_, index) => item(view, 8 + index * itemBytes));
}

/** Newest first; each entry also holds the fee of its time, which nothing reads any more. */
export function decodeRecentBlockhashes(data: Uint8Array): readonly Uint8Array[] | undefined {
  return decodeList(data, 40, (_, offset) => data.slice(offset, offset + 32));
}

/** Newest first. */
export function decodeSlotHashes(data: Uint8Array): readonly SlotHash[] | undefined {
  return decodeList(data, 40, (view, offset) => ({
    slot: view.getBigUint64(offset, true),
    hash: data.slice(offset + 8, offset + 40),
  }));
}

export interface StakeHistoryEntry {
  readonly epoch: bigint;
  /** In lamports, as the other two. */
  readonly effective: bigint;
  readonly activating: bigint;
  readonly deactivating: bigint;
}

/** Newest first. */
export function decodeStakeHistory(data: Uint8Array): readonly StakeHistoryEntry[] | undefined {
  return decodeList(data, 32, (view, offset) => ({
    epoch: view.getBigUint64(offset, true),
    effective: view.getBigUint64(offset + 8, true),
    activating: view.getBigUint64(offset + 16, true),
    deactivating: view.getBigUint64(offset + 24, true),
  }));
}
