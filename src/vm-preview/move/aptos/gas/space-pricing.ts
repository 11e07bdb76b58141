/** Fees for storage that lasts, in octas (aptos-vm-types, storage/space_pricing.rs). */
import type { StateMetadata } from '../state';
import type { GasSchedule } from './schedule';
import type { StateWrite } from './state-write';

export interface SlotFee {
  /** Octas to pay. */
  readonly charge: bigint;
  /** Octas to get back. */
  readonly refund: bigint;
  /** What is stored with the value from now on; of a deletion, what was stored. */
  readonly metadata: StateMetadata | undefined;
}

export interface SpacePricing {
  write(write: StateWrite): SlotFee;
  /** @param sizes - of each event with its type and key, in bytes */
  events(sizes: readonly number[]): bigint;
  /** @param size - of the signed transaction, in bytes */
  transaction(size: number): bigint;
  /** What the sender of a first transaction must at least be able to pay, for one slot. */
  readonly accountCreation: bigint;
  /** What one that failed must at least have paid. */
  readonly accountCreationMinimum: bigint;
}

/** First version whose fees can be deposits. */
const HAS_DEPOSITS = 13;

/** Bytes that the chain reckons a new account with: more than it has, and what its struct has. */
const ACCOUNT_BYTES_MOST = 300n;
const ACCOUNT_BYTES_LEAST = 208n;

/** @param refundableBytes - feature flag REFUNDABLE_BYTES */
export function spacePricing(schedule: GasSchedule, refundableBytes: boolean): SpacePricing {
  return schedule.version >= HAS_DEPOSITS && refundableBytes
    ? withDeposits(schedule)
    : withFreeBytes(schedule);
}

/** With bytes that are free for each slot, and a fee for events and large transactions. */
function withFreeBytes(schedule: GasSchedule): SpacePricing {
  const perSlot = schedule.price('txn.legacy_storage_fee_per_state_slot_create');
  const perByte = schedule.price('txn.legacy_storage_fee_per_excess_state_byte');
  const perEventByte = schedule.price('txn.legacy_storage_fee_per_event_byte');
  const perTransactionByte = schedule.price('txn.legacy_storage_fee_per_transaction_byte');
  const freeSlotBytes = schedule.amount('txn.free_write_bytes_quota');
  const freeEventFee = schedule.price('txn.legacy_free_event_bytes_quota') * perEventByte;
  const cutoff = schedule.amount('txn.large_transaction_cutoff');
  const excess = (size: number, free: number): bigint => BigInt(Math.max(0, size - free));
  return {
    write: ({ kind, keySize, size, metadata }) => {
      if (kind === 'deletion') return refunded(metadata);
      const charge = excess(keySize + size, freeSlotBytes) * perByte;
      if (kind === 'modification') return { charge, refund: 0n, metadata };
      const deposit = metadata === undefined ? undefined : { ...metadata, slotDeposit: perSlot };
      return { charge: perSlot + charge, refund: 0n, metadata: deposit };
    },
    events: (sizes) => {
      const fee = sizes.reduce((sum, size) => sum + BigInt(size) * perEventByte, 0n);
      return fee < freeEventFee ? 0n : fee - freeEventFee;
    },
    transaction: (size) => excess(size, cutoff) * perTransactionByte,
    accountCreation: perSlot,
    accountCreationMinimum: perSlot,
  };
}

/**
 * Slots and bytes are deposits, given back when the slot is freed. A value that grows pays for its new
 * bytes, but never so that the deposit is more than the whole value would cost today.
 */
function withDeposits(schedule: GasSchedule): SpacePricing {
  const perSlot = schedule.price('txn.storage_fee_per_state_slot');
  const perByte = schedule.price('txn.storage_fee_per_state_byte');
  return {
    write: ({ kind, keySize, size, previousSize, metadata }) => {
      if (kind === 'deletion') return refunded(metadata);
      const known = metadata ?? NO_DEPOSIT;
      const full = BigInt(keySize + size) * perByte;
      if (kind === 'creation')
        return {
          charge: perSlot + full,
          refund: 0n,
          metadata: { ...known, slotDeposit: perSlot, bytesDeposit: full },
        };
      const gap = full - known.bytesDeposit;
      const growth = BigInt(Math.max(0, size - previousSize)) * perByte;
      const charge = gap <= 0n ? 0n : growth < gap ? growth : gap;
      const bytesDeposit = known.bytesDeposit + charge;
      return { charge, refund: 0n, metadata: { ...known, bytesDeposit } };
    },
    events: () => 0n,
    transaction: () => 0n,
    accountCreation: perSlot + ACCOUNT_BYTES_MOST * perByte,
    accountCreationMinimum: perSlot + ACCOUNT_BYTES_LEAST * perByte,
  };
}

const NO_DEPOSIT: StateMetadata = { slotDeposit: 0n, bytesDeposit: 0n, creationTimeMicros: 0n };

function refunded(metadata: StateMetadata | undefined): SlotFee {
  const refund = metadata === undefined ? 0n : metadata.slotDeposit + metadata.bytesDeposit;
  return { charge: 0n, refund, metadata };
}
