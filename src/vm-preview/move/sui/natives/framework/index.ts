import type { NativeRegistry } from '../../../core/runtime';
import type { SuiNativeContext } from '../context';
import { accumulatorNatives } from './accumulator';
import { addressNatives } from './address';
import { configNatives } from './config';
import { dynamicFieldNatives } from './dynamic-field';
import { eventNatives } from './event';
import { objectNatives } from './object';
import { packageNatives } from './package';
import { protocolConfigNatives } from './protocol-config';
import { scratchNatives } from './scratch';
import { transferNatives } from './transfer';
import { txContextNatives } from './tx-context';
import { typesNatives } from './types';

export const FRAMEWORK: readonly ((context: SuiNativeContext) => NativeRegistry)[] = [
  accumulatorNatives,
  addressNatives,
  configNatives,
  dynamicFieldNatives,
  eventNatives,
  objectNatives,
  packageNatives,
  protocolConfigNatives,
  scratchNatives,
  transferNatives,
  txContextNatives,
  typesNatives,
];
