/** Gas coins become one, and pay (sui-adapter, gas_charger.rs). */
import { CannotPreview } from '../../../errors';
import {
  balanceChange,
  locationOf,
  type Payment,
  type PaymentLocation,
  type PaymentMethod,
} from '../address-balance';
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

/** From this model on what pays is looked up again after writes were dropped. */
const REFRESHES_LOCATION = 13;

const NOTHING: SuiGasSummary = {
  computationCost: 0n,
  storageCost: 0n,
  storageRebate: 0n,
  nonRefundableStorageFee: 0n,
};

export class GasCharger {
  /** Where gas is taken from at last: what pays, or where commands sent it. Undefined where nothing pays. */
  #location: PaymentLocation | undefined;

  constructor(
    readonly status: GasStatus,
    readonly payment: Payment,
    private readonly store: TemporaryStore,
  ) {
    this.#location = this.paid?.location;
  }

  /** The coin that pays, into which the others were put. @throws CannotPreview where a balance pays */
  get coin(): Id {
    const { effectsCoin } = this;
    if (effectsCoin === undefined)
      throw new CannotPreview('sui-gas-from-balance', 'gas that is paid from an address balance');
    return effectsCoin;
  }

  /** The coin that pays; undefined where a balance does. */
  get effectsCoin(): Id | undefined {
    const location = this.paid?.location;
    return location?.kind === 'coin' ? idOf(location.id) : undefined;
  }

  /** What pays before commands run, and all that is there to pay with. Undefined where nothing pays. */
  get paid(): { readonly location: PaymentLocation; readonly amount: bigint } | undefined {
    if (this.payment.kind === 'gasless') return undefined;
    const { target, others } = this.payment;
    const amount = [target, ...others].reduce((sum, method) => sum + this.#amountOf(method), 0n);
    return { location: locationOf(target), amount };
  }

  /** Has what is left of the gas coin paid for from where commands sent it. */
  chargeAt(location: PaymentLocation): void {
    this.#location = location;
  }

  /** Puts all that pays into the first. */
  smash(): void {
    const { paid, payment } = this;
    this.#location = paid?.location;
    if (paid === undefined || payment.kind === 'gasless') return;
    const { target, others } = payment;
    if (others.length === 0) return;
    for (const method of others) {
      if (method.kind === 'coin') this.store.deleteInput(idOf(method.ref.id));
      else this.#change(method.owner, -method.reserved);
    }
    if (target.kind === 'balance') this.#change(target.owner, paid.amount - target.reserved);
    else this.store.mutateInput(withBalance(this.#input(target.ref), paid.amount));
  }

  /** @throws MoveError OUT_OF_GAS */
  chargeInputs(): void {
    for (const [id, object] of this.store.inputs) {
      if (SYSTEM_PACKAGES.has(id)) continue;
      if (object.data.kind === 'package') this.status.chargePackageRead(objectSize(object));
      else this.status.chargeRead(objectSize(object));
    }
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
    if (!this.status.settleComputation(failure?.failure.kind === 'MoveAbort')) outOfGas();
    if (failed !== undefined) this.#reset();
    this.#collect();
    const location = this.#location;
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
    const refreshed = this.status.model >= REFRESHES_LOCATION ? this.#location : location;
    return { gas: this.#pay(refreshed, failed !== undefined), failure: failed };
  }

  #pay(location: PaymentLocation | undefined, isFailed: boolean): SuiGasSummary {
    const gas = this.status.summary();
    if (location === undefined) return isFailed ? NOTHING : gasless(gas);
    if (location.kind === 'balance') {
      this.#change(location.owner, -netUse(gas));
      return gas;
    }
    const coin = this.store.read(idOf(location.id));
    this.store.mutate(withBalance(coin, this.#balanceOf(coin) - netUse(gas)));
    return gas;
  }

  /** @param change - MIST, signed */
  #change(owner: Uint8Array, change: bigint): void {
    if (change !== 0n) this.store.addAccumulatorWrite(balanceChange(owner, change));
  }

  #input({ id }: ObjectRef): SuiObject {
    const object = this.store.inputs.get(idOf(id));
    return object ?? this.store.read(idOf(id));
  }

  #amountOf(method: PaymentMethod): bigint {
    return method.kind === 'balance' ? method.reserved : this.#balanceOf(this.#input(method.ref));
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

/** What is freed is the network's, and nothing is paid. */
function gasless(gas: SuiGasSummary): SuiGasSummary {
  const { nonRefundableStorageFee, storageCost, storageRebate } = gas;
  if (storageCost !== 0n)
    throw new CannotPreview('sui-gasless-storage', 'a transaction without gas that keeps objects');
  return { computationCost: storageRebate, storageCost, storageRebate, nonRefundableStorageFee };
}

export function withBalance(object: SuiObject, balance: bigint): SuiObject {
  const { data } = object;
  if (data.kind !== 'move') return object;
  return { ...object, data: { ...data, contents: coinContents(data.contents, balance) } };
}
