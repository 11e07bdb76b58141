import type { Native, NativeLookup, NativeRegistry } from '../../core/runtime';
import type { NativeContext } from './context';
import { cryptoNatives } from './crypto';
import { FRAMEWORK_PARTS } from './framework-natives';

/** Each makes the natives of one file, or those that share something. */
const PARTS = [...FRAMEWORK_PARTS, cryptoNatives];

/**
 * All natives of a session of Aptos.
 *
 * @param context - of the session: natives keep state there, and count in themselves
 */
export function aptosNatives(context: NativeContext): NativeRegistry {
  return new Map(PARTS.flatMap((make) => [...make(context)]));
}

/** Which of the parts has a native; known once a first session has made them all. */
let places: ReadonlyMap<string, number> | undefined;

/**
 * As `aptosNatives`, with each part made when one of its natives is first called: a session calls few,
 * and a transaction has three sessions or more.
 */
export function sessionNatives(context: NativeContext): NativeLookup {
  const made: (NativeRegistry | undefined)[] = [];
  const part = (index: number): NativeRegistry | undefined => {
    made[index] ??= PARTS[index]?.(context);
    return made[index];
  };
  places ??= new Map(
    PARTS.flatMap((_, index) => [...(part(index)?.keys() ?? [])].map((name) => [name, index])),
  );
  const known = places;
  return {
    get(name): Native | undefined {
      const index = known.get(name);
      return index === undefined ? undefined : part(index)?.get(name);
    },
  };
}
