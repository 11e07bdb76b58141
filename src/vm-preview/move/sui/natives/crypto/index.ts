import type { NativeRegistry } from '../../../core/runtime';
import type { SuiNativeContext } from '../context';
import { hashNatives } from './hash';

export const CRYPTO: readonly ((context: SuiNativeContext) => NativeRegistry)[] = [hashNatives];
