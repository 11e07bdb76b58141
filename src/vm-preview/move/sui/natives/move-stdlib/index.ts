import type { NativeRegistry } from '../../../core/runtime';
import type { SuiNativeContext } from '../context';
import { bcsNatives } from './bcs';
import { debugNatives } from './debug';
import { hashNatives } from './hash';
import { stringNatives } from './string';
import { typeNameNatives } from './type-name';
import { vectorNatives } from './vector';

export const MOVE_STDLIB: readonly ((context: SuiNativeContext) => NativeRegistry)[] = [
  bcsNatives,
  debugNatives,
  hashNatives,
  stringNatives,
  typeNameNatives,
  vectorNatives,
];
