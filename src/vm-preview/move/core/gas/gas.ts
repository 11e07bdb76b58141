import type { FunctionInstance, Type } from '../loader';
import type { Value } from '../values';

/**
 * What a run pays for. Each method is called before the thing is done and throws to stop the run
 * (MoveError OUT_OF_GAS). `instruction` comes first for every instruction; the others add what depends
 * on values. Values are to be looked at, never kept or changed.
 */
export interface Gas {
  /** @param byte - opcode in the flavour of the code that runs */
  instruction(byte: number): void;
  pop(value: Value): void;
  /** @param size - of the constant's bytes */
  loadConstant(size: number, value: Value): void;
  copyLocal(value: Value): void;
  moveLocal(value: Value): void;
  storeLocal(value: Value): void;
  readReference(value: Value): void;
  writeReference(value: Value, old: Value): void;
  /** Eq and Neq. */
  compare(left: Value, right: Value): void;
  /** @param fields - also the captured arguments of a closure */
  pack(fields: readonly Value[], isGeneric: boolean): void;
  unpack(fields: readonly Value[], isGeneric: boolean): void;
  packVector(elements: readonly Value[]): void;
  unpackVector(elements: readonly Value[]): void;
  pushBack(value: Value): void;
  /** Undefined when the vector is empty. */
  popBack(value: Value | undefined): void;
  /** @param found - whether the resource is there; undefined for MoveTo's value */
  global(byte: number, type: Type, found: boolean): void;
  /** A Move function or a native, called by an instruction. */
  call(callee: FunctionInstance, args: readonly Value[]): void;
  /** Locals that are left when a function returns. */
  dropFrame(locals: readonly (Value | undefined)[]): void;
  /** A native's own price, in the units of the chain's schedule. */
  native(amount: bigint): void;
}

/** For runs that nobody pays for. Without a price there is no end to a loop: a bound is needed elsewhere. */
export function freeGas(): Gas {
  const free = (): undefined => undefined;
  return {
    instruction: free,
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
    packVector: free,
    unpackVector: free,
    pushBack: free,
    popBack: free,
    global: free,
    call: free,
    dropFrame: free,
    native: free,
  };
}
