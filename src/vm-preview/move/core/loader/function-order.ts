/** The chain's order of functions as values (loader/function.rs, `cmp_dyn`). */
import { type Callable, illTyped } from '../values';
import type { ModuleId } from './datatype';
import type { Type } from './type';

export interface FunctionName {
  /** Absent of a script's. */
  readonly module: ModuleId | undefined;
  readonly name: string;
  readonly typeArguments: readonly Type[];
}

/** In the order of the variants of `TypeTag`. */
const KINDS: readonly Type['kind'][] = [
  ...(['bool', 'u8', 'u64', 'u128', 'address', 'signer', 'vector', 'datatype'] as const),
  ...(['u16', 'u32', 'u256', 'function', 'i8', 'i16', 'i32', 'i64', 'i128', 'i256'] as const),
];

const isNamed = (callable: object): callable is FunctionName => 'typeArguments' in callable;

/** @param right - a function of the same loader */
export function compareCallables(left: FunctionName, right: Callable): number {
  if (!isNamed(right)) throw illTyped('compares functions that no loader made');
  return compareFunctions(left, right);
}

function compareFunctions(left: FunctionName, right: FunctionName): number {
  return (
    compareModules(left.module, right.module) ||
    compareText(left.name, right.name) ||
    compareLists(left.typeArguments, right.typeArguments)
  );
}

function compareModules(left: ModuleId | undefined, right: ModuleId | undefined): number {
  if (left === undefined || right === undefined)
    return Number(left !== undefined) - Number(right !== undefined);
  return compareText(left.address, right.address) || compareText(left.name, right.name);
}

function compareTypes(left: Type, right: Type): number {
  if (left === right) return 0;
  if (left.kind === 'vector' && right.kind === 'vector')
    return compareTypes(left.element, right.element);
  if (left.kind === 'datatype' && right.kind === 'datatype')
    return (
      compareModules(left.datatype.module, right.datatype.module) ||
      compareText(left.datatype.name, right.datatype.name) ||
      compareLists(left.typeArguments, right.typeArguments)
    );
  if (left.kind === 'function' && right.kind === 'function')
    return (
      compareLists(left.parameters, right.parameters) ||
      compareLists(left.results, right.results) ||
      left.abilities - right.abilities
    );
  if (left.kind === 'reference' && right.kind === 'reference')
    return Number(left.mutable) - Number(right.mutable) || compareTypes(left.to, right.to);
  // What a function takes by reference comes before what it takes by value.
  if (left.kind === 'reference' || right.kind === 'reference')
    return left.kind === 'reference' ? -1 : 1;
  return KINDS.indexOf(left.kind) - KINDS.indexOf(right.kind);
}

function compareLists(left: readonly Type[], right: readonly Type[]): number {
  for (const [i, type] of left.entries()) {
    const other = right[i];
    if (other === undefined) return 1;
    const order = compareTypes(type, other);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** Names are ASCII, addresses hexadecimal digits of one length. */
function compareText(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}
