import { CannotPreview } from '../../errors';
import type { HostBudget } from './types';

/** In microseconds. A user waits for a preview; what takes longer is told, not awaited. */
export const DEFAULT_HOST_BUDGET = 2_000_000;

/** Counts the measured cost of slow work down, so that a transaction cannot hang the snap. */
export class RuntimeHostBudget implements HostBudget {
  #remaining: number;

  /** @param microseconds - of work on this machine */
  constructor(microseconds: number = DEFAULT_HOST_BUDGET) {
    this.#remaining = microseconds;
  }

  charge(microseconds: number): void {
    this.#remaining -= microseconds;
    if (this.#remaining < 0) {
      throw new CannotPreview('host-budget-exceeded', 'it would take too long to compute here');
    }
  }
}
