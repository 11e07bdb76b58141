/** The sysvars that move with the slots, and those that litesvm sets unlike mainnet. */
import { base58 } from '@scure/base';
import { Account, Clock, EpochSchedule, type LiteSvm, Rent } from 'litesvm/dist/internal';
import type { Blockhashes } from './blockhashes';

export const LAMPORTS_PER_SIGNATURE = 5000n;
export const SLOTS_PER_EPOCH = 432_000n;

/** Lamports per byte on mainnet since SIMD-0437's second step; litesvm still has 6960. */
const LAMPORTS_PER_BYTE = 5080n;

const SYSVAR_OWNER = base58.decode('Sysvar1111111111111111111111111111111111111');
const RECENT_BLOCKHASHES = base58.decode('SysvarRecentB1ockHashes11111111111111111111');
const SLOT_HASHES = base58.decode('SysvarS1otHashes111111111111111111111111111');

/** Entries that the sysvars hold (solana-sdk `sysvar/src/recent_blockhashes.rs`, `slot-hashes`). */
const MAX_RECENT_BLOCKHASHES = 150;
const MAX_SLOT_HASHES = 512;

/** Sets Rent and EpochSchedule as on mainnet. */
export function setLastingSysvars(svm: LiteSvm): void {
  svm.setRent(new Rent(LAMPORTS_PER_BYTE, 1, 50));
  svm.setEpochSchedule(new EpochSchedule(SLOTS_PER_EPOCH, SLOTS_PER_EPOCH, false, 0n, 0n));
}

/** Sets Clock, RecentBlockhashes and SlotHashes for a slot that begins at `unixTimestamp` (seconds). */
export function setSlotSysvars(
  svm: LiteSvm,
  hashes: Blockhashes,
  slot: bigint,
  unixTimestamp: bigint,
  epochStart: bigint,
): void {
  const epoch = slot / SLOTS_PER_EPOCH;
  svm.setClock(new Clock(slot, epochStart, epoch, epoch + 1n, unixTimestamp));
  setSysvar(svm, RECENT_BLOCKHASHES, recentBlockhashes(hashes, slot));
  setSysvar(svm, SLOT_HASHES, slotHashes(hashes, slot));
}

function setSysvar(svm: LiteSvm, address: Uint8Array, data: Uint8Array): void {
  const lamports = svm.minimumBalanceForRentExemption(BigInt(data.length));
  svm.setAccount(address, new Account(lamports, data, SYSVAR_OWNER, false, 2n ** 64n - 1n));
}

/** A u64 count, then for each, newest first, a hash and the lamports that a signature cost. */
function recentBlockhashes(hashes: Blockhashes, slot: bigint): Uint8Array {
  const data = new Uint8Array(8 + MAX_RECENT_BLOCKHASHES * 40);
  const view = new DataView(data.buffer);
  view.setBigUint64(0, BigInt(MAX_RECENT_BLOCKHASHES), true);
  for (let index = 0; index < MAX_RECENT_BLOCKHASHES; index += 1) {
    data.set(hashes.blockhash(slot - BigInt(index)), 8 + index * 40);
    view.setBigUint64(8 + index * 40 + 32, LAMPORTS_PER_SIGNATURE, true);
  }
  return data;
}

/** A u64 count, then for each slot before this one, newest first, the slot and its bank's hash. */
function slotHashes(hashes: Blockhashes, slot: bigint): Uint8Array {
  const data = new Uint8Array(8 + MAX_SLOT_HASHES * 40);
  const view = new DataView(data.buffer);
  view.setBigUint64(0, BigInt(MAX_SLOT_HASHES), true);
  for (let index = 0; index < MAX_SLOT_HASHES; index += 1) {
    const past = slot - 1n - BigInt(index);
    view.setBigUint64(8 + index * 40, past, true);
    data.set(hashes.bankHash(past), 8 + index * 40 + 8);
  }
  return data;
}
