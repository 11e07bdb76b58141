import { Reference, type Value } from '../../core/values';
import type { AbstractSizes } from './abstract-size';
import type { GasBalance } from './balance';
import type { MemoryQuota } from './memory';
import type { GasSchedule } from './schedule';

interface PerCount {
  readonly base: number;
  readonly each: number;
}

/** Charges for instructions whose price depends on a value, and counts the memory of what they copy. */
export class ValuePrices {
  readonly #constant: PerCount;
  readonly #copy: PerCount;
  readonly #read: PerCount;
  readonly #equal: PerCount;
  readonly #unequal: PerCount;
  readonly #pack: PerCount;
  readonly #packGeneric: PerCount;
  readonly #unpack: PerCount;
  readonly #unpackGeneric: PerCount;
  readonly #packClosure: PerCount;
  readonly #packClosureGeneric: PerCount;
  readonly #packVector: PerCount;
  readonly #unpackVector: PerCount;
  readonly #abortMessage: PerCount;
  readonly #pushBack: number;
  readonly #popBack: number;

  constructor(
    schedule: GasSchedule,
    private readonly sizes: AbstractSizes,
    private readonly memory: MemoryQuota,
    private readonly balance: GasBalance,
  ) {
    const price = (name: string): number => schedule.amount(`instr.${name}`);
    const per = (base: string, each: string): PerCount => ({
      base: price(base),
      each: price(each),
    });
    this.#constant = per('ld_const.base', 'ld_const.per_byte');
    this.#copy = per('copy_loc.base', 'copy_loc.per_abs_val_unit');
    this.#read = per('read_ref.base', 'read_ref.per_abs_val_unit');
    this.#equal = per('eq.base', 'eq.per_abs_val_unit');
    this.#unequal = per('neq.base', 'neq.per_abs_val_unit');
    this.#pack = per('pack.base', 'pack.per_field');
    this.#packGeneric = per('pack_generic.base', 'pack_generic.per_field');
    this.#unpack = per('unpack.base', 'unpack.per_field');
    this.#unpackGeneric = per('unpack_generic.base', 'unpack_generic.per_field');
    this.#packClosure = per('pack_closure.base', 'pack.closure.per_arg');
    this.#packClosureGeneric = per('pack_closure_generic.base', 'pack_closure_generic.per_arg');
    this.#packVector = per('vec_pack.base', 'vec_pack.per_elem');
    this.#unpackVector = per('vec_unpack.base', 'vec_unpack.per_expected_elem');
    this.#abortMessage = per('abort_msg.base', 'abort_msg.per_byte');
    this.#pushBack = price('vec_push_back.base');
    this.#popBack = price('vec_pop_back.base');
  }

  constant(size: number): void {
    this.#charge(this.#constant, size);
  }

  copyLocal(value: Value): void {
    this.#copied(this.#copy, value);
  }

  readReference(value: Value): void {
    this.#copied(this.#read, value);
  }

  compare(left: Value, right: Value, negated: boolean): void {
    const { sizes, memory } = this;
    memory.release(sizes.heap(left));
    memory.release(sizes.heap(right));
    const size = sizes.total(dereferenced(left)) + sizes.total(dereferenced(right));
    this.#charge(negated ? this.#unequal : this.#equal, size);
  }

  pack(fields: number, isGeneric: boolean): void {
    this.#charge(isGeneric ? this.#packGeneric : this.#pack, fields);
  }

  unpack(fields: number, isGeneric: boolean): void {
    this.#charge(isGeneric ? this.#unpackGeneric : this.#unpack, fields);
  }

  packClosure(captured: number, isGeneric: boolean): void {
    this.#charge(isGeneric ? this.#packClosureGeneric : this.#packClosure, captured);
  }

  packVector(length: number): void {
    this.#charge(this.#packVector, length);
  }

  unpackVector(expected: number): void {
    this.#charge(this.#unpackVector, expected);
  }

  abortMessage(bytes: number): void {
    this.#charge(this.#abortMessage, bytes);
  }

  pushBack(): void {
    this.balance.chargeExecution(this.#pushBack);
  }

  popBack(): void {
    this.balance.chargeExecution(this.#popBack);
  }

  #copied(price: PerCount, value: Value): void {
    if (typeof value !== 'object') {
      this.balance.chargeExecution(price.base + price.each * this.sizes.primitive(value));
      return;
    }
    const stack = this.sizes.stack(value);
    const heap = this.sizes.heap(value);
    if (heap > 0) this.memory.use(heap);
    this.#charge(price, stack + heap);
  }

  #charge({ base, each }: PerCount, count: number): void {
    this.balance.chargeExecution(base + each * count);
  }
}

function dereferenced(value: Value): Value {
  return value instanceof Reference ? value.get() : value;
}
