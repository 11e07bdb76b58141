/**
 * `npm run conformance -- svm-fuzz [--seed S] [--count N] [--case INDEX] [--coverage]`: harmed ELF
 * files, instruction streams, messages and account data.
 */
import { LookaheadError } from '../../../src/vm-preview/errors';
import { ElfError, VerifierError } from '../../../src/vm-preview/svm/sbpf/executable';
import { VmFault } from '../../../src/vm-preview/svm/sbpf/fault';
import { runSearch, type Suite } from './driver';
import { elfTarget, verifierTarget } from './programs';
import { accountTarget, messageTarget } from './transactions';

const TYPED = [LookaheadError, ElfError, VerifierError, VmFault] as const;

export const SVM_FUZZ: Suite = {
  folder: '/src/vm-preview/svm/',
  targets: () => [elfTarget(), verifierTarget(), messageTarget(), accountTarget()],
  isTyped: (error) => TYPED.some((type) => error instanceof type),
};

export function runSvmFuzz(
  args: readonly string[],
): Promise<{ passed: number; failures: readonly string[] }> {
  return runSearch(SVM_FUZZ, args);
}
