/**
 * The two proof programs check ElGamal proofs and range proofs, for confidential transfers. That
 * arithmetic is not here, so a transaction that reaches them cannot be previewed.
 * Source: agave `programs/zk-elgamal-proof/src/lib.rs`, `programs/zk-token-proof/src/lib.rs`.
 */
import { CannotPreview } from '../../errors';
import type { BuiltinProgram } from '../runtime/types';

export const zkProofProgram: BuiltinProgram = () => {
  throw new CannotPreview('zk-proof', 'a zero-knowledge proof of a confidential transfer');
};
