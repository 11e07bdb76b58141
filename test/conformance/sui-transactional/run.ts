/**
 * Sui's own adapter tests: `npm run conformance -- sui-transactional DIR [options]`.
 *
 * DIR is a checkout of Sui, or of a fork of it. Each test's packages are compiled here, its transactions are
 * run by our VM, and what the runner would print (objects, events, errors, gas) is compared with what is
 * recorded beside the test.
 *
 * - `--v2` runs the second version of programmable transactions' execution and compares with `@v2.snap`,
 *   where a checkout has such; where it has none the version that its protocol has is run, with or without.
 * - `--only TEXT` takes the tests whose path has the text in it.
 * - `--show` prints what was expected and what came, line by line.
 */
import { SuiCache, type SuiObject } from '../../../src/vm-preview/move/sui';
import type { ConformanceResult } from '../main';
import { checkoutArguments } from '../shared/options';
import { Checkout, expectedOutput, type TestFile } from './checkout';
import { differences } from './compare';
import { CompileError } from './compile';
import { type Explanation, explanationOf, isCovered } from './explained';
import { frameworkObjects } from './framework';
import { Session } from './session';
import { tasksOf } from './tasks';
import { TaskError, UnsupportedError } from './unsupported';

interface Settings {
  readonly isV2: boolean;
  readonly shows: boolean;
}

export async function runSuiTransactional(args: readonly string[]): Promise<ConformanceResult> {
  const { directory, only } = checkoutArguments(args);
  const checkout = new Checkout(directory);
  const settings: Settings = {
    isV2: checkout.hasBothVersions ? args.includes('--v2') : checkout.runsV2,
    shows: args.includes('--show'),
  };
  const framework = await frameworkObjects(checkout);
  const cache = new SuiCache();
  const tests = checkout.tests.filter(({ name }) => only === undefined || name.includes(only));
  const report = new Report(settings);
  for (const test of tests) {
    const expected = expectedOutput(checkout, test, settings.isV2);
    if (expected === undefined) report.note(test, 'has no recorded output');
    else report.add(test, expected, await attempt(checkout, test, framework, cache, settings));
  }
  return report.finish(tests.length);
}

/** What a test came to: its output, or why it has none. */
type Result = { readonly output: string } | { readonly uncompiled: string };

async function attempt(
  checkout: Checkout,
  test: TestFile,
  framework: readonly SuiObject[],
  cache: SuiCache,
  { isV2 }: Settings,
): Promise<Result> {
  if (test.name.endsWith('.mvir'))
    return { uncompiled: "Move's intermediate representation has no compiler here" };
  try {
    return { output: await outputOf(checkout, test, framework, cache, isV2) };
  } catch (error) {
    if (error instanceof CompileError) return { uncompiled: error.message };
    return { output: `${error instanceof Error ? error.stack : error}` };
  }
}

async function outputOf(
  checkout: Checkout,
  test: TestFile,
  framework: readonly SuiObject[],
  cache: SuiCache,
  isV2: boolean,
): Promise<string> {
  const tasks = tasksOf(checkout.read(test.path));
  const init = tasks[0]?.command === 'init' ? tasks[0] : undefined;
  const parts = [`processed ${tasks.length} task${tasks.length > 1 ? 's' : ''}`];
  const session = new Session(checkout, framework, cache, init?.options, isV2);
  if (session.heading !== undefined) parts.push(`init:\n${session.heading}`);
  for (const task of tasks) {
    if (task === init) continue;
    const output = await taskOutput(session, () => session.run(task));
    if (output === undefined) continue;
    const { number, startLine, stopLine, text, command, data } = task;
    const lines = startLine === stopLine ? `line ${startLine}` : `lines ${startLine}-${stopLine}`;
    const shown =
      command === 'programmable' && data !== undefined ? `${text}\n${data.trim()}` : text;
    parts.push(`task ${number}, ${lines}:\n${shown}\n${output}`);
  }
  return parts.join('\n\n');
}

/** What the VM cannot do is a difference and not the end. */
async function taskOutput(
  session: Session,
  run: () => Promise<string | undefined>,
): Promise<string | undefined> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof CompileError) throw error;
    if (error instanceof TaskError) return session.errorText(error.message);
    if (error instanceof UnsupportedError) return `UNSUPPORTED: ${error.message}`;
    if (process.env['DEBUG'] !== undefined)
      return `${error instanceof Error ? error.stack : error}`;
    return `${error instanceof Error ? `${error.name}: ${error.message}` : error}`;
  }
}

class Report {
  readonly #failures: string[] = [];
  readonly #explained = new Map<string, string[]>();
  readonly #uncompiled: string[] = [];
  readonly #notes: string[] = [];
  #passed = 0;

  constructor(private readonly settings: Settings) {}

  note({ name }: TestFile, text: string): void {
    this.#notes.push(`${name} ${text}`);
  }

  add({ name }: TestFile, expected: string, result: Result): void {
    if ('uncompiled' in result) {
      this.#uncompiled.push(`${name}: ${result.uncompiled.trim()}`);
      return;
    }
    const different = differences(expected, result.output);
    const explanation = explanationOf(name, this.settings.isV2);
    if (different.length === 0) {
      this.#passed++;
      if (explanation !== undefined) this.#notes.push(`explained, but as recorded: ${name}`);
      return;
    }
    if (this.settings.shows) for (const line of different) console.log(`${name}\n${line}`);
    if (explanation === undefined || !isCovered(explanation, different))
      this.#failures.push(`${name}: ${different.length} tasks differ: ${brief(different[0])}`);
    else this.#explain(explanation, name);
  }

  #explain({ reason }: Explanation, name: string): void {
    this.#explained.set(reason, [...(this.#explained.get(reason) ?? []), name]);
  }

  finish(count: number): ConformanceResult {
    for (const line of this.#notes) console.log(line);
    for (const line of this.#uncompiled) console.log(`does not compile: ${brief(line, 300)}`);
    for (const [reason, names] of this.#explained)
      console.log(`explained: ${reason}\n${names.map((name) => `  ${name}`).join('\n')}`);
    const explained = [...this.#explained.values()].reduce((sum, names) => sum + names.length, 0);
    console.log(
      `${count} tests: ${this.#passed} as recorded, ${explained} explained, ` +
        `${this.#uncompiled.length} do not compile, ${this.#failures.length} differ`,
    );
    return { passed: this.#passed, failures: this.#failures };
  }
}

const brief = (text = '', length = 400): string => text.replace(/\s+/g, ' ').slice(0, length);
