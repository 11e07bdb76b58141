/**
 * Which programs are part of the validator rather than accounts' code.
 * Source: agave `builtins/src/lib.rs` (`BUILTINS`).
 */
import type { FeatureSet } from '../features/feature-set';
import type { FeatureName } from '../features/ids';
import type { Pubkey } from '../pubkey';
import type { BuiltinProgram } from '../runtime/types';
import { computeBudgetProgram } from './compute-budget';
import {
  COMPUTE_BUDGET_PROGRAM,
  LOADER_V1,
  LOADER_V2,
  LOADER_V3,
  SYSTEM_PROGRAM,
  VOTE_PROGRAM,
  ZK_ELGAMAL_PROOF_PROGRAM,
  ZK_TOKEN_PROOF_PROGRAM,
} from './ids';
import { loaderV3Program } from './loader/program';
import { loaderV1Program, loaderV2Program } from './loader/retired';
import { systemProgram } from './system/program';
import { voteProgram } from './vote/program';
import { zkProofProgram } from './zk-proof';

export { isPrecompile, verifyPrecompile } from './precompiles/registry';

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
