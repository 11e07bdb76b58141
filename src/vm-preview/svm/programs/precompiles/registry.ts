/**
 * Programs that only check signatures, before anything else of their instruction.
 * Source: agave `precompiles/src/lib.rs` (`PRECOMPILES`).
 */

import type { HostBudget } from '../../../host-budget';
import type { FeatureSet } from '../../features/feature-set';
import type { Pubkey } from '../../pubkey';
import { ED25519_PROGRAM, SECP256K1_PROGRAM, SECP256R1_PROGRAM } from '../ids';
import { verifyEd25519 } from './ed25519';
import { verifySecp256k1 } from './secp256k1';
import { verifySecp256r1 } from './secp256r1';

/** Checks the signatures that the instruction's `data` points at; throws InstructionFailure. */
type Precompile = (
  data: Uint8Array,
  instructionDatas: readonly Uint8Array[],
  hostBudget: HostBudget | undefined,
) => void;

const PRECOMPILES: ReadonlyMap<string, Precompile> = new Map<string, Precompile>([
  [SECP256K1_PROGRAM.key, verifySecp256k1],
  [ED25519_PROGRAM.key, verifyEd25519],
  [SECP256R1_PROGRAM.key, verifySecp256r1],
]);

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
