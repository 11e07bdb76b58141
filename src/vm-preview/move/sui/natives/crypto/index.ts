import type { NativeRegistry } from '../../../core/runtime';
import type { SuiNativeContext } from '../context';
import { ecdsaNatives } from './ecdsa';
import { ecvrfNatives } from './ecvrf';
import { groth16Natives } from './groth16';
import { groupOpsNatives } from './group-ops';
import { hashNatives } from './hash';
import { poseidonNatives } from './poseidon';
import { signatureNatives } from './signatures';
import { vdfNatives } from './vdf';
import { zkLoginNatives } from './zklogin';

export const CRYPTO: readonly ((context: SuiNativeContext) => NativeRegistry)[] = [
  ecdsaNatives,
  ecvrfNatives,
  groth16Natives,
  groupOpsNatives,
  hashNatives,
  poseidonNatives,
  signatureNatives,
  vdfNatives,
  zkLoginNatives,
];
