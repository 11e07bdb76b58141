/** Code of one function: statements, each of which leaves the stack as it found it. */
import type { OpcodeName, SignatureToken } from '../../../src/vm-preview/move/core/format';
import type { IntegerKind } from '../../../src/vm-preview/move/core/values';
import type { Line } from '../../vm-preview/move/format/samples';
import { ADDRESS, BOOL, plain, U8, U64 } from '../../vm-preview/move/verifier/builder';
import type { Random } from '../svm-differential/random';
import {
  type Declarations,
  type FunctionOf,
  isInteger,
  keyOfType,
  literal,
  type StructOf,
  UNSIGNED,
} from './generate';

const MAX_DEPTH = 3;
const MAX_STATEMENTS = 6;
const MAX_NESTING = 2;

const LOAD: Readonly<Record<IntegerKind, OpcodeName>> = {
  ...({ u8: 'LdU8', u16: 'LdU16', u32: 'LdU32', u64: 'LdU64', u128: 'LdU128' } as const),
  ...({ u256: 'LdU256', i8: 'LdI8', i16: 'LdI16', i32: 'LdI32', i64: 'LdI64' } as const),
  ...({ i128: 'LdI128', i256: 'LdI256' } as const),
};
const CAST: Readonly<Record<IntegerKind, OpcodeName>> = {
  ...({ u8: 'CastU8', u16: 'CastU16', u32: 'CastU32', u64: 'CastU64', u128: 'CastU128' } as const),
  ...({ u256: 'CastU256', i8: 'CastI8', i16: 'CastI16', i32: 'CastI32', i64: 'CastI64' } as const),
  ...({ i128: 'CastI128', i256: 'CastI256' } as const),
};
const ARITHMETIC: readonly OpcodeName[] = ['Add', 'Sub', 'Mul', 'Div', 'Mod'];
const BITS: readonly OpcodeName[] = ['BitOr', 'BitAnd', 'Xor'];
const ORDER: readonly OpcodeName[] = ['Lt', 'Gt', 'Le', 'Ge'];

/** Generates one function's code. */
export class FunctionBody {
  readonly #lines: Line[] = [];
  readonly #locals: SignatureToken[] = [];
  readonly #random: Random;
  #nesting = 0;
  #acquires = false;

  constructor(
    readonly declarations: Declarations,
    readonly parameters: readonly SignatureToken[],
  ) {
    const { random, types } = declarations;
    this.#random = random;
    const kinds = Array.from({ length: 2 + random.below(5) }, () => random.pick(types));
    // Values are made of locals that are there already.
    for (const type of [U64, ...kinds]) {
      this.#make(type, 1);
      this.#locals.push(type);
      this.#emit('StLoc', parameters.length + this.#locals.length - 1);
    }
  }

  finish(result: SignatureToken): {
    readonly code: readonly Line[];
    readonly locals: readonly SignatureToken[];
    readonly acquires: boolean;
  } {
    this.#statements();
    this.#value(result, 0);
    this.#emit('Ret');
    return { code: this.#lines, locals: this.#locals, acquires: this.#acquires };
  }

  #emit(name: OpcodeName, operand = 0, immediate?: bigint): number {
    this.#lines.push([name, operand, immediate]);
    return this.#lines.length - 1;
  }

  /** Lets a branch go to the next instruction. */
  #land(branch: number): void {
    const line = this.#lines[branch];
    if (line !== undefined) this.#lines[branch] = [line[0], this.#lines.length];
  }

  #signature(type: SignatureToken): number {
    return this.declarations.builder.signature(type);
  }

  /** Locals and parameters that satisfy the condition; a reference is none of its type. */
  #places(wanted: (type: SignatureToken) => boolean): readonly number[] {
    return [...this.parameters, ...this.#locals].flatMap((type, i) => (wanted(type) ? [i] : []));
  }

  #typeOf(place: number): SignatureToken {
    return [...this.parameters, ...this.#locals][place] ?? U64;
  }

  #place(type: SignatureToken): number | undefined {
    const key = keyOfType(type);
    const places = this.#places((known) => keyOfType(known) === key);
    return places.length === 0 ? undefined : this.#random.pick(places);
  }

  /** Leaves one value of the type. */
  #value(type: SignatureToken, depth: number): void {
    const random = this.#random;
    if (depth >= MAX_DEPTH || random.chance(30)) {
      const place = this.#place(type);
      if (place !== undefined && random.chance(70)) this.#emit('CopyLoc', place);
      else this.#make(type, depth);
      return;
    }
    const ways = [
      () => this.#make(type, depth),
      () => this.#field(type),
      () => this.#element(type),
      () => this.#call(type, depth),
      () => this.#unpacked(type, depth),
      () => this.#throughReference(type),
    ];
    if (isInteger(type)) {
      const number = (): boolean => this.#arithmetic(type.kind, depth);
      ways.push(number, number, number);
    }
    if (type.kind === 'bool') {
      const truth = (): boolean => this.#truth(depth);
      ways.push(truth, truth, truth);
    }
    if (!random.pick(ways)()) this.#make(type, depth);
  }

  /** A literal, or a value put together. */
  #make(type: SignatureToken, depth: number): boolean {
    const random = this.#random;
    const { declarations } = this;
    const { closure, enumeration } = declarations;
    if (isInteger(type)) {
      this.#emit(LOAD[type.kind], 0, literal(random, type.kind));
      return true;
    }
    if (type.kind === 'bool') this.#emit(random.chance(50) ? 'LdTrue' : 'LdFalse');
    else if (type.kind === 'address') {
      const data = new Uint8Array(32);
      data[31] = random.below(4);
      this.#emit('LdConst', declarations.constant(ADDRESS, data));
    } else if (type.kind === 'vector') {
      if (type.element.kind === 'u8' && random.chance(50)) {
        const text = random.bytes(random.below(9));
        this.#emit('LdConst', declarations.constant(type, Uint8Array.of(text.length, ...text)));
        return true;
      }
      const count = depth >= MAX_DEPTH ? 0 : random.below(4);
      for (let i = 0; i < count; i++) this.#value(type.element, depth + 1);
      this.#emit('VecPack', this.#signature(type.element), BigInt(count));
    } else if (closure !== undefined && keyOfType(type) === keyOfType(closure))
      this.#closure(depth);
    else if (enumeration !== undefined && keyOfType(type) === keyOfType(enumeration.type)) {
      const variant = random.below(enumeration.variants.length);
      for (const field of enumeration.variants[variant] ?? []) this.#value(field, depth + 1);
      this.#emit('PackVariant', variant);
    } else {
      const struct = this.declarations.struct(type);
      if (struct !== undefined) this.#pack(struct, depth);
    }
    return true;
  }

  #pack(struct: StructOf, depth: number): void {
    for (const field of struct.fields) this.#value(field, depth + 1);
    this.#emit(struct.isGeneric ? 'PackGeneric' : 'Pack', struct.index);
  }

  /** `mix`, the first function, with one of its numbers given. */
  #closure(depth: number): void {
    const [mix] = this.declarations.functions;
    this.#value(U64, depth + 1);
    this.#emit('PackClosure', mix?.handle ?? 0, this.#random.chance(50) ? 1n : 2n);
  }

  #arithmetic(kind: IntegerKind, depth: number): boolean {
    const random = this.#random;
    const type = plain(kind);
    const isUnsigned = UNSIGNED.includes(kind);
    const choice = random.below(10);
    if (choice < 2) {
      const from = random.pick(this.declarations.integers);
      this.#value(plain(from), depth + 1);
      this.#emit(CAST[kind]);
      return true;
    }
    if (choice === 2 && kind === 'u64') return this.#length();
    if (choice === 3 && kind === 'u64') return this.#callClosure(depth);
    this.#value(type, depth + 1);
    if (!isUnsigned && choice === 4) {
      this.#emit('Negate');
      return true;
    }
    if (isUnsigned && choice === 4) {
      this.#value(U8, depth + 1);
      this.#emit(random.chance(50) ? 'Shl' : 'Shr');
      return true;
    }
    this.#value(type, depth + 1);
    this.#emit(random.pick(isUnsigned ? [...ARITHMETIC, ...BITS] : ARITHMETIC));
    return true;
  }

  #truth(depth: number): boolean {
    const random = this.#random;
    const { types, integers, enumeration, resource } = this.declarations;
    switch (random.below(6)) {
      case 0:
        this.#value(BOOL, depth + 1);
        this.#emit('Not');
        return true;
      case 1:
        this.#value(BOOL, depth + 1);
        this.#value(BOOL, depth + 1);
        this.#emit(random.chance(50) ? 'And' : 'Or');
        return true;
      case 2: {
        const type = plain(random.pick(integers));
        this.#value(type, depth + 1);
        this.#value(type, depth + 1);
        this.#emit(random.pick(ORDER));
        return true;
      }
      case 3: {
        const place = enumeration && this.#place(enumeration.type);
        if (enumeration === undefined || place === undefined) return false;
        this.#emit('ImmBorrowLoc', place);
        this.#emit('TestVariant', random.below(enumeration.variants.length));
        return true;
      }
      case 4:
        if (resource === undefined) return false;
        this.#value(ADDRESS, depth + 1);
        this.#emit('Exists', resource.index);
        return true;
      default: {
        const type = random.pick(types);
        this.#value(type, depth + 1);
        this.#value(type, depth + 1);
        this.#emit(random.chance(50) ? 'Eq' : 'Neq');
        return true;
      }
    }
  }

  /** A field of a struct in a local. */
  #field(type: SignatureToken): boolean {
    const found = this.#fieldOf(type);
    if (found === undefined) return false;
    const isMutable = this.#random.chance(30);
    this.#borrow(found, isMutable);
    this.#emit('ReadRef');
    return true;
  }

  #fieldOf(type: SignatureToken) {
    const key = keyOfType(type);
    const candidates = this.declarations.structs.flatMap((struct) => {
      const place = this.#place(struct.type);
      const field = struct.fields.findIndex((known) => keyOfType(known) === key);
      return place === undefined || field < 0 ? [] : [{ struct, place, field }];
    });
    return candidates.length === 0 ? undefined : this.#random.pick(candidates);
  }

  #borrow(
    { struct, place, field }: { struct: StructOf; place: number; field: number },
    isMutable: boolean,
  ): void {
    const index = struct.fieldIndices[field] ?? 0;
    this.#emit(isMutable ? 'MutBorrowLoc' : 'ImmBorrowLoc', place);
    if (struct.isGeneric)
      this.#emit(isMutable ? 'MutBorrowFieldGeneric' : 'ImmBorrowFieldGeneric', index);
    else this.#emit(isMutable ? 'MutBorrowField' : 'ImmBorrowField', index);
  }

  #vectorOf(element: SignatureToken): number | undefined {
    return this.#place({ kind: 'vector', element });
  }

  /** Of a vector in a local, mostly where there is one. */
  #element(type: SignatureToken): boolean {
    const place = this.#vectorOf(type);
    if (place === undefined) return false;
    const signature = this.#signature(type);
    if (this.#random.chance(30)) {
      this.#emit('MutBorrowLoc', place);
      this.#emit('VecPopBack', signature);
      return true;
    }
    const isMutable = this.#random.chance(30);
    this.#emit(isMutable ? 'MutBorrowLoc' : 'ImmBorrowLoc', place);
    this.#index();
    this.#emit(isMutable ? 'VecMutBorrow' : 'VecImmBorrow', signature);
    this.#emit('ReadRef');
    return true;
  }

  /** What does not touch the locals: one of them may be borrowed. */
  #index(): void {
    this.#emit('LdU64', 0, BigInt(this.#random.below(3)));
  }

  #length(): boolean {
    const places = this.#places(({ kind }) => kind === 'vector');
    if (places.length === 0) return false;
    const place = this.#random.pick(places);
    const type = this.#typeOf(place);
    if (type.kind !== 'vector') return false;
    this.#emit('ImmBorrowLoc', place);
    this.#emit('VecLen', this.#signature(type.element));
    return true;
  }

  #callClosure(depth: number): boolean {
    const { closure } = this.declarations;
    if (closure === undefined) return false;
    this.#value(U64, depth + 1);
    this.#value(closure, depth + 1);
    this.#emit('CallClosure', this.#signature(closure));
    return true;
  }

  #call(type: SignatureToken, depth: number): boolean {
    const key = keyOfType(type);
    const callees = this.declarations.functions.filter(({ result }) => keyOfType(result) === key);
    if (callees.length === 0) return false;
    return this.#callOf(this.#random.pick(callees), depth);
  }

  /** References come last among the parameters, so nothing runs while a local is borrowed. */
  #callOf({ parameters, handle, acquires }: FunctionOf, depth: number): boolean {
    const lent = parameters.flatMap((type) => (type.kind === 'reference' ? [type] : []));
    const places = lent.map(({ to }) => this.#place(to));
    if (places.includes(undefined) || new Set(places).size < places.length) return false;
    for (const type of parameters) if (type.kind !== 'reference') this.#value(type, depth + 1);
    for (const [i, { mutable }] of lent.entries())
      this.#emit(mutable ? 'MutBorrowLoc' : 'ImmBorrowLoc', places[i] ?? 0);
    this.#emit('Call', handle);
    this.#acquires ||= acquires;
    return true;
  }

  /** The first field of a struct that is taken apart. */
  #unpacked(type: SignatureToken, depth: number): boolean {
    const key = keyOfType(type);
    const { structs, enumeration, resource } = this.declarations;
    const variant = enumeration?.variants.findIndex(
      ([first]) => first !== undefined && keyOfType(first) === key,
    );
    if (
      enumeration !== undefined &&
      variant !== undefined &&
      variant >= 0 &&
      this.#random.chance(40)
    ) {
      this.#value(enumeration.type, depth + 1);
      this.#emit('UnpackVariant', variant);
      this.#drop((enumeration.variants[variant]?.length ?? 1) - 1);
      return true;
    }
    const found = structs.filter(
      (struct) =>
        struct !== resource &&
        struct.fields[0] !== undefined &&
        keyOfType(struct.fields[0]) === key,
    );
    if (found.length === 0) return false;
    const struct = this.#random.pick(found);
    this.#value(struct.type, depth + 1);
    this.#emit(struct.isGeneric ? 'UnpackGeneric' : 'Unpack', struct.index);
    this.#drop(struct.fields.length - 1);
    return true;
  }

  #drop(count: number): void {
    for (let i = 0; i < count; i++) this.#emit('Pop');
  }

  /** What a parameter points at. */
  #throughReference(type: SignatureToken): boolean {
    const key = keyOfType(type);
    const places = this.#places(
      (known) => known.kind === 'reference' && keyOfType(known.to) === key,
    );
    if (places.length === 0) return false;
    const place = this.#random.pick(places);
    const lent = this.#typeOf(place);
    this.#emit('CopyLoc', place);
    if (lent.kind === 'reference' && lent.mutable && this.#random.chance(30))
      this.#emit('FreezeRef');
    this.#emit('ReadRef');
    return true;
  }

  #statements(): void {
    for (let count = 1 + this.#random.below(MAX_STATEMENTS); count > 0; count--) this.#statement();
  }

  #statement(): void {
    const random = this.#random;
    switch (random.below(9)) {
      case 0:
        if (this.#nesting < MAX_NESTING) this.#branch();
        break;
      case 1:
        if (this.#nesting < MAX_NESTING) this.#loop();
        break;
      case 2:
        this.#writeField();
        break;
      case 3:
        this.#changeVector();
        break;
      case 4:
        this.#global();
        break;
      case 5:
        this.#writeReference();
        break;
      default:
        this.#assign();
    }
  }

  #assign(): void {
    const places = this.#places(({ kind }) => kind !== 'reference');
    const place = this.#random.pick(places);
    this.#value(this.#typeOf(place), 0);
    this.#emit('StLoc', place);
  }

  #branch(): void {
    const random = this.#random;
    this.#nesting++;
    this.#value(BOOL, 1);
    const over = this.#emit(random.chance(50) ? 'BrFalse' : 'BrTrue', 0);
    if (random.chance(10)) {
      this.#emit('LdU64', 0, literal(random, 'u64'));
      this.#emit('Abort');
    } else {
      this.#statements();
      const end = this.#emit('Branch', 0);
      this.#land(over);
      if (random.chance(50)) this.#statements();
      else this.#emit('Nop');
      this.#land(end);
      this.#nesting--;
      return;
    }
    this.#land(over);
    this.#nesting--;
  }

  #loop(): void {
    this.#nesting++;
    const start = this.#lines.length;
    this.#value(BOOL, 1);
    const out = this.#emit('BrFalse', 0);
    this.#statements();
    this.#emit('Branch', start);
    this.#land(out);
    this.#nesting--;
  }

  #writeField(): void {
    const type = this.#random.pick(this.declarations.types);
    this.#value(type, 1);
    const found = this.#fieldOf(type);
    if (found === undefined) {
      this.#emit('Pop');
      return;
    }
    this.#borrow(found, true);
    this.#emit('WriteRef');
  }

  #writeReference(): void {
    const places = this.#places((type) => type.kind === 'reference' && type.mutable);
    if (places.length === 0) return;
    const place = this.#random.pick(places);
    const type = this.#typeOf(place);
    if (type.kind !== 'reference') return;
    this.#value(type.to, 1);
    this.#emit('CopyLoc', place);
    this.#emit('WriteRef');
  }

  #changeVector(): void {
    const random = this.#random;
    const places = this.#places(({ kind }) => kind === 'vector');
    if (places.length === 0) return;
    const place = random.pick(places);
    const type = this.#typeOf(place);
    if (type.kind !== 'vector') return;
    const signature = this.#signature(type.element);
    const way = random.below(3);
    if (way === 0) {
      this.#emit('MutBorrowLoc', place);
      this.#index();
      this.#index();
      this.#emit('VecSwap', signature);
    } else if (way === 1) {
      this.#emit('CopyLoc', place);
      const count = random.below(3);
      this.#emit('VecUnpack', signature, BigInt(count));
      this.#drop(count);
    } else {
      const value = this.#place(type.element);
      if (value === undefined) return;
      this.#emit('MutBorrowLoc', place);
      this.#emit('CopyLoc', value);
      this.#emit('VecPushBack', signature);
    }
  }

  #global(): void {
    const { resource } = this.declarations;
    if (resource === undefined) return;
    const random = this.#random;
    const [signer] = this.#places((type) => type.kind === 'reference' && type.to.kind === 'signer');
    if (signer !== undefined && random.chance(60)) {
      this.#emit('CopyLoc', signer);
      this.#pack(resource, 1);
      this.#emit('MoveTo', resource.index);
      return;
    }
    this.#acquires = true;
    if (random.chance(40)) {
      this.#value(ADDRESS, 1);
      this.#emit('MoveFrom', resource.index);
      this.#emit('Unpack', resource.index);
      this.#drop(resource.fields.length);
      return;
    }
    const isMutable = random.chance(60);
    const field = random.below(resource.fields.length);
    const type = resource.fields[field] ?? U64;
    if (isMutable) this.#value(type, 1);
    this.#value(ADDRESS, 1);
    this.#emit(isMutable ? 'MutBorrowGlobal' : 'ImmBorrowGlobal', resource.index);
    this.#emit(isMutable ? 'MutBorrowField' : 'ImmBorrowField', resource.fieldIndices[field]);
    if (isMutable) {
      this.#emit('WriteRef');
      return;
    }
    this.#emit('ReadRef');
    this.#emit('Pop');
  }
}
