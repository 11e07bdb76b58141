/**
 * Sui's tests of plain Move: `npm run conformance -- sui-move DIR [options]`.
 *
 * DIR is a checkout of Sui. Each test's modules are compiled here, verified and run by our VM, and what the runner
 * prints of it (results, VM errors with their places) is compared with what is recorded beside the test. The
 * runner's VM is not the chain's: there is no gas but where a test asks for it, modules are not held to Sui's own
 * rules, the verifier has no limits, and some of the VM's are wider (see `call.ts`).
 *
 * - `--only TEXT` takes the tests whose path has the text in it.
 * - `--show` prints what was expected and what came.
 */
import { decodeModule, SUI_FORMAT } from '../../../src/vm-preview/move/core/format';
import type { ConformanceResult } from '../main';
import { checkoutArguments } from '../shared/options';
import { differences } from '../sui-transactional/compare';
import { compile } from '../sui-transactional/compile';
import { tasksOf } from '../sui-transactional/tasks';
import { standardLibrary, testsOf } from './checkout';
import { type Library, Session } from './session';
import { LIBRARY_EDITION } from './sources';

export async function runSuiMove(args: readonly string[]): Promise<ConformanceResult> {
  const { directory, only } = checkoutArguments(args);
  const { tests, intermediate } = testsOf(directory);
  const library = await libraryOf(directory);
  const failures: string[] = [];
  let [passed, errors] = [0, 0];
  for (const { name, source, recorded } of tests) {
    if (only !== undefined && !name.includes(only)) continue;
    const different = differences(recorded, await outputOf(source, library));
    if (args.includes('--show')) for (const text of different) console.log(`${name}\n${text}`);
    const [first] = different;
    if (first === undefined) {
      passed++;
      errors += recorded.match(/major_status: /g)?.length ?? 0;
    } else failures.push(`${name}: ${different.length} tasks differ: ${brief(first)}`);
  }
  console.log(`left out: ${intermediate} tests in Move's intermediate representation`);
  console.log(`as recorded: ${passed} tests, with ${errors} VM errors and their places`);
  return { passed, failures };
}

async function libraryOf(directory: string): Promise<Library> {
  const sources = standardLibrary(directory);
  const modules = await compile({
    root: { sources, edition: LIBRARY_EDITION },
    dependencies: {},
    addresses: { std: '0x1' },
  });
  return { sources, modules: modules.map((bytes) => decodeModule(bytes, SUI_FORMAT)) };
}

/** All that the runner prints of a test. */
export async function outputOf(source: string, library: Library): Promise<string> {
  const tasks = tasksOf(source);
  const init = tasks[0]?.command === 'init' ? tasks[0] : undefined;
  const session = new Session(library, init?.options);
  const parts = [`processed ${tasks.length} task${tasks.length > 1 ? 's' : ''}`];
  for (const task of tasks) {
    if (task === init) continue;
    const output = await attempt(() => session.run(task));
    if (output === undefined) continue;
    const { number, startLine, stopLine, text } = task;
    const lines = startLine === stopLine ? `line ${startLine}` : `lines ${startLine}-${stopLine}`;
    parts.push(`task ${number}, ${lines}:\n${text}\n${output}`);
  }
  return parts.join('\n\n');
}

/** What does not compile, and what the VM cannot do, is a difference and not the end. */
async function attempt(run: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await run();
  } catch (error) {
    return `${error instanceof Error ? `${error.name}: ${error.message}` : error}`;
  }
}

const brief = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 400);
