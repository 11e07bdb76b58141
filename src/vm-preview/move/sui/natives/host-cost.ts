import { SEPARATE_MAX } from '../../crypto/multiscalar';

/**
 * What natives cost on the machine that runs the preview, in microseconds: measured in Node on one core,
 * rounded up. Those for which gas is a tighter bound are not here.
 */
export const HOST_COST = {
  encodeByte: 0.1,
  searchByte: 0.02,
  hashByte: 0.5,
  ed25519Verify: 4_000,
  ecdsaVerify: 5_000,
  ecdsaRecover: 5_000,
  decompress: 1_000,
  blsVerify: 110_000,
  hashToG1: 20_000,
  hashToG2: 60_000,
  scalar: 50,
  g1Read: 2_000,
  g2Read: 7_000,
  g1Subgroup: 3_000,
  g2Subgroup: 6_000,
  g1Multiply: 13_000,
  g2Multiply: 50_000,
  g1Add: 100,
  fp12Power: 90_000,
  pairing: 90_000,
  pairingPerPair: 25_000,
  ecvrfVerify: 15_000,
  /** The constants are made when they are first used. */
  poseidonPerInput: 80_000,
} as const;

/** Of a sum of points times scalars. */
export function multiscalarCost(points: number, each: number): number {
  return points > SEPARATE_MAX ? each * 10 + (each / 6) * points : each * points;
}
