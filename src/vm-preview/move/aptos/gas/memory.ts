import { MoveError } from '../../core/runtime';
import type { GasSchedule } from './schedule';

/** First version that limits memory. */
const LIMITS_MEMORY = 3;

/** Heap that values of a run may take, in abstract value units (aptos-memory-usage-tracker). */
export class MemoryQuota {
  #left: number;

  constructor(schedule: GasSchedule) {
    this.#left =
      schedule.version < LIMITS_MEMORY
        ? Number.POSITIVE_INFINITY
        : schedule.amount('txn.memory_quota');
  }

  /** @throws MoveError MEMORY_LIMIT_EXCEEDED */
  use(size: number): void {
    this.#left -= size;
    if (this.#left >= 0) return;
    this.#left = 0;
    throw new MoveError('MEMORY_LIMIT_EXCEEDED');
  }

  /** May give back more than was taken, as on the chain: not all that comes in is counted. */
  release(size: number): void {
    this.#left += size;
  }
}
