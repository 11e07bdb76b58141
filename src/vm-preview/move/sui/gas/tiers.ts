/** The more a run has done, the more the next step costs (gas_model/tables.rs, units_types.rs). */

/** Starts and prices, ascending by start. */
type Tiers = readonly (readonly [start: number, price: number])[];

export interface CostTable {
  readonly instructions: Tiers;
  readonly stackHeight: Tiers;
  readonly stackSize: Tiers;
}

const V1: CostTable = {
  instructions: [
    [0, 1],
    [3000, 2],
    [6000, 3],
    [8000, 5],
    [9000, 9],
    [9500, 16],
    [10_000, 29],
    [10_500, 50],
  ],
  stackHeight: [
    [0, 1],
    [400, 2],
    [800, 3],
    [1200, 5],
    [1500, 9],
    [1800, 16],
    [2000, 29],
    [2200, 50],
  ],
  stackSize: [
    [0, 1],
    [2000, 2],
    [5000, 3],
    [8000, 5],
    [10_000, 9],
    [11_000, 16],
    [11_500, 50],
  ],
};

const V2: CostTable = {
  instructions: [...V1.instructions, [12_000, 150], [15_000, 250]],
  stackHeight: [...V1.stackHeight, [3000, 150], [5000, 250]],
  stackSize: [...V1.stackSize, [15_000, 150], [20_000, 250]],
};

const V3: CostTable = {
  instructions: [...V1.instructions, [15_000, 100]],
  stackHeight: [...V1.stackHeight, [5000, 100]],
  stackSize: [...V1.stackSize, [20_000, 100]],
};

const V4: CostTable = {
  instructions: [
    [0, 1],
    [20_000, 2],
    [50_000, 10],
    [100_000, 50],
    [200_000, 100],
  ],
  stackHeight: [
    [0, 1],
    [1000, 2],
    [10_000, 10],
  ],
  stackSize: [
    [0, 1],
    [100_000, 2],
    [500_000, 5],
    [1_000_000, 100],
  ],
};

const V5: CostTable = {
  instructions: [...V4.instructions, [10_000_000, 1000]],
  stackHeight: V4.stackHeight,
  stackSize: [...V4.stackSize, [100_000_000, 1000]],
};

/** gas_predicates.rs, `cost_table_for_version`. */
export function costTable(gasModelVersion: number): CostTable {
  if (gasModelVersion <= 3) return V1;
  if (gasModelVersion === 4) return V2;
  if (gasModelVersion === 5) return V3;
  return gasModelVersion <= 7 ? V4 : V5;
}

/** A count and the price of its next unit. A tier begins one past its start. */
export class Tiered {
  count = 0;
  price = 1;
  #nextStart: number;

  constructor(private readonly tiers: Tiers) {
    this.#nextStart = 0;
    this.#enter();
  }

  add(amount: number): void {
    this.count += amount;
    if (this.count > this.#nextStart) this.#enter();
  }

  /** Never below 0; what was reached stays paid at its tier. */
  remove(amount: number): void {
    this.count = this.count > amount ? this.count - amount : 0;
  }

  #enter(): void {
    this.#nextStart = Number.POSITIVE_INFINITY;
    for (const [start, price] of this.tiers) {
      if (start > this.count) {
        this.#nextStart = start;
        break;
      }
      this.price = price;
    }
  }
}
