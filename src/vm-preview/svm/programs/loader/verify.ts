import { InstructionFailure } from '../../errors/instruction-error';
import { verifyForDeployment } from '../../runtime/load-program';
import type { InvokeContext } from '../../runtime/types';
import { ElfError } from '../../sbpf/elf-error';
import { VerifierError } from '../../sbpf/verifier';

/**
 * Loads and verifies a program as strictly as deployment asks. Extending goes on to allow the sBPF
 * versions that are no longer deployed. Source: agave `program-runtime/src/deploy.rs`.
 *
 * @throws InstructionFailure InvalidAccountData, after logging what is wrong with the ELF
 */
export function verifyElf(
  invoke: InvokeContext,
  elf: Uint8Array,
  purpose: 'deploy' | 'extend',
): void {
  try {
    verifyForDeployment(elf, invoke.features, { allowOldVersions: purpose === 'extend' });
  } catch (thrown) {
    if (!(thrown instanceof ElfError || thrown instanceof VerifierError)) throw thrown;
    invoke.log(thrown.message);
    throw new InstructionFailure('InvalidAccountData');
  }
}
