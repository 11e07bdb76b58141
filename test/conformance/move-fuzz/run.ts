/**
 * `npm run conformance -- move-fuzz [--seed S] [--count N] [--case INDEX] [--coverage]`: harmed Move
 * modules and scripts, BCS values, arguments, transactions and types as text.
 */
import { LookaheadError } from '../../../src/vm-preview/errors';
import { runSearch, type Suite, type Target } from '../fuzz/driver';
import { argumentTarget } from './arguments';
import { bcsTarget } from './bcs';
import { functionTarget } from './functions';
import { isIllTyped } from './ill-typed';
import { generatedModuleTarget, recordedModuleTarget } from './modules';
import { recordedSeeds } from './seeds';
import { textTarget } from './text';
import { transactionBytesTarget, transactionTarget } from './transactions';
import { devnet, haveGenesis } from './world';

function targets(): readonly Target[] {
  if (!haveGenesis)
    throw new Error('the search begins with recorded chain data, which is not here');
  const world = devnet();
  const seeds = recordedSeeds();
  return [
    recordedModuleTarget(seeds, world),
    generatedModuleTarget(seeds, world),
    bcsTarget(world),
    textTarget(world),
    transactionBytesTarget(world),
    argumentTarget(world),
    functionTarget(world),
    transactionTarget(world),
  ];
}

export const MOVE_FUZZ: Suite = {
  folder: '/src/vm-preview/move/',
  targets,
  isTyped: (error) => error instanceof LookaheadError && !isIllTyped(error),
};

export function runMoveFuzz(
  args: readonly string[],
): Promise<{ passed: number; failures: readonly string[] }> {
  return runSearch(MOVE_FUZZ, args);
}
