import type { NativeRegistry } from '../../../core/runtime';
import type { NativeContext } from '../context';
import { debugNatives } from './debug';
import { fromBcsNatives } from './from-bcs';
import { stringUtilsNatives } from './string-utils';
import { tableNatives } from './table';
import { typeInfoNatives } from './type-info';

/** But for its cryptography. */
export const APTOS_STDLIB: readonly ((context: NativeContext) => NativeRegistry)[] = [
  debugNatives,
  fromBcsNatives,
  stringUtilsNatives,
  tableNatives,
  typeInfoNatives,
];
