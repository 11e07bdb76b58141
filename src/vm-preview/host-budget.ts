import { CannotPreview } from './errors';

/** In microseconds. A user waits for a preview; what takes longer is told, not awaited. */
export const DEFAULT_HOST_BUDGET = 2_000_000;

/** What slow work may still cost: a syscall or a native charges it before it begins. */
export interface HostBudget {
  /**
   * @param microseconds - measured cost of the work about to be done
   * @throws CannotPreview when the transaction would take too long here
   */
  charge(microseconds: number): void;
}

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
