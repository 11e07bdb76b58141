import type { NativeRegistry } from '../../core/runtime';
import { APTOS_STDLIB } from './aptos-stdlib';
import type { NativeContext } from './context';
import { FRAMEWORK } from './framework';
import { MOVE_STDLIB } from './move-stdlib';
import { refusedNatives } from './refused';

/** By file, those that are refused first. */
export const FRAMEWORK_PARTS: readonly ((context: NativeContext) => NativeRegistry)[] = [
  refusedNatives,
  ...MOVE_STDLIB,
  ...APTOS_STDLIB,
  ...FRAMEWORK,
];

/** Natives of the framework's packages at 0x1, but for cryptography, and those that are refused. */
export function frameworkNatives(context: NativeContext): NativeRegistry {
  return new Map(FRAMEWORK_PARTS.flatMap((make) => [...make(context)]));
}
