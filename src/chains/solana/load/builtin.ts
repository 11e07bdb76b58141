/** Programs that need no ELF, and programs whose needs are known. */
import {
  ASSOCIATED_TOKEN_PROGRAM,
  COMPUTE_BUDGET_PROGRAM,
  ED25519_PROGRAM,
  LOADER_V1,
  LOADER_V2,
  LOADER_V3,
  LOADER_V4,
  MEMO_PROGRAM,
  MEMO_V1_PROGRAM,
  type Pubkey,
  SECP256K1_PROGRAM,
  SECP256R1_PROGRAM,
  SYSTEM_PROGRAM,
  TOKEN_2022_PROGRAM,
  TOKEN_PROGRAM,
  VOTE_PROGRAM,
  ZK_ELGAMAL_PROOF_PROGRAM,
  ZK_TOKEN_PROOF_PROGRAM,
} from '../../../vm-preview/svm';

const keys = (programs: readonly Pubkey[]): ReadonlySet<string> =>
  new Set(programs.map((program) => program.key));

const NATIVE = keys([
  SYSTEM_PROGRAM,
  VOTE_PROGRAM,
  COMPUTE_BUDGET_PROGRAM,
  LOADER_V1,
  LOADER_V2,
  LOADER_V3,
  LOADER_V4,
  ED25519_PROGRAM,
  SECP256K1_PROGRAM,
  SECP256R1_PROGRAM,
  ZK_TOKEN_PROOF_PROGRAM,
  ZK_ELGAMAL_PROOF_PROGRAM,
]);

/** Programs that are part of the validator. */
export function isNativeProgram(program: Pubkey): boolean {
  return NATIVE.has(program.key);
}

const QUIET = keys([
  SYSTEM_PROGRAM,
  COMPUTE_BUDGET_PROGRAM,
  TOKEN_PROGRAM,
  TOKEN_2022_PROGRAM,
  ASSOCIATED_TOKEN_PROGRAM,
  MEMO_PROGRAM,
  MEMO_V1_PROGRAM,
]);

/** Programs that never look at SlotHashes or StakeHistory. */
export function isQuietProgram(program: Pubkey): boolean {
  return QUIET.has(program.key);
}
