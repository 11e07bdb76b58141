/**
 * The gas meter of Sui's Move VM: counts instructions, pushes and the size of what is pushed, each at the
 * price of the tier it has come to (gas_model/tables.rs, `GasStatus`).
 */
import type { Gas } from '../../core/gas/gas';
import type { CallSite, DatatypeType, FunctionInstance, Type } from '../../core/loader';
import { MoveError } from '../../core/runtime';
import type { Struct, Value } from '../../core/values';
import type { SuiNativeGas } from '../natives';
import { STACK_CHANGES } from './instruction-prices';
import { costTable, Tiered } from './tiers';
import { type ValueSize, valueSize } from './value-size';

/** Internal units of a gas unit. */
const INTERNAL = 1000;
const LAST_LEGACY_SIZES = 7;
/** The one model that counted bytes that are read as memory. */
const BYTES_AS_MEMORY = 4;
/** From this model on calls of natives beyond the threshold count as many instructions. */
const COUNTS_NATIVES = 9;
const NATIVE_CALL_THRESHOLD = 700;

const BOOL = 1;
const STRUCT = 2;
const VECTOR = 8;

export interface SuiGasOptions {
  /** `gas_model_version` of the protocol. */
  readonly model: number;
  /** Gas units that computation may use. */
  readonly budget: bigint;
}

export class SuiGas implements Gas {
  readonly #budget: number;
  #left: number;
  readonly #model: number;
  readonly #instructions: Tiered;
  readonly #height: Tiered;
  readonly #size: Tiered;
  readonly #sizeOf: ValueSize;
  #nativeCalls = 0;
  /** Of the native that runs. */
  #nativeCount = 0;
  #nativeBudget = 0;

  /** What natives charge. */
  readonly natives: SuiNativeGas = {
    charge: (amount) => this.native(amount),
    chargeIfEnough: (amount) => {
      const price = Number(amount);
      if (this.#nativeCount + price <= this.#nativeBudget) this.#nativeCount += price;
    },
    forgive: () => {
      this.#nativeCount = 0;
    },
    abortNative: () => this.#payNative([]),
  };

  constructor({ model, budget }: SuiGasOptions) {
    const table = costTable(model);
    this.#model = model;
    this.#budget = Number(budget) * INTERNAL;
    this.#left = this.#budget;
    this.#instructions = new Tiered(table.instructions);
    this.#height = new Tiered(table.stackHeight);
    this.#size = new Tiered(table.stackSize);
    this.#sizeOf = valueSize(model <= LAST_LEGACY_SIZES);
  }

  /** Gas units used, rounded down. */
  get used(): bigint {
    return BigInt(Math.floor((this.#budget - this.#left) / INTERNAL));
  }

  /** Bytes that are read or published. @throws MoveError OUT_OF_GAS */
  chargeBytes(size: number, pricePerByte: number): void {
    let price = pricePerByte;
    if (this.#model === BYTES_AS_MEMORY) {
      this.#size.add(size);
      price *= this.#size.price;
    }
    this.#deduct(size * price);
  }

  start(): undefined {
    return undefined;
  }

  instruction(byte: number): void {
    const change = STACK_CHANGES[byte];
    if (change !== undefined) this.#charge(1, change.pushes, change.pops, change.size);
  }

  pop(): void {
    this.#charge(1, 0, 1, 0);
  }

  loadConstant(size: number): void {
    this.#charge(1, 1, 0, size);
  }

  copyLocal(value: Value): void {
    this.#charge(1, 1, 0, this.#sizeOf(value));
  }

  moveLocal(value: Value): void {
    this.#charge(1, 1, 0, this.#sizeOf(value));
  }

  storeLocal(): void {
    this.#charge(1, 0, 1, 0);
  }

  readReference(value: Value): void {
    this.#charge(1, 1, 1, this.#sizeOf(value));
  }

  writeReference(value: Value): void {
    this.#charge(1, 1, 2, this.#sizeOf(value));
  }

  compare(left: Value, right: Value, negated: boolean): void {
    const size = negated ? 0 : this.#sizeOf(left) + this.#sizeOf(right);
    this.#charge(1, 1, 2, BOOL + size);
  }

  pack(_: DatatypeType, fields: readonly Value[]): void {
    this.#charge(1, 1, fields.length, STRUCT);
  }

  unpack({ fields }: Struct): void {
    this.#charge(1, fields.length, 1, 0);
  }

  packVector(_: Type, values: readonly Value[]): void {
    this.#charge(1, 1, values.length, VECTOR);
  }

  unpackVector(_: Type, __: readonly Value[], count: number): void {
    this.#charge(1, count, 1, 0);
  }

  pushBack(): void {
    this.#charge(1, 0, 2, 0);
  }

  popBack(): void {
    this.#charge(1, 1, 1, 0);
  }

  /** A native pays as a function first, and then once more as a native. */
  call(_: CallSite, __: FunctionInstance, args: readonly Value[]): void {
    this.#charge(1, 0, args.length, 0);
  }

  enterNative(_: FunctionInstance, args: readonly Value[]): void {
    this.#nativeBudget = this.#left;
    this.#nativeCount = 0;
    this.#charge(1, 0, args.length, 0);
  }

  leaveNative(results: readonly Value[]): void {
    this.#payNative(results);
  }

  /** @throws MoveError OUT_OF_GAS when the native has charged more than was there when it was called */
  native(amount: bigint): void {
    const price = Number(amount);
    if (this.#nativeCount + price > this.#nativeBudget) {
      this.#left = 0;
      throw new MoveError('OUT_OF_GAS');
    }
    this.#nativeCount += price;
  }

  #payNative(results: readonly Value[]): void {
    const price = this.#nativeCount;
    let size = 0;
    for (const result of results) size += this.#sizeOf(result);
    this.#nativeCalls++;
    if (this.#model >= COUNTS_NATIVES && this.#nativeCalls > NATIVE_CALL_THRESHOLD) {
      this.#charge(price, results.length, 0, size);
      return;
    }
    this.#charge(0, results.length, 0, size);
    this.#deduct(price);
  }

  /** Sizes that leave the stack are not counted. */
  #charge(instructions: number, pushes: number, pops: number, size: number): void {
    const height = this.#height;
    height.add(pushes);
    this.#instructions.add(instructions);
    this.#size.add(size);
    this.#deduct(
      this.#instructions.price * instructions + this.#size.price * size + height.price * pushes,
    );
    height.remove(pops);
  }

  #deduct(amount: number): void {
    this.#left -= amount;
    if (this.#left >= 0) return;
    this.#left = 0;
    throw new MoveError('OUT_OF_GAS');
  }

  // What Sui's meter does not look at.
  createType = free;
  createDatatype = free;
  packClosure = free;
  callClosure = free;
  loadResource = free;
  global = free;
  enter = free;
  dropFrame = free;
  abortMessage = free;
}

function free(): undefined {
  return undefined;
}
