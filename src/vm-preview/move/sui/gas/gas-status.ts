/** What a transaction pays: computation, and the storage of each object (gas_model/gas_v2.rs). */
import type { ProtocolConfig } from '../protocol';
import type { SuiGasSummary } from '../types';
import { SuiGas } from './sui-gas';

/** Whole gas units that computation is rounded up to, before rounding steps were (`computation_bucket`). */
const BUCKETS = [1000n, 5000n, 10_000n, 20_000n, 50_000n, 200_000n, 1_000_000n];
const BASIS_POINTS = 10_000n;

export interface GasStatusOptions {
  readonly protocol: ProtocolConfig;
  /** MIST for a gas unit, as the transaction bids. */
  readonly price: bigint;
  /** MIST. */
  readonly budget: bigint;
}

interface ObjectStorage {
  /** MIST, as all here. */
  readonly cost: bigint;
  readonly rebate: bigint;
}

export class GasStatus {
  readonly meter: SuiGas;
  readonly model: number;
  #computationCost = 0n;
  #storage: ObjectStorage[] = [];
  readonly #storagePricePerByte: bigint;
  readonly #rebateRate: bigint;

  constructor(private readonly options: GasStatusOptions) {
    const { protocol, price, budget } = options;
    const most = protocol.required('max_gas_computation_bucket') * price;
    this.model = protocol.limit('gas_model_version');
    this.meter = new SuiGas({
      model: this.model,
      budget: smaller(budget, most) / price,
    });
    this.#storagePricePerByte =
      protocol.required('obj_data_cost_refundable') * protocol.required('storage_gas_price');
    this.#rebateRate = protocol.required('storage_rebate_rate');
  }

  get budget(): bigint {
    return this.options.budget;
  }

  /** Bytes of input objects. @throws MoveError OUT_OF_GAS */
  chargeRead(size: number): void {
    this.meter.chargeBytes(size, this.options.protocol.limit('obj_access_cost_read_per_byte'));
  }

  /** Bytes of modules that are published. @throws MoveError OUT_OF_GAS */
  chargePublish(size: number): void {
    this.meter.chargeBytes(size, this.options.protocol.limit('package_publish_cost_per_byte'));
  }

  /** Fixes the cost of what was computed. @returns whether it is within the budget */
  settleComputation(): boolean {
    const cost = this.#roundedUse() * this.options.price;
    const isPaid = cost < this.budget;
    this.#computationCost = isPaid ? cost : this.budget;
    return isPaid;
  }

  /**
   * Notes what becomes of an object.
   *
   * @param size - bytes that it takes now, 0 where it is gone
   * @param rebate - what was paid for it before
   * @returns what is paid for it now
   */
  trackStorage(size: number, rebate: bigint): bigint {
    const cost = BigInt(size) * this.#storagePricePerByte;
    this.#storage.push({ cost, rebate });
    return cost;
  }

  resetStorage(): void {
    this.#storage = [];
  }

  /** Whether the budget has what storage costs beyond its rebate. */
  canPayStorage(): boolean {
    const { storageCost, storageRebate } = this.summary();
    return (
      storageRebate >= storageCost ||
      this.budget - this.#computationCost >= storageCost - storageRebate
    );
  }

  /** The whole budget goes to computation where storage could not be paid. */
  spendBudget(): void {
    this.#storage = [];
    this.#computationCost = this.budget;
  }

  summary(): SuiGasSummary {
    const total = (part: keyof ObjectStorage): bigint =>
      this.#storage.reduce((sum, storage) => sum + storage[part], 0n);
    const rebate = total('rebate');
    const returned = (rebate * this.#rebateRate + BASIS_POINTS / 2n) / BASIS_POINTS;
    return {
      computationCost: this.#computationCost,
      storageCost: total('cost'),
      storageRebate: returned,
      nonRefundableStorageFee: rebate - returned,
    };
  }

  #roundedUse(): bigint {
    const { used } = this.meter;
    const step = this.options.protocol.number('gas_rounding_step');
    if (step === undefined) {
      const last = this.options.protocol.required('max_gas_computation_bucket');
      return BUCKETS.find((bucket) => bucket >= used) ?? last;
    }
    return used > 0n && used % step === 0n ? used : (used / step + 1n) * step;
  }
}

/** What leaves the payer's coin; negative where it gets more back. MIST. */
export function netUse(gas: SuiGasSummary): bigint {
  return gas.computationCost + gas.storageCost - gas.storageRebate;
}

function smaller(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}
