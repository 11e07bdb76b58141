/** Tries harmed inputs: each must end in a result or in one of this project's own errors, within a second. */
import { LookaheadError } from '../../../src/vm-preview/errors';
import { optionOf } from '../shared/options';
import { Random } from '../svm-differential/random';
import { startCoverage } from './coverage';

/** An input may take this long. */
const SECONDS = 1;
const MAX_FAILURES = 20;
const PROGRESS_EVERY = 50_000;

export interface Target {
  readonly name: string;
  /** How many inputs for one of a target that has one; 1 where absent. */
  readonly share?: number;
  /**
   * Makes an input and tries it.
   *
   * @param passed - to be called once it is past the first parser; with a name, for what it reaches later
   * @param made - to be called with the input's bytes, which a failure shows; the last ones count
   */
  try(
    random: Random,
    passed: (stage?: string) => void,
    made: (input: Uint8Array) => void,
  ): void | Promise<void>;
}

/** What a search is made of. */
export interface Suite {
  /** The part of `src` whose branches are counted, e.g. `/src/vm-preview/svm/`. */
  readonly folder: string | RegExp;
  readonly targets: () => readonly Target[];
  /** Whether an input may end in it. */
  readonly isTyped: (error: Error) => boolean;
}

export interface Tally {
  readonly name: string;
  tried: number;
  past: number;
  milliseconds: number;
  /** How many reached what. */
  readonly stages: Map<string, number>;
  /** How many ended in which error. */
  readonly errors: Map<string, number>;
}

export interface FuzzOptions {
  readonly seed: number;
  readonly count: number;
  /** Only this input. */
  readonly only?: number;
  /** That an input may take; without end for a run whose time says nothing. */
  readonly seconds?: number;
  /** Told now and then. */
  readonly progress?: (tried: number) => void;
}

export interface FuzzResult {
  readonly passed: number;
  readonly failures: readonly string[];
  readonly tallies: readonly Tally[];
  readonly slowest: { readonly milliseconds: number; readonly where: string };
}

function nameOf(error: Error): string {
  return error instanceof LookaheadError ? error.code : error.constructor.name;
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** Bytes of an input that are shown. */
const SHOWN_BYTES = 4000;

function shown(input: Uint8Array | undefined): string {
  if (input === undefined) return '';
  const more = input.length > SHOWN_BYTES ? `… of ${input.length} bytes` : '';
  return `\n    input: ${Buffer.from(input.subarray(0, SHOWN_BYTES)).toString('hex')}${more}`;
}

/** @returns why it is a failure */
async function tryOne(
  target: Target,
  suite: Suite,
  random: Random,
  tally: Tally,
): Promise<string | undefined> {
  tally.tried++;
  let isPast = false;
  let input: Uint8Array | undefined;
  try {
    const trying = target.try(
      random,
      (stage) => {
        isPast = true;
        if (stage !== undefined) count(tally.stages, stage);
      },
      (bytes) => {
        input = bytes;
      },
    );
    // Waiting for what is done already would cost each input a turn.
    if (trying instanceof Promise) await trying;
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof Error) || !suite.isTyped(thrown))
      return `${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}${shown(input)}`;
    count(tally.errors, nameOf(thrown));
    return undefined;
  } finally {
    if (isPast) tally.past++;
  }
}

/** Targets in turn, each as often as its share says. */
function schedule(targets: readonly Target[]): readonly number[] {
  const shares = targets.map(({ share }) => share ?? 1);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const given = shares.map(() => 0);
  return Array.from({ length: whole }, (_, turn) => {
    const owed = shares.map((share, i) => (share * (turn + 1)) / whole - (given[i] ?? 0));
    const next = owed.indexOf(Math.max(...owed));
    given[next] = (given[next] ?? 0) + 1;
    return next;
  });
}

/** Inputs between two looks at the time that the process has had, for looking costs. */
const LOOK_EVERY = 32;

/** What takes no longer is not worth another look. */
const SHORT_MILLISECONDS = 250;

/** Milliseconds that inputs take, without those in which the machine did something else. */
class Stopwatch {
  #start = performance.now();
  #used = process.cpuUsage();
  #inputs = 0;

  start(): void {
    if (this.#inputs++ % LOOK_EVERY === 0) this.#used = process.cpuUsage();
    this.#start = performance.now();
  }

  /** At most: what the inputs before it have used since the last look may be in it. */
  elapsed(): number {
    const wall = performance.now() - this.#start;
    if (wall < SHORT_MILLISECONDS) return wall;
    const { user, system } = process.cpuUsage(this.#used);
    return Math.min(wall, (user + system) / 1000);
  }
}

/** Tries inputs until the count is met or too many fail. */
export async function search(
  suite: Suite,
  { seed, count: most, only, seconds = SECONDS, progress }: FuzzOptions,
): Promise<FuzzResult> {
  const targets = suite.targets();
  const turns = schedule(targets);
  const tallies = targets.map(
    ({ name }): Tally => ({
      name,
      tried: 0,
      past: 0,
      milliseconds: 0,
      stages: new Map(),
      errors: new Map(),
    }),
  );
  const stopwatch = new Stopwatch();
  const limit = 1000 * seconds;
  const failures: string[] = [];
  let slowest = { milliseconds: 0, where: 'none' };
  let passed = 0;
  const [first, last] = only === undefined ? [0, most] : [only, only + 1];
  for (let index = first; index < last && failures.length < MAX_FAILURES; index++) {
    const at = turns[index % turns.length] ?? 0;
    const [target, tally] = [targets[at], tallies[at]];
    if (target === undefined || tally === undefined) continue;
    const where = `${target.name} --seed ${seed} --case ${index}`;
    stopwatch.start();
    const problem = await tryOne(target, suite, new Random(seed, index), tally);
    // The first input of a kind also makes what all of them start from.
    let milliseconds = tally.tried > 1 ? stopwatch.elapsed() : 0;
    if (milliseconds > limit) {
      // What the process did meanwhile, such as clearing memory, it does not do twice for one input.
      const again = { ...tally, stages: new Map(), errors: new Map() };
      stopwatch.start();
      await tryOne(target, suite, new Random(seed, index), again);
      milliseconds = Math.min(milliseconds, stopwatch.elapsed());
    }
    tally.milliseconds += milliseconds;
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, where };
    if (problem !== undefined) failures.push(`${where}: ${problem}`);
    else if (milliseconds > limit) failures.push(`${where}: ${milliseconds.toFixed(0)} ms`);
    else passed++;
    if ((index + 1) % PROGRESS_EVERY === 0) progress?.(index + 1);
  }
  return { passed, failures, tallies, slowest };
}

const MOST_ERRORS = 12;

function line({ name, tried, past, milliseconds, stages, errors }: Tally): string {
  const most = [...errors].sort((a, b) => b[1] - a[1]);
  const ends = most.slice(0, MOST_ERRORS).map(([error, times]) => `${error} ${times}`);
  if (most.length > MOST_ERRORS) ends.push(`${most.length - MOST_ERRORS} others`);
  const share = ((100 * past) / Math.max(1, tried)).toFixed(0);
  const reached = [...stages].map(([stage, times]) => `, ${times} ${stage}`).join('');
  const speed = ((1000 * tried) / Math.max(1, milliseconds)).toFixed(0);
  return `${name}: ${tried} inputs (${speed} a second), ${past} past the first parser (${share} %)${reached}; ${ends.join(', ')}`;
}

/**
 * A search from the command line: `[--seed S] [--count N] [--case INDEX] [--seconds S] [--coverage]`. Counting
 * branches makes the VM more than twice as slow, so that no time is judged then unless one is given.
 */
export async function runSearch(
  suite: Suite,
  args: readonly string[],
): Promise<{ passed: number; failures: readonly string[] }> {
  const seed = Number(optionOf(args, 'seed') ?? Date.now() % 2 ** 31);
  const most = Number(optionOf(args, 'count') ?? 20_000);
  const only = optionOf(args, 'case');
  const given = optionOf(args, 'seconds');
  const start = performance.now();
  const passedSeconds = (): string => ((performance.now() - start) / 1000).toFixed(0);
  const progress = (tried: number): void =>
    console.log(`seed ${seed}: ${tried} of ${most} inputs after ${passedSeconds()} s`);
  const coverage = args.includes('--coverage') ? await startCoverage(suite.folder) : undefined;
  const { passed, failures, tallies, slowest } = await search(suite, {
    seed,
    count: most,
    progress,
    seconds: Number(given ?? (coverage === undefined ? SECONDS : Number.POSITIVE_INFINITY)),
    ...(only !== undefined && { only: Number(only) }),
  });
  if (coverage !== undefined) {
    const { taken, branches } = await coverage();
    const share = ((100 * taken) / branches).toFixed(1);
    console.log(`${taken} of ${branches} branches of the VM taken (${share} %)`);
  }
  for (const tally of tallies) console.log(line(tally));
  const past = tallies.reduce((sum, tally) => sum + tally.past, 0);
  const all = passed + failures.length;
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(
    `seed ${seed}: ${past} of ${all} past the first parser (${((100 * past) / all).toFixed(0)} %); ${passedSeconds()} s; peak memory ${peak.toFixed(0)} MB; slowest input ${slowest.milliseconds.toFixed(0)} ms (${slowest.where})`,
  );
  return { passed, failures };
}
