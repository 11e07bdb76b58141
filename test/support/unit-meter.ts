import type { ComputeMeter } from '../../src/vm-preview/svm/sbpf/types';

/** Counts compute units for tests of the machine alone. */
export class UnitMeter implements ComputeMeter {
  remaining: number;

  constructor(units: number) {
    this.remaining = units;
  }

  consume(amount: number | bigint): void {
    const before = this.remaining;
    this.consumeUnchecked(Number(amount));
    if (before < Number(amount)) throw new Error('Computational budget exceeded');
  }

  consumeUnchecked(amount: number): void {
    this.remaining = Math.max(0, this.remaining - amount);
  }
}
