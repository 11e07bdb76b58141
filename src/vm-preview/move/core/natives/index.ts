import type { NativeRegistry } from '../runtime';
import { BCS } from './bcs';
import { CMP } from './cmp';
import { HASH } from './hash';
import { MEM } from './mem';
import { SIGNER } from './signer';
import { STRING } from './string';
import { VECTOR } from './vector';

/** Natives that need nothing of a chain. An adapter adds its own. */
export const CORE_NATIVES: NativeRegistry = new Map(
  [BCS, CMP, HASH, MEM, SIGNER, STRING, VECTOR].flatMap((natives) => [...natives]),
);
