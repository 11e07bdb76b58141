/** Gas for reading and writing state, in internal units (aptos-vm-types, storage/io_pricing.rs). */
import type { GasSchedule } from './schedule';
import type { StateWrite } from './state-write';
import type { StorageGas } from './storage-gas';

export interface IoPricing {
  /** @param bytes - read, for a resource group those of its other members too */
  read(exists: boolean, bytes: number): number;
  write(write: StateWrite): number;
  /** @param size - of the event with its type and key, in bytes */
  event(size: number): number;
  /** @param size - of the signed transaction, in bytes */
  transaction(size: number): number;
}

/** @param storageGas - of the epoch, for the versions that look at it; undefined where the chain has none */
export function ioPricing(schedule: GasSchedule, storageGas: StorageGas | undefined): IoPricing {
  const { version } = schedule;
  const perEventByte = schedule.amount('txn.storage_io_per_event_byte_write');
  const perTransactionByte = schedule.amount('txn.storage_io_per_transaction_byte_write');
  return {
    ...stateIo(version, schedule, storageGas),
    event: (size) => perEventByte * size,
    transaction: (size) => perTransactionByte * size,
  };
}

type StateIo = Pick<IoPricing, 'read' | 'write'>;

function stateIo(
  version: number,
  schedule: GasSchedule,
  storageGas: StorageGas | undefined,
): StateIo {
  if (version === 0 || (version < 10 && storageGas === undefined)) return fixed(schedule);
  if (version < 10 && storageGas !== undefined) return byCurves(version, schedule, storageGas);
  return version < 12 ? withFreeBytes(schedule) : byPages(schedule);
}

/** The first one. */
function fixed(schedule: GasSchedule): StateIo {
  const perRead = schedule.amount('txn.load_data.base');
  const perByteRead = schedule.amount('txn.load_data.per_byte');
  const failure = schedule.amount('txn.load_data.failure');
  const perWrite = schedule.amount('txn.write_data.per_op');
  const perKeyByte = schedule.amount('txn.write_data.per_byte_in_key');
  const perNewItem = schedule.amount('txn.write_data.new_item');
  const perByte = schedule.amount('txn.write_data.per_byte_in_val');
  return {
    read: (exists, bytes) => perRead + (exists ? perByteRead * bytes : failure),
    write: ({ kind, encodedKeySize, size }) =>
      perWrite +
      perKeyByte * encodedKeySize +
      (kind === 'creation' ? perNewItem : 0) +
      (kind === 'deletion' ? 0 : perByte * size),
  };
}

/** With prices that rise with the use of storage. */
function byCurves(version: number, schedule: GasSchedule, prices: StorageGas): StateIo {
  const free = freeBytes(version, schedule);
  return {
    read: (_, bytes) => prices.perItemRead + prices.perByteRead * bytes,
    write: ({ kind, keySize, encodedKeySize, size }) => {
      if (kind === 'deletion') return 0;
      const bytes = version < 3 ? encodedKeySize + size : Math.max(0, keySize + size - free);
      return kind === 'creation'
        ? prices.perItemCreate + prices.perByteCreate * bytes
        : prices.perItemWrite + prices.perByteWrite * bytes;
    },
  };
}

function freeBytes(version: number, schedule: GasSchedule): number {
  if (version < 3) return 0;
  return version < 5 ? 1024 : schedule.amount('txn.free_write_bytes_quota');
}

/** Versions 10 and 11. */
function withFreeBytes(schedule: GasSchedule): StateIo {
  const { perRead, perByteRead, perWrite, perByteWrite } = slotPrices(schedule);
  const free = schedule.amount('txn.free_write_bytes_quota');
  return {
    read: (_, bytes) => perRead + perByteRead * bytes,
    write: ({ kind, keySize, size }) =>
      kind === 'deletion' ? 0 : perWrite + perByteWrite * Math.max(0, keySize + size - free),
  };
}

const PAGE_BYTES = 4096;

/** Since version 12. */
function byPages(schedule: GasSchedule): StateIo {
  const { perRead, perByteRead, perWrite, perByteWrite } = slotPrices(schedule);
  return {
    read: (_, bytes) => perRead + perByteRead * Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES,
    write: ({ kind, keySize, size }) =>
      perWrite + perByteWrite * (keySize + (kind === 'deletion' ? 0 : size)),
  };
}

function slotPrices(schedule: GasSchedule) {
  return {
    perRead: schedule.amount('txn.storage_io_per_state_slot_read'),
    perByteRead: schedule.amount('txn.storage_io_per_state_byte_read'),
    perWrite: schedule.amount('txn.storage_io_per_state_slot_write'),
    perByteWrite: schedule.amount('txn.storage_io_per_state_byte_write'),
  };
}
