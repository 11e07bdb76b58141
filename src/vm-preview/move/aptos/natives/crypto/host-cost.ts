/**
 * What slow natives cost on the machine that runs the preview, in microseconds: measured in Node on one
 * core, rounded up.
 */
export const HOST_COST = {
  hashByte: 0.06,
  ed25519Decompress: 200,
  ed25519SmallOrder: 100,
  ed25519Verify: 3_000,
  secp256k1Recover: 5_000,
  ristrettoMap: 500,
  ristrettoMultiply: 2_500,
  multiscalarBase: 2_500,
  multiscalarPerPoint: 700,
  bls12381G1Decode: 1_000,
  bls12381G2Decode: 4_000,
  bls12381G1Subgroup: 2_500,
  bls12381G2Subgroup: 4_000,
  bls12381HashToG2: 25_000,
  bls12381PairingBase: 20_000,
  bls12381PairingPerPair: 20_000,
} as const;
