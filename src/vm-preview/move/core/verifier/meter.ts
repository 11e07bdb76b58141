import { VerificationError } from './errors';

export type Scope = 'function' | 'module';

/** Bounds the verifier's work as the chain does (meter.rs): units are the chain's. */
export class Meter {
  readonly #used = { function: 0, module: 0 };

  constructor(private readonly most: Readonly<Record<Scope, number>>) {}

  enterFunction(): void {
    this.#used.function = 0;
  }

  /** @throws VerificationError CONSTRAINT_NOT_SATISFIED when the code is too complex */
  add(scope: Scope, units: number): void {
    const used = this.#used[scope] + units;
    if (used > this.most[scope])
      throw new VerificationError('CONSTRAINT_NOT_SATISFIED', 'program too complex');
    this.#used[scope] = used;
  }

  /** Each item costs the factor more than the one before, in 32-bit floats as on the chain. */
  addGrowing(scope: Scope, first: number, items: number, factor: number): void {
    if (this.most[scope] === Number.POSITIVE_INFINITY) return;
    let units = first;
    for (let i = 0; i < items; i++) {
      this.add(scope, units);
      units = Math.floor(Math.fround(factor * Math.fround(units)));
    }
  }

  /** Counts a function that is done towards its module. */
  leaveFunction(): void {
    this.add('module', Math.floor(Math.fround(this.#used.function)));
  }
}
