import type { NativeRegistry } from '../../core/runtime';
import { APTOS_STDLIB } from './aptos-stdlib';
import type { NativeContext } from './context';
import { FRAMEWORK } from './framework';
import { MOVE_STDLIB } from './move-stdlib';
import { refusedNatives } from './refused';

/** Natives of the framework's packages at 0x1, but for cryptography, and those that are refused. */
export function frameworkNatives(context: NativeContext): NativeRegistry {
  const natives = [...MOVE_STDLIB, ...APTOS_STDLIB, ...FRAMEWORK].map((make) => make(context));
  return new Map([refusedNatives(), ...natives].flatMap((registry) => [...registry]));
}
