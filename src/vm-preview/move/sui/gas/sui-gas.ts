/**
 * The gas meter of Sui's Move VM: counts instructions, pushes and the size of what is pushed, each at the
 * price of the tier it has come to (gas_model/tables.rs, `GasStatus`).
 */

import { CannotPreview } from '../../../errors';
import { OPCODES_BY_NAME } from '../../core/format';
import type { Gas } from '../../core/gas/gas';
import type { CallSite, DatatypeType, FunctionInstance, Type } from '../../core/loader';
import { MoveError } from '../../core/runtime';
import type { Struct, Value } from '../../core/values';
import type { SuiNativeGas } from '../natives';
import { runningSize, type TypesOf } from './abstract-size';
import { STACK_CHANGES } from './instruction-prices';
import { costTable, Tiered } from './tiers';
import { valueSize } from './value-size';

/** Internal units of a gas unit. */
const INTERNAL = 1000;
const LAST_LEGACY_SIZES = 7;
/** The one model that counted bytes that are read as memory. */
const BYTES_AS_MEMORY = 4;
/** From this model on calls of natives beyond the threshold count as many instructions. */
const COUNTS_NATIVES = 9;
const NATIVE_CALL_THRESHOLD = 700;
/** From this model on what is compared through references is counted, for equality and for its contrary. */
const TRAVERSES_REFERENCES = 10;
/** From this model on moves, writes and swaps weigh less, and integers are told apart. */
const REWEIGHS = 11;
/** Up to this model the arguments of a native left the stack twice. */
const LAST_DOUBLE_POP = 13;

const BOOL = 1;
const STRUCT = 2;
const VECTOR = 8;
const REFERENCE = 8;

const VEC_SWAP = OPCODES_BY_NAME.sui.get('VecSwap')?.byte;

/** Sizes by the kind of a value's parts, or not: see `abstract-size.ts` and `value-size.ts`. */
type SizeOf = (value: Value, type: Type | undefined, typesOf: TypesOf | undefined) => number;

export interface SuiGasOptions {
  /** `gas_model_version` of the protocol. */
  readonly model: number;
  /** Gas units that computation may use. */
  readonly budget: bigint;
  /** Whether a constant is charged for by its size as a value, and not for its bytes. */
  readonly sizesConstants?: boolean;
}

export class SuiGas implements Gas {
  readonly #budget: number;
  #left: number;
  readonly #model: number;
  readonly #instructions: Tiered;
  readonly #height: Tiered;
  readonly #size: Tiered;
  readonly #sizesConstants: boolean;
  readonly #sizeOf: SizeOf;
  /** With what references point to, where the model counts that. */
  readonly #sizeBehind: SizeOf;
  #nativeCalls = 0;
  /** Of the native that runs. */
  #native: FunctionInstance | undefined;
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

  constructor({ model, budget, sizesConstants = false }: SuiGasOptions) {
    const table = costTable(model);
    this.#model = model;
    this.#budget = Number(budget) * INTERNAL;
    this.#left = this.#budget;
    this.#instructions = new Tiered(table.instructions);
    this.#height = new Tiered(table.stackHeight);
    this.#size = new Tiered(table.stackSize);
    this.#sizesConstants = sizesConstants;
    this.#sizeOf = model >= REWEIGHS ? typedSize(false) : valueSize(model <= LAST_LEGACY_SIZES);
    const traverses = model >= TRAVERSES_REFERENCES;
    this.#sizeBehind =
      model >= REWEIGHS ? typedSize(true) : valueSize(model <= LAST_LEGACY_SIZES, traverses);
  }

  /** Gas units used, rounded down. */
  get used(): bigint {
    return BigInt(Math.floor((this.#budget - this.#left) / INTERNAL));
  }

  /** Thousandths of a gas unit used. */
  get usedThousandths(): bigint {
    return BigInt(Math.floor(this.#budget - this.#left));
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

  /** Internal units, for what is no instruction. @throws MoveError OUT_OF_GAS */
  deduct(amount: number): void {
    this.#deduct(amount);
  }

  start(): undefined {
    return undefined;
  }

  instruction(byte: number): void {
    const change = STACK_CHANGES[byte];
    if (change === undefined) return;
    if (byte === VEC_SWAP && this.#model >= REWEIGHS) this.#charge(1, 0, 3, 0);
    else this.#charge(1, change.pushes, change.pops, change.size);
  }

  pop(): void {
    this.#charge(1, 0, 1, 0);
  }

  /** One instruction that takes values off the stack. */
  popMany(count: number): void {
    this.#charge(1, 0, count, 0);
  }

  loadConstant(size: number, value: Value, type?: Type, typesOf?: TypesOf): void {
    this.#charge(1, 1, 0, this.#sizesConstants ? this.#sizeOf(value, type, typesOf) : size);
  }

  copyLocal(value: Value, type?: Type, typesOf?: TypesOf): void {
    this.#charge(1, 1, 0, this.#sizeOf(value, type, typesOf));
  }

  moveLocal(value: Value): void {
    const size = this.#model >= REWEIGHS ? REFERENCE : this.#sizeOf(value, undefined, undefined);
    this.#charge(1, 1, 0, size);
  }

  storeLocal(): void {
    this.#charge(1, 0, 1, 0);
  }

  /** The adapter gives the reference and not what it points to. */
  readReference(value: Value, type?: Type, typesOf?: TypesOf): void {
    const size = this.#model >= REWEIGHS ? this.#sizeBehind : this.#sizeOf;
    this.#charge(1, 1, 1, size(value, type, typesOf));
  }

  writeReference(value: Value, _?: Value, type?: Type, typesOf?: TypesOf): void {
    const pushes = this.#model >= REWEIGHS ? 0 : 1;
    this.#charge(1, pushes, 2, this.#sizeOf(value, type, typesOf));
  }

  compare(left: Value, right: Value, negated: boolean, type?: Type, typesOf?: TypesOf): void {
    const counts = !negated || this.#model >= TRAVERSES_REFERENCES;
    const size = counts
      ? this.#sizeBehind(left, type, typesOf) + this.#sizeBehind(right, type, typesOf)
      : 0;
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

  enterNative(callee: FunctionInstance, args: readonly Value[]): void {
    this.#nativeBudget = this.#left;
    this.#nativeCount = 0;
    this.#native = callee;
    this.#charge(1, 0, this.#model > LAST_DOUBLE_POP ? 0 : args.length, 0);
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
    const types = this.#model >= REWEIGHS ? this.#native?.definition.results : undefined;
    let size = 0;
    for (const [i, result] of results.entries())
      size += this.#sizeOf(result, types?.[i], this.#native);
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
    const counted = this.#instructions;
    counted.add(instructions);
    let cost = counted.price * instructions;
    if (pushes > 0) {
      const height = this.#height;
      height.add(pushes);
      cost += height.price * pushes;
    }
    if (size > 0) {
      const sizes = this.#size;
      sizes.add(size);
      cost += sizes.price * size;
    }
    this.#deduct(cost);
    if (pops > 0) this.#height.remove(pops);
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

function typedSize(traverses: boolean): SizeOf {
  return (value, type, typesOf) => {
    if (type === undefined || typesOf === undefined)
      throw new CannotPreview('sui-gas-sizes', 'gas that depends on the kind of an integer');
    return runningSize(value, type, typesOf, traverses);
  };
}

function free(): undefined {
  return undefined;
}
