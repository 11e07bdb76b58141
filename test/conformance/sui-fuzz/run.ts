/**
 * `npm run conformance -- sui-fuzz [--seed S] [--count N] [--case INDEX] [--coverage]`: harmed Sui transactions,
 * programs, packages and objects, at several versions of the protocol.
 */
import { LookaheadError } from '../../../src/vm-preview/errors';
import { runSearch, type Suite } from '../fuzz/driver';
import { isIllTyped } from '../move-fuzz/ill-typed';
import { answerTarget } from './node';
import {
  bytesTarget,
  objectTarget,
  packageTarget,
  stateTarget,
  transactionTarget,
} from './targets';
import { VERSIONS, worldOf } from './world';

/** Storage fees that do not add up are a fault of ours (`requireConserved`). */
const FAULTS = new Set(['sui-conservation']);

export const SUI_FUZZ: Suite = {
  folder: /\/src\/(?:vm-preview\/move\/(?:core|sui)|chains\/sui)\//,
  targets: () => [
    bytesTarget(),
    transactionTarget(),
    packageTarget(),
    objectTarget(),
    stateTarget(),
    answerTarget(),
  ],
  isTyped: (error) =>
    error instanceof LookaheadError && !isIllTyped(error) && !FAULTS.has(error.code),
};

export function runSuiFuzz(
  args: readonly string[],
): Promise<{ passed: number; failures: readonly string[] }> {
  for (const version of VERSIONS)
    for (const step of worldOf(version).lacks)
      console.log(`at protocol version ${version} the world is without "${step}"`);
  return runSearch(SUI_FUZZ, args);
}
