/** A map that forgets what was used longest ago once its entries weigh more than the limit. */
export class BoundedMap<V> {
  readonly #entries = new Map<string, V>();
  #weight = 0;

  constructor(
    private readonly limit: number,
    private readonly weigh: (value: V) => number = () => 1,
  ) {}

  get(key: string): V | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    // Maps keep the order of insertion, so the first is the one used longest ago.
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: string, value: V): void {
    this.delete(key);
    const weight = this.weigh(value);
    if (weight > this.limit) return;
    this.#entries.set(key, value);
    this.#weight += weight;
    for (const [oldest] of this.#entries) {
      if (this.#weight <= this.limit) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const value = this.#entries.get(key);
    if (value === undefined) return;
    this.#weight -= this.weigh(value);
    this.#entries.delete(key);
  }

  get weight(): number {
    return this.#weight;
  }

  entries(): [string, V][] {
    return [...this.#entries];
  }
}
