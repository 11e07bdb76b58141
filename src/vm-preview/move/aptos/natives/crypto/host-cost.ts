import { SEPARATE_MAX } from '../../../crypto/multiscalar';

/**
 * What slow natives cost on the machine that runs the preview, in microseconds: measured in Node on one
 * core, rounded up.
 */
export const HOST_COST = {
  /** Of the slower hashes. */
  hashByte: 0.3,
  ed25519Decompress: 300,
  ed25519SmallOrder: 50,
  ed25519Verify: 3_500,
  secp256k1Recover: 5_000,
  ristrettoCompress: 200,
  ristrettoMap: 300,
  bls12381G1Decode: 1_000,
  bls12381G2Decode: 4_000,
  bls12381G1Subgroup: 3_000,
  bls12381G2Subgroup: 5_000,
  fieldMultiply: 2,
  fp12Multiply: 130,
  fp12Power: 80_000,
  g1Add: 20,
  g2Add: 50,
  g1ToAffine: 100,
  g2ToAffine: 100,
  g1Read: 5_000,
  g2Read: 17_000,
  hashToG1: 8_000,
  hashToG2: 28_000,
  pairingBase: 35_000,
  pairingPerPair: 25_000,
} as const;

/** Of a sum of points times scalars. */
export interface MultiscalarCosts {
  /** Of a multiplication by itself. */
  readonly each: number;
  /** In buckets. */
  readonly base: number;
  readonly perPoint: number;
}

export const RISTRETTO_MULTISCALAR: MultiscalarCosts = { each: 1_500, base: 30_000, perPoint: 500 };
export const G1_MULTISCALAR: MultiscalarCosts = { each: 8_000, base: 60_000, perPoint: 1_000 };
export const G2_MULTISCALAR: MultiscalarCosts = { each: 30_000, base: 200_000, perPoint: 4_000 };

/** Microseconds. */
export function multiscalarCost(points: number, costs: MultiscalarCosts): number {
  return points > SEPARATE_MAX ? costs.base + costs.perPoint * points : costs.each * points;
}
