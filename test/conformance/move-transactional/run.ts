import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { ConformanceResult } from '../main';
import { EXPLAINED } from './explained';
import { Session } from './session';
import { tasksOf } from './tasks';

const ROOT = 'third_party/move';
/** Folders with tests in assembly text. */
const FOLDERS = [
  'move-vm/transactional-tests/tests',
  'move-bytecode-verifier/transactional-tests/tests',
  'tools/move-asm/tests',
];

/**
 * Runs the Move VM's own tests in assembly text and compares all that they print. Where the chain's
 * runner has an output for each of its configurations, the one that a chain runs with is taken: verifier
 * on, lazy loading.
 *
 * @param directory - a checkout of aptos-core
 */
export async function runMoveTransactional(directory: string): Promise<ConformanceResult> {
  const root = join(directory, ROOT);
  const tests = FOLDERS.flatMap((folder) => testsIn(join(root, folder))).sort();
  const failures: string[] = [];
  let passed = 0;
  let explained = 0;
  for (const test of tests) {
    const name = relative(root, test);
    const difference = differenceOf(test);
    const reason = EXPLAINED.get(name);
    if (difference === undefined && reason === undefined) passed++;
    else if (difference !== undefined && reason !== undefined) {
      explained++;
      console.log(`${name}: another output, explained: ${reason}`);
    } else if (reason !== undefined) failures.push(`${name}: passes, but is explained: ${reason}`);
    else failures.push(`${name}: ${difference}`);
  }
  for (const name of EXPLAINED.keys())
    if (!tests.some((test) => relative(root, test) === name))
      failures.push(`${name}: explained, but not there`);
  console.log(`${tests.length} tests: ${passed} as expected, ${explained} explained`);
  return { passed, failures };
}

function testsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.masm'))
    .map((name) => join(folder, name));
}

/** The first line that differs; undefined where none does. */
function differenceOf(test: string): string | undefined {
  const expected = readFileSync(expectedPath(test), 'utf8').split('\n');
  const actual = outputOf(readFileSync(test, 'utf8')).split('\n');
  const line = expected.findIndex((text, i) => text !== actual[i]);
  if (line < 0 && actual.length === expected.length) return undefined;
  const at = line < 0 ? expected.length : line;
  return `line ${at + 1}: expected ${JSON.stringify(expected[at])}, got ${JSON.stringify(actual[at])}`;
}

function expectedPath(test: string): string {
  const stem = test.replace(/\.masm$/, '');
  const separate = `${stem}.baseline.exp`;
  return existsSync(separate) ? separate : `${stem}.exp`;
}

function outputOf(source: string): string {
  const tasks = tasksOf(source);
  const session = new Session();
  let output = `processed ${tasks.length} task${tasks.length > 1 ? 's' : ''}\n`;
  for (const task of tasks) {
    if (task.command === 'init') continue;
    const { number, startLine, stopLine } = task;
    output += `task ${number} lines ${startLine}-${stopLine}: ${task.source}\n`;
    const result = attempt(() => session.run(task));
    if (result !== undefined) output += `${result}\n`;
  }
  return output;
}

/** What this VM cannot do is a difference and not the end. */
function attempt(run: () => string | undefined): string | undefined {
  try {
    return run();
  } catch (error) {
    return `${error instanceof Error ? `${error.name}: ${error.message}` : error}`;
  }
}
