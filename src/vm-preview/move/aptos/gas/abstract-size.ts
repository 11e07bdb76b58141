import { CannotPreview } from '../../../errors';
import type { Type } from '../../core/loader';
import { MoveError } from '../../core/runtime';
import {
  Address,
  ByteVector,
  Closure,
  type IntegerKind,
  ItemVector,
  illTyped,
  Reference,
  type Slots,
  Struct,
  VALUE_DEPTH_MAX,
  type Value,
  type Vector,
} from '../../core/values';
import type { GasSchedule } from './schedule';

// biome-ignore format: a table
const INTEGER_KINDS: readonly IntegerKind[] = [
  'u8', 'u16', 'u32', 'u64', 'u128', 'u256', 'i8', 'i16', 'i32', 'i64', 'i128', 'i256',
];

/** First version that counts the vector itself when its elements lie in one piece. */
const COUNTS_VECTORS = 3;

/** Sizes of values in abstract value units (misc.rs): what copies, comparisons and memory cost. */
export class AbstractSizes {
  readonly #version: number;
  readonly #integer: number;
  readonly #bool: number;
  readonly #address: number;
  readonly #struct: number;
  readonly #closure: number;
  readonly #vector: number;
  readonly #reference: number;
  /** For an element of a vector, by the element's kind. */
  readonly #each: ReadonlyMap<string, number>;

  /** @throws CannotPreview for a schedule in which integers of two kinds have two sizes */
  constructor(schedule: GasSchedule) {
    const size = (name: string): number => schedule.amount(`misc.abs_val.${name}`);
    this.#version = schedule.version;
    this.#integer = size('u64');
    // A value here does not know its kind, and no schedule up to now has told them apart.
    for (const kind of INTEGER_KINDS)
      if (size(kind) !== this.#integer && schedule.price(`misc.abs_val.${kind}`) !== 0n)
        throw new CannotPreview('aptos-gas-sizes', 'gas that depends on the kind of an integer');
    this.#bool = size('bool');
    this.#address = size('address');
    this.#struct = size('struct');
    this.#closure = size('closure');
    this.#vector = size('vector');
    this.#reference = size('reference');
    this.#each = new Map([
      ...INTEGER_KINDS.map((kind) => [kind, size(`per_${kind}_packed`)] as const),
      ['bool', size('per_bool_packed')],
      ['address', size('per_address_packed')],
    ]);
  }

  /** Of the value with all that is in it. @throws MoveError VM_MAX_VALUE_DEPTH_REACHED */
  total(value: Value): number {
    return typeof value === 'object' ? this.#totalAt(value, 0) : this.primitive(value);
  }

  /** Of the value alone, as it lies on the stack. */
  stack(value: Value): number {
    if (typeof value !== 'object') return this.primitive(value);
    if (value instanceof Reference) return this.#reference;
    if (value instanceof Struct) return this.#struct;
    if (value instanceof Address) return this.#address;
    if (value instanceof Closure) return this.#closure;
    return this.#version < COUNTS_VECTORS && packedKind(value) !== undefined ? 0 : this.#vector;
  }

  /** Of what is in the value. */
  heap(value: Value): number {
    if (typeof value !== 'object' || value instanceof Reference || value instanceof Address)
      return 0;
    return Math.max(0, this.total(value) - this.stack(value));
  }

  heapOfAll(values: Slots | readonly Value[]): number {
    let sum = 0;
    for (const value of values)
      if (value !== undefined && typeof value === 'object') sum += this.heap(value);
    return sum;
  }

  stackOfAll(values: Slots | readonly Value[]): number {
    let sum = 0;
    for (const value of values) if (value !== undefined) sum += this.stack(value);
    return sum;
  }

  /** Of an element in its vector; what an element itself holds is not counted. */
  packed(element: Type): number {
    switch (element.kind) {
      case 'vector':
        return this.#vector;
      case 'reference':
        return this.#reference;
      case 'function':
        return this.#closure;
      case 'datatype':
      case 'signer':
        return this.#struct;
      default:
        return this.#each.get(element.kind) ?? unsized(element.kind);
    }
  }

  /** The tag of an enum is a u16 among its fields. */
  get variantTag(): number {
    return this.#integer;
  }

  /** Of an integer or a bool. */
  primitive(value: Value): number {
    return typeof value === 'boolean' ? this.#bool : this.#integer;
  }

  #totalAt(value: Value, depth: number): number {
    if (typeof value !== 'object') return this.primitive(value);
    if (depth > VALUE_DEPTH_MAX) throw new MoveError('VM_MAX_VALUE_DEPTH_REACHED');
    if (value instanceof Address) return this.#address;
    if (value instanceof Reference) return this.#reference;
    if (value instanceof Closure) return this.#closure + this.#sumAt(value.captured, depth + 1);
    if (value instanceof Struct) {
      const tag = value.variant === undefined ? 0 : this.#integer;
      return this.#struct + tag + this.#sumAt(value.fields, depth + 1);
    }
    const kind = packedKind(value);
    if (kind === undefined)
      return this.#vector + (value instanceof ItemVector ? this.#sumAt(value.items, depth + 1) : 0);
    const base = this.#version < COUNTS_VECTORS ? 0 : this.#vector;
    return base + value.length * (this.#each.get(kind) ?? unsized(kind));
  }

  #sumAt(values: Slots | readonly Value[], depth: number): number {
    let sum = 0;
    for (const value of values) if (value !== undefined) sum += this.#totalAt(value, depth);
    return sum;
  }
}

/**
 * The elements' kind where the chain keeps them in one piece: of integers, bools and addresses. An empty
 * vector of the latter two is not told apart, which makes a difference only before version 3.
 */
function packedKind(vector: Vector): string | undefined {
  if (vector instanceof ByteVector) return 'u8';
  if (vector.integers !== undefined) return vector.integers;
  const first = vector.get(0);
  if (first instanceof Address) return 'address';
  if (typeof first === 'boolean') return 'bool';
  if (typeof first === 'number' || typeof first === 'bigint') unsized('a kind unknown');
  return undefined;
}

function unsized(kind: string): never {
  throw illTyped(`has a vector whose elements of ${kind} cannot be sized`);
}
