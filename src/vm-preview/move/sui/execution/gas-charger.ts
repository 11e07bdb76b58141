/** Gas coins become one, and pay (sui-adapter, gas_charger.rs). */
import { CannotPreview } from '../../../errors';
import type { ObjectRef } from '../data';
import { type GasStatus, netUse } from '../gas';
import { type Id, idOf } from '../linkage';
import type { SuiObject } from '../state';
import type { SuiGasSummary } from '../types';
import { ExecutionError } from './error';
import { objectSize } from './object-size';
import type { TemporaryStore } from './temporary-store';
import { coinBalance, coinContents } from './value';

/** From this model on storage is charged for the inputs alone before the whole budget is taken. */
const RETRIES_STORAGE = 4;
/** From this model on upgrades pay for their bytes as publishing does. */
const CHARGES_UPGRADES = 7;

/** Packages of the system, which nobody pays to read. */
const SYSTEM_PACKAGES: ReadonlySet<Id> = new Set(
  ['1', '2', '3', 'b', 'dee9'].map((id) => id.padStart(64, '0')),
);

export class GasCharger {
  /** The coin that pays, into which the others were put. */
  readonly coin: Id;

  constructor(
    readonly status: GasStatus,
    private readonly payment: readonly ObjectRef[],
    private readonly store: TemporaryStore,
  ) {
    const [first] = payment;
    if (first === undefined)
      throw new CannotPreview('sui-gas-from-balance', 'gas that is paid from an address balance');
    this.coin = idOf(first.id);
  }

  /** Puts all gas coins into the first. */
  smash(): void {
    const [, ...others] = this.payment.map(({ id }) => idOf(id));
    if (others.length === 0) return;
    let balance = this.#balanceOf(this.store.read(this.coin));
    for (const id of others) {
      balance += this.#balanceOf(this.store.read(id));
      this.store.deleteInput(id);
    }
    this.store.mutateInput(withBalance(this.store.read(this.coin), balance));
  }

  /** @throws MoveError OUT_OF_GAS */
  chargeInputs(): void {
    let size = 0;
    for (const [id, object] of this.store.inputs)
      if (!SYSTEM_PACKAGES.has(id)) size += objectSize(object);
    this.status.chargeRead(size);
  }

  /** @throws MoveError OUT_OF_GAS */
  chargeUpgrade(size: number): void {
    if (this.status.model >= CHARGES_UPGRADES) this.status.chargePublish(size);
  }

  /**
   * Settles what is to be paid and takes it from the coin. Where it cannot be paid, all that was written
   * is dropped.
   *
   * @param failure - of the execution
   * @returns what the transaction costs, and how it fails after all
   */
  settle(failure: ExecutionError | undefined): {
    readonly gas: SuiGasSummary;
    readonly failure: ExecutionError | undefined;
  } {
    let failed = failure;
    const outOfGas = (): void => {
      failed ??= new ExecutionError({ kind: 'InsufficientGas' });
    };
    if (!this.status.settleComputation()) outOfGas();
    if (failed !== undefined) this.#reset();
    this.#collect();
    if (!this.status.canPayStorage()) {
      outOfGas();
      this.#reset();
      if (this.status.model >= RETRIES_STORAGE) this.#collect();
      if (this.status.model < RETRIES_STORAGE || !this.status.canPayStorage()) {
        this.#reset();
        this.status.spendBudget();
        this.store.touchMutableInputs();
        this.store.collectRebate(this.status);
      }
    }
    const gas = this.status.summary();
    const coin = this.store.read(this.coin);
    this.store.mutateInput(withBalance(coin, this.#balanceOf(coin) - netUse(gas)));
    return { gas, failure: failed };
  }

  #collect(): void {
    this.store.touchMutableInputs();
    this.store.collectStorage(this.status);
  }

  #reset(): void {
    this.store.dropWrites();
    this.status.resetStorage();
    this.smash();
  }

  #balanceOf({ data, id }: SuiObject): bigint {
    const balance = data.kind === 'move' ? coinBalance(data.contents) : undefined;
    if (balance === undefined)
      throw new CannotPreview('sui-gas-coin', 'gas that is paid with what is no coin', {
        id: idOf(id),
      });
    return balance;
  }
}

export function withBalance(object: SuiObject, balance: bigint): SuiObject {
  const { data } = object;
  if (data.kind !== 'move') return object;
  return { ...object, data: { ...data, contents: coinContents(data.contents, balance) } };
}
