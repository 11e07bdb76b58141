import type { NativeRegistry } from '../../core/runtime';
import type { SuiNativeContext } from './context';

export type { SuiNativeContext, SuiNativeGas, TransactionContext, TypeNames } from './context';
export function suiNatives(_context: SuiNativeContext): NativeRegistry {
  return new Map();
}
