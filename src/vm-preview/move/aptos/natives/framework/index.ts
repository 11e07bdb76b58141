import type { NativeRegistry } from '../../../core/runtime';
import type { NativeContext } from '../context';
import { accountNatives } from './account';
import { aggregatorFactoryNatives, aggregatorNatives } from './aggregator';
import { aggregatorV2Natives } from './aggregator-v2';
import { codeNatives } from './code';
import { consensusConfigNatives } from './consensus-config';
import { accountAbstractionNatives, dispatchableFungibleAssetNatives } from './dispatch';
import { eventNatives } from './event';
import { functionInfoNatives } from './function-info';
import { objectNatives } from './object';
import { permissionedSignerNatives } from './permissioned-signer';
import { randomnessNatives } from './randomness';
import { stateStorageNatives } from './state-storage';
import { storageSlotNatives } from './storage-slot';
import { transactionContextNatives } from './transaction-context';

export const FRAMEWORK: readonly ((context: NativeContext) => NativeRegistry)[] = [
  accountNatives,
  accountAbstractionNatives,
  aggregatorNatives,
  aggregatorFactoryNatives,
  aggregatorV2Natives,
  codeNatives,
  consensusConfigNatives,
  dispatchableFungibleAssetNatives,
  eventNatives,
  functionInfoNatives,
  objectNatives,
  permissionedSignerNatives,
  randomnessNatives,
  stateStorageNatives,
  storageSlotNatives,
  transactionContextNatives,
];
