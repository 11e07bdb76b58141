import type { NativeRegistry } from '../../../core/runtime';
import type { NativeContext } from '../context';
import { bcsNatives } from './bcs';
import { cmpNatives } from './cmp';
import { hashNatives } from './hash';
import { memNatives } from './mem';
import { reflectNatives } from './reflect';
import { signerNatives } from './signer';
import { stringNatives } from './string';
import { vectorNatives } from './vector';

export const MOVE_STDLIB: readonly ((context: NativeContext) => NativeRegistry)[] = [
  bcsNatives,
  cmpNatives,
  hashNatives,
  memNatives,
  reflectNatives,
  signerNatives,
  stringNatives,
  vectorNatives,
];
