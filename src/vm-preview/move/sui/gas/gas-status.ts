/** What a transaction pays: computation, and the storage of each object (gas_model/gas_v2.rs). */
import type { ProtocolConfig } from '../protocol';
import type { SuiGasSummary } from '../types';
import { SuiGas } from './sui-gas';

/** Whole gas units that computation is rounded up to, before rounding steps were (`computation_bucket`). */
const BUCKETS = [1000n, 5000n, 10_000n, 20_000n, 50_000n, 200_000n, 1_000_000n];
const BASIS_POINTS = 10_000n;
const LEAST_UNITS = 1000n;
/** Bytes of packages for which there is one price. */
const PACKAGE_UNIT = 1000;
/** From this model on what computation takes gives way to what storage takes. */
const DERIVES_COMPUTATION = 15;

export interface GasStatusOptions {
  readonly protocol: ProtocolConfig;
  /** MIST for a gas unit, as the transaction bids. */
  readonly price: bigint;
  /** MIST for a gas unit, as the network asks at least; by it a bid is bounded for what aborts. */
  readonly referencePrice: bigint;
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
  /** As it is without regard to what storage takes of the budget. */
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
      sizesConstants: protocol.feature('charge_ld_const_abstract_size'),
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

  /** Bytes of packages that the transaction names. @throws MoveError OUT_OF_GAS */
  chargePackageRead(size: number): void {
    const price = this.options.protocol.number('obj_access_cost_read_per_package_kb');
    if (price === undefined) this.chargeRead(size);
    else this.meter.deduct(Math.ceil((size * Number(price)) / PACKAGE_UNIT));
  }

  /** Bytes of modules that are published. @throws MoveError OUT_OF_GAS */
  chargePublish(size: number): void {
    this.meter.chargeBytes(size, this.options.protocol.limit('package_publish_cost_per_byte'));
  }

  /**
   * Fixes the cost of what was computed.
   *
   * @param isAborted - whether Move code aborted, in which case no more is asked than some times the price
   *   that the network asks at least
   * @returns whether it is within the budget
   */
  settleComputation(isAborted: boolean): boolean {
    const cost = this.#roundedUse() * this.#priceOf(isAborted);
    const isPaid = cost < this.budget;
    this.#computationCost = isPaid || this.#isDerived ? cost : this.budget;
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
    const left = this.budget - this.#computationCost;
    return (left > 0n ? left : 0n) >= this.#netStorage;
  }

  /** The whole budget goes to computation where storage could not be paid. */
  spendBudget(): void {
    this.#storage = [];
    this.#computationCost = this.budget;
  }

  summary(): SuiGasSummary {
    const { cost, rebate, returned } = this.#totals;
    return {
      computationCost: this.#paidComputation,
      storageCost: cost,
      storageRebate: returned,
      nonRefundableStorageFee: rebate - returned,
    };
  }

  /** From `DERIVES_COMPUTATION` on computation gets what storage leaves of the budget (gas_v3.rs). */
  get #paidComputation(): bigint {
    if (!this.#isDerived) return this.#computationCost;
    const left = this.budget - this.#netStorage;
    return smaller(this.#computationCost, left > 0n ? left : 0n);
  }

  get #isDerived(): boolean {
    return this.model >= DERIVES_COMPUTATION;
  }

  get #totals(): { readonly cost: bigint; readonly rebate: bigint; readonly returned: bigint } {
    const total = (part: keyof ObjectStorage): bigint =>
      this.#storage.reduce((sum, storage) => sum + storage[part], 0n);
    const rebate = total('rebate');
    const returned = (rebate * this.#rebateRate + BASIS_POINTS / 2n) / BASIS_POINTS;
    return { cost: total('cost'), rebate, returned };
  }

  get #netStorage(): bigint {
    const { cost, returned } = this.#totals;
    return cost > returned ? cost - returned : 0n;
  }

  #priceOf(isAborted: boolean): bigint {
    const { protocol, price, referencePrice } = this.options;
    const most = protocol.number('max_gas_price_rgp_factor_for_aborted_transactions');
    return isAborted && most !== undefined ? smaller(price, most * referencePrice) : price;
  }

  #roundedUse(): bigint {
    const { used } = this.meter;
    const { protocol } = this.options;
    if (protocol.feature('gas_rounding_halve_digits')) return roundedByDigits(used);
    const step = protocol.number('gas_rounding_step');
    if (step === undefined) {
      const last = protocol.required('max_gas_computation_bucket');
      return BUCKETS.find((bucket) => bucket >= used) ?? last;
    }
    return used > 0n && used % step === 0n ? used : (used / step + 1n) * step;
  }
}

/** Up, so that the upper half of the digits stays (`half_digits_rounding`); at least 1000. */
export function roundedByDigits(units: bigint): bigint {
  if (units < LEAST_UNITS) return LEAST_UNITS;
  const digits = String(units).length - 1;
  const unit = 10n ** BigInt(Math.floor(digits / 2));
  return ((units + unit - 1n) / unit) * unit;
}

/** What leaves the payer's coin; negative where it gets more back. MIST. */
export function netUse(gas: SuiGasSummary): bigint {
  return gas.computationCost + gas.storageCost - gas.storageRebate;
}

function smaller(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}
