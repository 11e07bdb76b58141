/** The cryptographic natives of aptos-stdlib. */
import type { NativeRegistry } from '../../../core/runtime';
import type { NativeContext } from '../context';
import { cryptoAlgebraNatives } from './algebra';
import { aptosHashNatives } from './aptos-hash';
import { bls12381Natives } from './bls12381';
import { bulletproofsNatives } from './bulletproofs';
import { ed25519Natives } from './ed25519';
import { multiEd25519Natives } from './multi-ed25519';
import { PointStore } from './point-store';
import { ristretto255Natives } from './ristretto255';
import { secp256k1Natives } from './secp256k1';

/** One registry per session, which holds the points and elements that Move code has handles of. */
export function cryptoNatives(context: NativeContext): NativeRegistry {
  const points = new PointStore();
  return new Map(
    [
      aptosHashNatives(context),
      bls12381Natives(context),
      bulletproofsNatives(context, points),
      cryptoAlgebraNatives(context),
      ed25519Natives(context),
      multiEd25519Natives(context),
      ristretto255Natives(context, points),
      secp256k1Natives(context),
    ].flatMap((natives) => [...natives]),
  );
}
