import type { Gas } from '../../core/gas/gas';
import type { CallSite, DatatypeType, FunctionInstance, Type } from '../../core/loader';
import type { Slots, Struct, Value } from '../../core/values';
import type { AptosFeatures, NativeGas } from '../natives/context';
import type { FeeStatement } from '../types';
import { AbstractSizes } from './abstract-size';
import { GasBalance } from './balance';
import { CallPrices } from './call-prices';
import { type ChangeSetFees, ChangeSetPricing, type EventSize } from './change-set';
import { FEATURE } from './features';
import { instructionPrices } from './instruction-prices';
import { intrinsicCharges, type Surcharge } from './intrinsic';
import { type IoPricing, ioPricing } from './io-pricing';
import { MemoryQuota } from './memory';
import { type ModuleCode, PaidModules } from './modules';
import { MeteredNativeGas, NativePrices } from './native-gas';
import type { GasSchedule } from './schedule';
import type { StateWrite } from './state-write';
import type { StorageGas } from './storage-gas';
import { TypeNodes } from './type-nodes';
import { ValuePrices } from './value-prices';

export interface AptosGasOptions {
  readonly schedule: GasSchedule;
  readonly features: AptosFeatures;
  readonly modules: ModuleCode;
  /** Gas units; held to the schedule's bounds by `checkGas` before. */
  readonly maxGasAmount: bigint;
  /** Octas for a gas unit. */
  readonly gasUnitPrice: bigint;
  /** Gas units to begin with, where accounts authenticate themselves by code (txn.max_aa_gas). */
  readonly startAmount?: bigint;
  /** 0x1::storage_gas::StorageGas, which feature versions 1 to 9 look at. */
  readonly storageGas?: StorageGas;
  /** An approved governance script has limits of its own. */
  readonly isGovernance?: boolean;
}

/** First version that prices types by their parts. */
const PRICES_TYPES = 14;

/**
 * The gas meter of a user transaction: the chain's meter for execution and io, with its memory tracker
 * around it (aptos-gas-meter, aptos-memory-usage-tracker). One for a transaction; prologue and epilogue
 * run without.
 */
export class AptosGas implements Gas {
  readonly balance: GasBalance;
  readonly modules: PaidModules;
  /** For the natives of the payload. */
  readonly natives: NativeGas;
  /** By opcode; of instructions on global storage apart. */
  readonly #flat: Float64Array;
  readonly #global: Float64Array;
  readonly #values: ValuePrices;
  readonly #calls: CallPrices;
  readonly #sizes: AbstractSizes;
  readonly #memory: MemoryQuota;
  readonly #nodes = new TypeNodes();
  readonly #perNode: number;
  readonly #io: IoPricing;
  readonly #changeSet: ChangeSetPricing;
  readonly #schedule: GasSchedule;

  constructor(options: AptosGasOptions) {
    const { schedule, features, storageGas, maxGasAmount, isGovernance } = options;
    this.balance = new GasBalance(schedule, maxGasAmount, isGovernance, options.startAmount);
    const isLazy = features.isEnabled(FEATURE.lazyLoading);
    this.modules = new PaidModules(schedule, this.balance, options.modules, isLazy);
    this.#sizes = new AbstractSizes(schedule);
    this.#memory = new MemoryQuota(schedule);
    const { flat, global } = instructionPrices(schedule);
    this.#flat = flat;
    this.#global = global;
    this.#values = new ValuePrices(schedule, this.#sizes, this.#memory, this.balance);
    this.#calls = new CallPrices(schedule, features.isEnabled(FEATURE.functionCaches));
    this.#perNode =
      schedule.version < PRICES_TYPES ? 0 : schedule.amount('instr.subst_ty_per_node');
    this.#io = ioPricing(schedule, storageGas);
    this.#changeSet = new ChangeSetPricing(schedule, features, this.#io, options.gasUnitPrice);
    this.#schedule = schedule;
    const prices = new NativePrices(schedule, storageGas);
    this.natives = new MeteredNativeGas(prices, this.#sizes, this.balance, this.#memory);
  }

  start(): void {
    this.#calls.start();
  }

  instruction(byte: number): void {
    this.balance.chargeExecution(this.#flat[byte] ?? 0);
  }

  createType(type: Type): void {
    this.#chargeNodes(type.nodes);
  }

  createDatatype(type: DatatypeType, variant: number | undefined): void {
    if (this.#perNode === 0) return;
    this.#chargeEach(this.#nodes.ofFields(type, variant));
    this.#chargeNodes(type.nodes);
  }

  pop(value: Value): void {
    this.#memory.release(this.#sizes.heap(value));
  }

  loadConstant(size: number, value: Value): void {
    this.#values.constant(size);
    this.#memory.use(this.#sizes.heap(value));
  }

  copyLocal(value: Value): void {
    this.#values.copyLocal(value);
  }

  /** Priced by the opcode alone. */
  moveLocal(): undefined {
    return undefined;
  }

  /** Priced by the opcode alone. */
  storeLocal(): undefined {
    return undefined;
  }

  readReference(value: Value): void {
    this.#values.readReference(value);
  }

  writeReference(_: Value, old: Value): void {
    this.#memory.release(this.#sizes.heap(old));
  }

  compare(left: Value, right: Value, negated: boolean): void {
    this.#values.compare(left, right, negated);
  }

  pack(type: DatatypeType, fields: readonly Value[], isGeneric: boolean): void {
    this.modules.visitMade(type);
    this.#memory.use(this.#sizes.stackOfAll(fields));
    this.#values.pack(fields.length, isGeneric);
  }

  unpack({ fields, variant }: Struct, isGeneric: boolean): void {
    const tag = variant === undefined ? 0 : this.#sizes.variantTag;
    this.#memory.release(this.#sizes.stackOfAll(fields) + tag);
    // The tag of an enum is among its fields when it is taken apart, and not when it is made.
    this.#values.unpack(fields.length + (variant === undefined ? 0 : 1), isGeneric);
  }

  packClosure(
    { typeArguments }: CallSite,
    target: FunctionInstance,
    mask: bigint,
    captured: readonly Value[],
  ): void {
    const isGeneric = typeArguments.length > 0;
    this.#memory.use(this.#sizes.stackOfAll(captured));
    this.#values.packClosure(captured.length, isGeneric);
    if (isGeneric) this.#createTypes(target.typeArguments);
    this.#reach(target);
    for (const [i, type] of target.definition.parameters.entries())
      if (((mask >> BigInt(i)) & 1n) === 1n) this.modules.visitType(target.type(type));
  }

  packVector(element: Type, values: readonly Value[]): void {
    this.modules.visitMade(element);
    this.#memory.use(this.#sizes.packed(element) * values.length);
    this.#values.packVector(values.length);
  }

  unpackVector(element: Type, values: readonly Value[], count: number): void {
    this.#memory.release(this.#sizes.packed(element) * values.length);
    this.#values.unpackVector(count);
  }

  pushBack(element: Type): void {
    this.#memory.use(this.#sizes.packed(element));
    this.#values.pushBack();
  }

  popBack(element: Type, value: Value | undefined): void {
    if (value !== undefined) this.#memory.release(this.#sizes.packed(element));
    this.#values.popBack();
  }

  loadResource(type: Type, value: Value | undefined, bytes: number): void {
    this.modules.visitType(type);
    if (type.kind === 'datatype') this.modules.reach(type.datatype.module);
    if (value !== undefined) this.#memory.use(this.#sizes.heap(value));
    this.balance.chargeIo(this.#io.read(value !== undefined, bytes));
  }

  global(byte: number): void {
    this.balance.chargeExecution(this.#global[byte] ?? 0);
  }

  call(
    site: CallSite,
    callee: FunctionInstance,
    args: readonly Value[],
    caller: FunctionInstance,
  ): void {
    if (callee.typeArguments.length === 0) {
      this.#reach(callee);
      this.balance.chargeExecution(this.#calls.plain(callee, args.length));
      return;
    }
    if (this.#calls.makesTypes(site, caller)) this.#createTypes(callee.typeArguments);
    this.#reach(callee);
    this.balance.chargeExecution(this.#calls.generic(callee, args.length));
  }

  callClosure(callee: FunctionInstance, args: readonly Value[]): void {
    this.#reach(callee);
    this.balance.chargeExecution(this.#calls.plain(callee, args.length));
  }

  enter(callee: FunctionInstance): void {
    if (this.#perNode !== 0) this.#chargeEach(this.#nodes.ofLocals(callee));
  }

  dropFrame(locals: Slots): void {
    this.#memory.release(this.#sizes.heapOfAll(locals));
  }

  enterNative(_: FunctionInstance, args: readonly Value[]): void {
    if (!this.#calls.leaks) this.#memory.release(this.#sizes.heapOfAll(args));
  }

  leaveNative(results: readonly Value[]): void {
    this.#memory.use(this.#sizes.heapOfAll(results));
  }

  abortMessage(length: number): void {
    this.#values.abortMessage(length);
  }

  native(amount: bigint): void {
    this.natives.charge(amount);
  }

  /** What every transaction pays. @param size - of the signed transaction, in bytes */
  chargeIntrinsic(size: number, surcharges: readonly Surcharge[] = []): void {
    for (const amount of intrinsicCharges(this.#schedule, size, surcharges))
      this.balance.chargeExecution(amount);
  }

  /**
   * After the payload has run.
   *
   * @param size - of the signed transaction, in bytes
   * @throws MoveError OUT_OF_GAS, IO_LIMIT_REACHED, STORAGE_LIMIT_REACHED
   */
  chargeChangeSet(
    size: number,
    events: readonly EventSize[],
    writes: readonly StateWrite[],
  ): ChangeSetFees {
    return this.#changeSet.charge(this.balance, size, events, writes);
  }

  /** @param refund - octas, of a transaction that succeeded */
  feeStatement(refund: bigint): FeeStatement {
    const { balance } = this;
    return {
      gasUsed: balance.used,
      executionGas: balance.executionGas,
      ioGas: balance.ioGas,
      storageFeeOctas: balance.storageFee,
      storageRefundOctas: refund,
    };
  }

  #reach(callee: FunctionInstance): void {
    const { id } = callee.definition.owner;
    if (id !== undefined) this.modules.reach(id);
  }

  #createTypes(types: readonly Type[]): void {
    if (this.#perNode !== 0) for (const { nodes } of types) this.#chargeNodes(nodes);
  }

  #chargeNodes(nodes: number): void {
    if (this.#perNode !== 0) this.balance.chargeExecution(this.#perNode * nodes);
  }

  /** One charge for all where that ends as one for each would. */
  #chargeEach({ each, sum }: { readonly each: readonly number[]; readonly sum: number }): void {
    if (this.balance.canExecute(this.#perNode * sum)) this.#chargeNodes(sum);
    else for (const nodes of each) this.#chargeNodes(nodes);
  }
}
