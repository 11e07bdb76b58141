/**
 * What a transaction may use, and what each thing costs, in compute units.
 * Source: agave `program-runtime/src/execution_budget.rs`.
 */

export const MAX_COMPUTE_UNIT_LIMIT = 1_400_000;
export const DEFAULT_INSTRUCTION_COMPUTE_UNIT_LIMIT = 200_000;
/** SIMD-0170: what a builtin's instruction adds to the default limit. */
export const MAX_BUILTIN_ALLOCATION_COMPUTE_UNIT_LIMIT = 3_000;
/** In bytes. */
export const MIN_HEAP_FRAME_BYTES = 32 * 1024;
export const MAX_HEAP_FRAME_BYTES = 256 * 1024;
export const MAX_LOADED_ACCOUNTS_DATA_SIZE_BYTES = 64 * 1024 * 1024;

export interface ExecutionBudget {
  readonly computeUnitLimit: number;
  /** 5, or 9 once raise_cpi_nesting_limit_to_8 is active. */
  readonly maxInstructionStackDepth: number;
  readonly maxInstructionTraceLength: number;
  readonly sha256MaxSlices: number;
  readonly maxCallDepth: number;
  /** In bytes. */
  readonly stackFrameSize: number;
  /** In bytes. */
  readonly heapSize: number;
}

/** Compute units. */
export const EXECUTION_COST = {
  log64Units: 100,
  createProgramAddressUnits: 1500,
  invokeUnits: 946,
  sha256BaseCost: 85,
  sha256ByteCost: 1,
  logPubkeyUnits: 100,
  cpiBytesPerUnit: 250,
  sysvarBaseCost: 100,
  secp256k1RecoverCost: 25_000,
  syscallBaseCost: 100,
  curve25519EdwardsValidatePointCost: 159,
  curve25519EdwardsAddCost: 473,
  curve25519EdwardsSubtractCost: 475,
  curve25519EdwardsMultiplyCost: 2_177,
  curve25519EdwardsMsmBaseCost: 2_273,
  curve25519EdwardsMsmIncrementalCost: 758,
  curve25519RistrettoValidatePointCost: 169,
  curve25519RistrettoAddCost: 521,
  curve25519RistrettoSubtractCost: 519,
  curve25519RistrettoMultiplyCost: 2_208,
  curve25519RistrettoMsmBaseCost: 2303,
  curve25519RistrettoMsmIncrementalCost: 788,
  heapCost: 8,
  memOpBaseCost: 10,
  altBn128G1AdditionCost: 334,
  altBn128G2AdditionCost: 535,
  altBn128G1MultiplicationCost: 3_840,
  altBn128G2MultiplicationCost: 15_670,
  altBn128PairingOnePairCostFirst: 36_364,
  altBn128PairingOnePairCostOther: 12_121,
  poseidonCostCoefficientA: 61,
  poseidonCostCoefficientC: 542,
  getRemainingComputeUnitsCost: 100,
  altBn128G1Compress: 30,
  altBn128G1Decompress: 398,
  altBn128G2Compress: 86,
  altBn128G2Decompress: 13610,
  bls12381G1AddCost: 128,
  bls12381G2AddCost: 203,
  bls12381G1SubtractCost: 129,
  bls12381G2SubtractCost: 204,
  bls12381G1MultiplyCost: 4_627,
  bls12381G2MultiplyCost: 8_255,
  bls12381G1DecompressCost: 2_100,
  bls12381G2DecompressCost: 3_050,
  bls12381G1ValidateCost: 1_565,
  bls12381G2ValidateCost: 1_968,
  bls12381OnePairCost: 25_445,
  bls12381AdditionalPairCost: 13_023,
} as const;

export type ExecutionCost = Readonly<Record<keyof typeof EXECUTION_COST, number>>;
