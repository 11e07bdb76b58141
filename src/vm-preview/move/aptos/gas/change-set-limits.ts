import { MoveError } from '../../core/runtime';
import type { GasSchedule } from './schedule';
import type { StateWrite } from './state-write';

const MEGABYTE = 2 ** 20;

/**
 * Holds a change set to the chain's limits (aptos-vm-types, storage/change_set_configs.rs).
 *
 * @param eventSizes - of the events' data alone, in bytes
 * @throws MoveError STORAGE_WRITE_LIMIT_REACHED
 */
export function checkChangeSet(
  schedule: GasSchedule,
  writes: readonly StateWrite[],
  eventSizes: readonly number[],
): void {
  const limits = limitsOf(schedule);
  if (limits.writes !== 0 && writes.length > limits.writes)
    throw new MoveError('STORAGE_WRITE_LIMIT_REACHED', { reason: 'Too many write ops.' });
  checkSizes(
    writes.flatMap(({ kind, keySize, size }) => (kind === 'deletion' ? [] : [keySize + size])),
    limits.bytesOfWrite,
    limits.bytesOfWrites,
  );
  checkSizes(eventSizes, limits.bytesOfEvent, limits.bytesOfEvents);
}

function checkSizes(sizes: readonly number[], each: number, all: number): void {
  let sum = 0;
  for (const size of sizes) {
    sum += size;
    if (size > each || sum > all) throw new MoveError('STORAGE_WRITE_LIMIT_REACHED');
  }
}

interface Limits {
  /** 0 for none. */
  readonly writes: number;
  readonly bytesOfWrite: number;
  readonly bytesOfWrites: number;
  readonly bytesOfEvent: number;
  readonly bytesOfEvents: number;
}

function limitsOf(schedule: GasSchedule): Limits {
  const none = Number.POSITIVE_INFINITY;
  if (schedule.version < 3)
    return {
      writes: 0,
      bytesOfWrite: none,
      bytesOfWrites: none,
      bytesOfEvent: none,
      bytesOfEvents: none,
    };
  if (schedule.version < 5)
    return {
      writes: 0,
      bytesOfWrite: MEGABYTE,
      bytesOfWrites: none,
      bytesOfEvent: MEGABYTE,
      bytesOfEvents: 10 * MEGABYTE,
    };
  return {
    writes: schedule.amount('txn.max_write_ops_per_transaction'),
    bytesOfWrite: schedule.amount('txn.max_bytes_per_write_op'),
    bytesOfWrites: schedule.amount('txn.max_bytes_all_write_ops_per_transaction'),
    bytesOfEvent: schedule.amount('txn.max_bytes_per_event'),
    bytesOfEvents: schedule.amount('txn.max_bytes_all_events_per_transaction'),
  };
}
