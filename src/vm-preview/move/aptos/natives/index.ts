import type { NativeRegistry } from '../../core/runtime';
import type { NativeContext } from './context';
import { cryptoNatives } from './crypto';
import { frameworkNatives } from './framework-natives';

/**
 * All natives of a session of Aptos.
 *
 * @param context - of the session: natives keep state there, and count in themselves
 */
export function aptosNatives(context: NativeContext): NativeRegistry {
  return new Map([...frameworkNatives(context), ...cryptoNatives(context)]);
}
