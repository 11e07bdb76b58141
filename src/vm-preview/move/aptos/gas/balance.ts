import { CannotPreview } from '../../../errors';
import { MoveError } from '../../core/runtime';
import type { GasSchedule } from './schedule';

/** First version that limits execution, io and storage each. */
const LIMITS_CATEGORIES = 7;
/** First version in which what is left when gas runs out counts as used by the charge that failed. */
const COUNTS_REMAINDER = 12;
const GOVERNANCE_LIMITS = 18;

const U64_MAX = 2n ** 64n - 1n;

/**
 * Gas of a transaction in internal units, and what it is used for (algebra.rs). Execution is charged for
 * every instruction: it is taken from what may be spent without asking, and settled when anything else is
 * charged or asked for.
 */
export class GasBalance {
  readonly #version: number;
  readonly #scale: number;
  readonly #maxGasAmount: bigint;
  readonly #maxExecution: number;
  readonly #maxIo: number;
  readonly #maxStorageFee: bigint;
  #balance: number;
  #execution = 0;
  #io = 0;
  #storage = 0;
  #storageFee = 0n;
  #granted = 0;
  /** Of what was granted, not yet spent. */
  #headroom = 0;

  /**
   * @param maxGasAmount - in gas units
   * @param startAmount - in gas units; less than the maximum while accounts authenticate themselves
   * @param isGovernance - of an approved governance script, which has limits of its own
   */
  constructor(
    schedule: GasSchedule,
    maxGasAmount: bigint,
    isGovernance = false,
    startAmount: bigint = maxGasAmount,
  ) {
    const { version } = schedule;
    const limits = isGovernance && version >= GOVERNANCE_LIMITS ? '.gov' : '';
    const isLimited = version >= LIMITS_CATEGORIES;
    const limit = (name: string): number =>
      isLimited ? schedule.amount(`txn.${name}${limits}`) : Number.POSITIVE_INFINITY;
    this.#version = version;
    // An all-zero schedule must not divide by zero.
    this.#scale = schedule.amount('txn.gas_unit_scaling_factor') || 1;
    this.#maxGasAmount = maxGasAmount;
    this.#maxExecution = limit('max_execution_gas');
    this.#maxIo = limit('max_io_gas');
    this.#maxStorageFee = isLimited ? schedule.price(`txn.max_storage_fee${limits}`) : U64_MAX;
    // More than the schedule allows is refused before any of it is spent, in `checkGas`.
    const most = schedule.price('txn.maximum_number_of_gas_units');
    this.#balance = this.#internal(startAmount > most ? most : startAmount);
    this.#grant();
  }

  /** @param amount - internal units. @throws MoveError OUT_OF_GAS, EXECUTION_LIMIT_REACHED */
  chargeExecution(amount: number): void {
    const left = this.#headroom - amount;
    if (left >= 0) this.#headroom = left;
    else this.#overdraw(amount);
  }

  /** Whether all of it can be charged, in parts or at once. */
  canExecute(amount: number): boolean {
    return amount <= this.#headroom;
  }

  /** @param amount - internal units. @throws MoveError OUT_OF_GAS, IO_LIMIT_REACHED */
  chargeIo(amount: number): void {
    this.#settle();
    const taken = this.#take(amount);
    this.#io += taken;
    this.#grant();
    if (taken < amount) throw new MoveError('OUT_OF_GAS');
    if (this.#io > this.#maxIo) throw new MoveError('IO_LIMIT_REACHED');
  }

  /**
   * @param fee - octas
   * @param gasUnitPrice - octas for a gas unit, not 0
   * @throws MoveError OUT_OF_GAS, STORAGE_LIMIT_REACHED
   */
  chargeStorageFee(fee: bigint, gasUnitPrice: bigint): void {
    this.#settle();
    const exact = (fee * BigInt(this.#scale) + gasUnitPrice - 1n) / gasUnitPrice;
    // What is beyond a double is beyond any balance.
    const amount = Number(exact > U64_MAX ? U64_MAX : exact);
    const taken = this.#take(amount);
    this.#storage += taken;
    this.#grant();
    if (taken === amount || this.#version >= COUNTS_REMAINDER) this.#storageFee += fee;
    if (taken < amount) throw new MoveError('OUT_OF_GAS');
    if (this.#storageFee > this.#maxStorageFee) throw new MoveError('STORAGE_LIMIT_REACHED');
  }

  /** Gas that was held back while accounts authenticated themselves. @param amount - gas units */
  inject(amount: bigint): void {
    this.#settle();
    this.#balance += this.#internal(amount);
    this.#grant();
  }

  /** Gas units left, rounded down. */
  get remaining(): bigint {
    return BigInt(Math.floor(this.#left / this.#scale));
  }

  /** Gas units used, as the transaction pays for them. */
  get used(): bigint {
    return this.#maxGasAmount - this.remaining;
  }

  /** Internal units left. */
  get #left(): number {
    return this.#balance - (this.#granted - this.#headroom);
  }

  /** Internal units, exactly. */
  get executionInternal(): number {
    return this.#execution + (this.#granted - this.#headroom);
  }

  get ioInternal(): number {
    return this.#io;
  }

  get storageInternal(): number {
    return this.#storage;
  }

  /** Gas units, rounded up. */
  get executionGas(): bigint {
    return this.#external(this.executionInternal);
  }

  /** Gas units, rounded up. */
  get ioGas(): bigint {
    return this.#external(this.#io);
  }

  /** Octas. */
  get storageFee(): bigint {
    return this.#storageFee;
  }

  #overdraw(amount: number): never {
    this.#settle();
    const taken = this.#take(amount);
    this.#execution += taken;
    this.#grant();
    throw new MoveError(taken < amount ? 'OUT_OF_GAS' : 'EXECUTION_LIMIT_REACHED');
  }

  /** Takes the amount or, when there is less, all that is left; gives what counts as used. */
  #take(amount: number): number {
    if (amount <= this.#balance) {
      this.#balance -= amount;
      return amount;
    }
    const left = this.#balance;
    this.#balance = 0;
    return this.#version >= COUNTS_REMAINDER ? left : 0;
  }

  #settle(): void {
    const spent = this.#granted - this.#headroom;
    this.#execution += spent;
    this.#balance -= spent;
    this.#granted = 0;
    this.#headroom = 0;
  }

  #grant(): void {
    this.#granted = Math.max(0, Math.min(this.#balance, this.#maxExecution - this.#execution));
    this.#headroom = this.#granted;
  }

  #internal(amount: bigint): number {
    const internal = amount * BigInt(this.#scale);
    if (internal > BigInt(Number.MAX_SAFE_INTEGER))
      throw new CannotPreview('aptos-gas-amount', `gas of ${amount} units`);
    return Number(internal);
  }

  #external(internal: number): bigint {
    return BigInt(Math.ceil(internal / this.#scale));
  }
}
