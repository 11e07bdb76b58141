import type { PrimitiveKind } from '../../format';
import { at } from '../../loader/at';
import { has } from '../abilities';
import type { VerificationStatus } from '../errors';
import { type DatatypeTarget, type Instruction, needed } from '../instruction';
import { type CodeType, isAssignable } from '../types';
import { AbstractStack } from './abstract-stack';
import { type FunctionContext, failAt } from './context';

const NO_TYPES: readonly CodeType[] = [];

/** Units (type_safety.rs of either chain). */
const APTOS_TYPE_NODE_COST = 30;
const SUI_TYPE_NODE_COST = 6;
const SUI_QUADRATIC_THRESHOLD = 10;
const SUI_PUSH_COST = 3;

/** The types on the stack of a function, and what its instructions ask of them. */
export class TypeState {
  readonly stack = new AbstractStack<CodeType>();
  readonly #isSui: boolean;
  /** Offset of the instruction that is checked. */
  pc = 0;

  constructor(readonly context: FunctionContext) {
    this.#isSui = context.config.flavour === 'sui';
  }

  /** @throws VerificationError when the condition does not hold */
  require(condition: boolean, status: VerificationStatus, reason?: string): void {
    if (!condition) throw failAt(this.context, status, this.pc, reason);
  }

  /** Aptos pays for each type that is pushed, Sui for each that is made. */
  push(type: CodeType): void {
    const { meter } = this.context;
    if (this.#isSui) meter.add('function', SUI_PUSH_COST);
    else meter.add('function', APTOS_TYPE_NODE_COST * type.size);
    this.stack.push(type);
  }

  pushPrimitive(kind: PrimitiveKind): void {
    this.push(this.context.types.primitive(kind));
  }

  pop(): CodeType {
    return this.stack.pop();
  }

  /** Sui's price for a copy of a type. */
  copied(type: CodeType): CodeType {
    if (this.#isSui) {
      const { size } = type;
      const items = Math.max(size, Math.floor((size * size) / SUI_QUADRATIC_THRESHOLD));
      this.context.meter.add('function', SUI_TYPE_NODE_COST * items);
    }
    return type;
  }

  has(type: CodeType, abilities: number): boolean {
    const { abilities: of, typeParameters } = this.context;
    return has(of(type, typeParameters, 'function'), abilities);
  }

  /** Aptos lets a closure with more abilities stand for one with fewer. */
  isAssignable(wanted: CodeType, given: CodeType): boolean {
    return isAssignable(wanted, given);
  }

  /** The type arguments of a generic instruction, at Aptos' price. */
  typeArguments({ generic, typeArguments, operation }: Instruction): readonly CodeType[] {
    if (!generic) return NO_TYPES;
    const types = this.context.types.signature(needed(typeArguments));
    // The chain forgets to charge for TestVariantGeneric.
    if (!this.#isSui && operation !== 'TestVariant')
      for (const { size } of types) this.context.meter.add('function', APTOS_TYPE_NODE_COST * size);
    return types;
  }

  instantiate(type: CodeType, typeArguments: readonly CodeType[]): CodeType {
    return this.copied(this.context.types.instantiate(type, typeArguments));
  }

  datatype({ handle }: DatatypeTarget, typeArguments: readonly CodeType[]): CodeType {
    return this.copied(this.context.types.datatype(handle, typeArguments));
  }

  reference(to: CodeType, mutable: boolean): CodeType {
    return this.context.types.reference(to, mutable);
  }

  /** Of the fields of a struct or variant. */
  fieldTypes(target: DatatypeTarget, typeArguments: readonly CodeType[]): readonly CodeType[] {
    const { fields } = target;
    this.require(fields !== undefined, 'PACK_TYPE_MISMATCH_ERROR');
    return (fields ?? []).map(({ type }) =>
      this.instantiate(this.context.types.token(type), typeArguments),
    );
  }

  local(index: number): CodeType {
    return at(this.context.locals, index);
  }

  /** Declared element type of a vector instruction. */
  element({ typeArguments }: Instruction): CodeType {
    return at(this.context.types.signature(needed(typeArguments)), 0);
  }
}
