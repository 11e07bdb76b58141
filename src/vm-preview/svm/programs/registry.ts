/**
 * Which programs are part of the validator rather than accounts' code.
 * Source: agave `builtins/src/lib.rs` (`BUILTINS`), `precompiles/src/lib.rs` (`PRECOMPILES`).
 */
import type { FeatureSet } from '../features/feature-set';
import type { FeatureName } from '../features/ids';
import type { Pubkey } from '../pubkey';
import type { BuiltinProgram, HostBudget } from '../runtime/types';
import { computeBudgetProgram } from './compute-budget';
import {
  COMPUTE_BUDGET_PROGRAM,
  ED25519_PROGRAM,
  LOADER_V1,
  LOADER_V2,
  LOADER_V3,
  SECP256K1_PROGRAM,
  SECP256R1_PROGRAM,
  SYSTEM_PROGRAM,
  VOTE_PROGRAM,
  ZK_ELGAMAL_PROOF_PROGRAM,
  ZK_TOKEN_PROOF_PROGRAM,
} from './ids';
import { loaderV3Program } from './loader/program';
import { loaderV1Program, loaderV2Program } from './loader/retired';
import { verifyEd25519 } from './precompiles/ed25519';
import { verifySecp256k1 } from './precompiles/secp256k1';
import { verifySecp256r1 } from './precompiles/secp256r1';
import { systemProgram } from './system/program';
import { voteProgram } from './vote/program';
import { zkProofProgram } from './zk-proof';

interface BuiltinRow {
  readonly id: Pubkey;
  readonly program: BuiltinProgram;
  /** The gate that brings it; without one it has always been there. */
  readonly feature?: FeatureName;
}

const BUILTINS: readonly BuiltinRow[] = [
  { id: SYSTEM_PROGRAM, program: systemProgram },
  { id: VOTE_PROGRAM, program: voteProgram },
  { id: LOADER_V1, program: loaderV1Program },
  { id: LOADER_V2, program: loaderV2Program },
  { id: LOADER_V3, program: loaderV3Program },
  { id: COMPUTE_BUDGET_PROGRAM, program: computeBudgetProgram },
  { id: ZK_TOKEN_PROOF_PROGRAM, program: zkProofProgram, feature: 'zk_token_sdk_enabled' },
  {
    id: ZK_ELGAMAL_PROOF_PROGRAM,
    program: zkProofProgram,
    feature: 'zk_elgamal_proof_program_enabled',
  },
];

/** Checks the signatures that the instruction's `data` points at; throws InstructionFailure. */
export type Precompile = (
  data: Uint8Array,
  instructionDatas: readonly Uint8Array[],
  hostBudget: HostBudget | undefined,
) => void;

const PRECOMPILES: ReadonlyMap<string, Precompile> = new Map<string, Precompile>([
  [SECP256K1_PROGRAM.key, verifySecp256k1],
  [ED25519_PROGRAM.key, verifyEd25519],
  [SECP256R1_PROGRAM.key, verifySecp256r1],
]);

const BUILTIN_BY_KEY: ReadonlyMap<string, BuiltinRow> = new Map(
  BUILTINS.map((row) => [row.id.key, row]),
);

/**
 * The builtin with this id. A loader's entry runs the loader's own instructions; calling a program
 * that the loader owns is the runtime's part.
 */
export function builtinProgram(id: Pubkey, features: FeatureSet): BuiltinProgram | undefined {
  const row = BUILTIN_BY_KEY.get(id.key);
  if (row === undefined) return undefined;
  return row.feature === undefined || features.isActive(row.feature) ? row.program : undefined;
}

/** Every precompile has lost its gate: all three are always there. */
export function isPrecompile(id: Pubkey, _features: FeatureSet): boolean {
  return PRECOMPILES.has(id.key);
}

/**
 * Runs a precompile on an instruction of the transaction. Costs no compute units.
 *
 * @param data - of the instruction
 * @param instructionDatas - of all the transaction's instructions, which signatures may point into
 * @param hostBudget - charged for each signature, which costs milliseconds
 * @throws InstructionFailure Custom 0 to 4 (PrecompileError)
 */
export function verifyPrecompile(
  id: Pubkey,
  data: Uint8Array,
  instructionDatas: readonly Uint8Array[],
  _features: FeatureSet,
  hostBudget?: HostBudget,
): void {
  PRECOMPILES.get(id.key)?.(data, instructionDatas, hostBudget);
}
