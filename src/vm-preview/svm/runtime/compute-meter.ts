import { InstructionFailure } from '../errors/instruction-error';
import type { ComputeMeter } from '../sbpf/types';

/** Source: agave `program-runtime/src/invoke_context.rs` (`ComputeMeter`). */
export class RuntimeComputeMeter implements ComputeMeter {
  #remaining: number;

  constructor(units: number) {
    this.#remaining = units;
  }

  get remaining(): number {
    return this.#remaining;
  }

  consume(amount: number | bigint): void {
    const units = Number(amount);
    if (units > this.#remaining) {
      this.#remaining = 0;
      throw new InstructionFailure('ComputationalBudgetExceeded');
    }
    this.#remaining -= units;
  }

  consumeUnchecked(amount: number): void {
    this.#remaining = Math.max(0, this.#remaining - amount);
  }
}
