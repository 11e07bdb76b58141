import type { AbilitySet } from '../../format';
import { has } from '../abilities';
import { invariantViolated, VerificationError } from '../errors';

/**
 * What type parameters must be able to do, by their index. `capacity` is the size of the chain's bit
 * set: where it has chosen too small a one, its verifier panics.
 */
export class Constraints {
  readonly #abilities: AbilitySet[] = [];

  constructor(private readonly capacity: number) {}

  static of(abilities: readonly AbilitySet[], capacity: number): Constraints {
    const constraints = new Constraints(capacity);
    for (const [i, set] of abilities.entries()) constraints.require(i, set);
    return constraints;
  }

  require(parameter: number, abilities: AbilitySet): void {
    if (parameter >= this.capacity) throw invariantViolated('type parameter index out of bounds');
    if (abilities !== 0) this.#abilities[parameter] = this.#of(parameter) | abilities;
  }

  addAll(other: Constraints): void {
    other.#abilities.forEach((abilities, parameter) => {
      this.require(parameter, abilities);
    });
  }

  /** @throws VerificationError when the type parameters at hand cannot do what is required */
  checkIn(context: Constraints): void {
    this.#abilities.forEach((abilities, parameter) => {
      if (!has(context.#of(parameter), abilities))
        throw new VerificationError('CONSTRAINT_NOT_SATISFIED');
    });
  }

  #of(parameter: number): AbilitySet {
    return this.#abilities[parameter] ?? 0;
  }
}
