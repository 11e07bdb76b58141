import type { Gas } from '../gas/gas';
import type { FunctionInstance, Loader, Type } from '../loader';
import type { Value } from '../values';

/** What a native is called with. Arguments are its own; references are live. */
export interface NativeCall {
  readonly args: readonly Value[];
  readonly typeArguments: readonly Type[];
  readonly loader: Loader;
  readonly gas: Gas;
  /** The function whose code makes the call; undefined when the native is the entry. */
  readonly caller: FunctionInstance | undefined;
  /** Functions that run, outermost first; the last is `caller`. */
  readonly stack: readonly { readonly instance: FunctionInstance }[];
}

/**
 * A native's way to hand over to a Move function, whose results become the native's. While that runs,
 * no call may come back into a module that is being run (AIP-73).
 */
export class CallFunction {
  constructor(
    readonly callee: FunctionInstance,
    readonly args: readonly Value[],
  ) {}
}

/**
 * Gives the results, in order, or the function that is to give them.
 *
 * @throws MoveError to abort, CannotPreview where it cannot be faithful
 */
export type Native = (call: NativeCall) => readonly Value[] | CallFunction;

/** Natives by `0x1::hash::sha2_256`. */
export type NativeRegistry = ReadonlyMap<string, Native>;

/** As much of a registry as a run needs. */
export type NativeLookup = Pick<NativeRegistry, 'get'>;

/** The natives of one module. @param module - `0x1::hash` */
export function nativesOf(module: string, rows: Readonly<Record<string, Native>>): NativeRegistry {
  return new Map(Object.entries(rows).map(([name, native]) => [`${module}::${name}`, native]));
}
