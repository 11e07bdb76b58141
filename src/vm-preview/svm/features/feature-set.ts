import { FEATURE_IDS, type FeatureName } from './ids';

/** Which gates are active. Selects behaviour everywhere in the VM; read from the chain, never guessed. */
export class FeatureSet {
  readonly #active: ReadonlySet<FeatureName>;

  constructor(active: Iterable<FeatureName>) {
    this.#active = new Set(active);
  }

  static all(): FeatureSet {
    return new FeatureSet(Object.keys(FEATURE_IDS) as FeatureName[]);
  }

  isActive(feature: FeatureName): boolean {
    return this.#active.has(feature);
  }
}
