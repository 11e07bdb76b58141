import type { CallSite, DatatypeType, FunctionInstance, Type } from '../loader';
import type { Struct, Value } from '../values';

/**
 * What a run pays for. Each method is called before the thing is done and throws to stop the run
 * (MoveError OUT_OF_GAS). `instruction` comes first for every instruction; the others add what depends
 * on values and types, in the order of the chain. Values are to be looked at, never kept or changed. A
 * type that comes with the function that runs is in terms of that function's type parameters.
 */
export interface Gas {
  /** A run of the interpreter begins. */
  start(): void;
  /** @param byte - opcode in the flavour of the code that runs */
  instruction(byte: number): void;
  /** A type that an instruction puts together, with type arguments in place. */
  createType(type: Type): void;
  /** The types of a generic datatype's fields (of one variant), and its own. */
  createDatatype(type: DatatypeType, variant: number | undefined): void;
  pop(value: Value): void;
  /** @param size - of the constant's bytes */
  loadConstant(size: number, value: Value, type: Type, running: FunctionInstance): void;
  copyLocal(value: Value, type: Type, running: FunctionInstance): void;
  moveLocal(value: Value): void;
  storeLocal(value: Value): void;
  /** @param type - of the value that is read */
  readReference(value: Value, type: Type, running: FunctionInstance): void;
  /** @param type - of the value that is written */
  writeReference(value: Value, old: Value, type: Type, running: FunctionInstance): void;
  /** Eq, or Neq where negated. @param type - of both */
  compare(left: Value, right: Value, negated: boolean, type: Type, running: FunctionInstance): void;
  pack(type: DatatypeType, fields: readonly Value[], isGeneric: boolean): void;
  unpack(struct: Struct, isGeneric: boolean): void;
  /** @param mask - bit `i` is set when parameter `i` of the target is captured */
  packClosure(
    site: CallSite,
    target: FunctionInstance,
    mask: bigint,
    captured: readonly Value[],
  ): void;
  packVector(element: Type, values: readonly Value[]): void;
  /** @param count - elements that the instruction expects; the vector may have others */
  unpackVector(element: Type, values: readonly Value[], count: number): void;
  pushBack(element: Type, value: Value): void;
  /** Undefined when the vector is empty. */
  popBack(element: Type, value: Value | undefined): void;
  /**
   * A resource was read from the chain, the first time in a run.
   *
   * @param value - undefined where the chain has none
   * @param bytes - read for it
   */
  loadResource(type: Type, value: Value | undefined, bytes: number): void;
  /** @param found - whether the resource is there */
  global(byte: number, type: Type, found: boolean): void;
  /** A Move function or a native, called by an instruction of `caller`. */
  call(
    site: CallSite,
    callee: FunctionInstance,
    args: readonly Value[],
    caller: FunctionInstance,
  ): void;
  callClosure(callee: FunctionInstance, args: readonly Value[]): void;
  /** A Move function's frame is about to be made, however it was called. */
  enter(callee: FunctionInstance): void;
  /** Locals that are left when a function returns. */
  dropFrame(locals: readonly (Value | undefined)[]): void;
  enterNative(callee: FunctionInstance, args: readonly Value[]): void;
  /** A native gave results; not called when it aborts or hands over to a function. */
  leaveNative(results: readonly Value[]): void;
  /** @param length - of the message, in bytes */
  abortMessage(length: number): void;
  /** A native's own price, in the units of the chain's schedule. */
  native(amount: bigint): void;
}

/** For runs that nobody pays for. Without a price there is no end to a loop: a bound is needed elsewhere. */
export function freeGas(): Gas {
  const free = (): undefined => undefined;
  return {
    start: free,
    instruction: free,
    createType: free,
    createDatatype: free,
    pop: free,
    loadConstant: free,
    copyLocal: free,
    moveLocal: free,
    storeLocal: free,
    readReference: free,
    writeReference: free,
    compare: free,
    pack: free,
    unpack: free,
    packClosure: free,
    packVector: free,
    unpackVector: free,
    pushBack: free,
    popBack: free,
    loadResource: free,
    global: free,
    call: free,
    callClosure: free,
    enter: free,
    dropFrame: free,
    enterNative: free,
    leaveNative: free,
    abortMessage: free,
    native: free,
  };
}
