/**
 * Runs the VM against what others wrote: `npm run conformance -- <suite> [arguments]`.
 * Every suite names each failure and ends in a line "N passed, M failed".
 */
import { runAptosReplay } from './aptos-replay/run';
import { runSvmFuzz } from './fuzz/run';
import { runMoveFuzz } from './move-fuzz/run';
import { runMoveModules } from './move-modules';
import { runMoveTransactional } from './move-transactional/run';
import { runMoveVerifier } from './move-verifier';
import { runSuiCheckpoint } from './sui-checkpoint/run';
import { runSuiFuzz } from './sui-fuzz/run';
import { runSuiMove } from './sui-move/run';
import { runSuiProtocol } from './sui-protocol';
import { runSuiTransactional } from './sui-transactional/run';
import { runSuiUnit } from './sui-unit/run';
import { runSvmDifferential } from './svm-differential/run';
import { runSvmInstr } from './svm-instr';
import { runSvmMatrix } from './svm-matrix/run';

export interface ConformanceResult {
  readonly passed: number;
  /** One line each. */
  readonly failures: readonly string[];
}

const SUITES: Readonly<Record<string, (args: readonly string[]) => Promise<ConformanceResult>>> = {
  'svm-instr': ([directory]) => runSvmInstr(needed(directory, 'the folder of the .instr files')),
  'svm-fuzz': (args) => runSvmFuzz(args),
  'svm-differential': (args) => runSvmDifferential(args),
  'aptos-replay': ([directory, framework]) =>
    runAptosReplay(needed(directory, 'the folder of the recordings'), framework),
  'move-modules': ([directory]) =>
    runMoveModules(needed(directory, 'the folder of the recorded chain data')),
  'move-verifier': ([directory]) =>
    runMoveVerifier(needed(directory, 'the folder of the recorded chain data')),
  'move-transactional': ([directory]) =>
    runMoveTransactional(needed(directory, 'a checkout of aptos-core')),
  'move-fuzz': (args) => runMoveFuzz(args),
  'sui-checkpoint': (files) => runSuiCheckpoint(files),
  'sui-protocol': ([directory]) => runSuiProtocol(needed(directory, 'a checkout of Sui')),
  'sui-transactional': (args) => runSuiTransactional(args),
  'sui-unit': (args) => runSuiUnit(args),
  'sui-move': (args) => runSuiMove(args),
  'sui-fuzz': (args) => runSuiFuzz(args),
  'svm-matrix': (words) => runSvmMatrix(words),
};

function needed(argument: string | undefined, what: string): string {
  if (argument === undefined) throw new Error(`the suite needs ${what}`);
  return argument;
}

async function main([name, ...args]: readonly string[]): Promise<void> {
  const suite = name === undefined ? undefined : SUITES[name];
  if (suite === undefined) {
    console.error(`usage: npm run conformance -- <${Object.keys(SUITES).join(' | ')}> [arguments]`);
    process.exitCode = 2;
    return;
  }
  const { passed, failures } = await suite(args);
  for (const failure of failures) console.log(failure);
  console.log(`${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
