/**
 * `npm run conformance -- svm-fuzz [--seed S] [--count N] [--case INDEX] [--coverage]`: harmed ELF
 * files, instruction streams, messages and account data. Each must end in a result or in one of this
 * project's own errors, within a second.
 */
import { LookaheadError } from '../../../src/vm-preview/errors';
import { ElfError, VerifierError } from '../../../src/vm-preview/svm/sbpf/executable';
import { VmFault } from '../../../src/vm-preview/svm/sbpf/fault';
import { Random } from '../svm-differential/random';
import { startCoverage } from './coverage';
import { elfTarget, verifierTarget } from './programs';
import { accountTarget, messageTarget } from './transactions';

const MAX_MILLISECONDS = 1000;
const MAX_FAILURES = 20;

export interface Target {
  readonly name: string;
  /** Makes an input and tries it; calls `passed` once it is past the first parser. */
  try(random: Random, passed: () => void): void;
}

const TARGETS = [elfTarget, verifierTarget, messageTarget, accountTarget] as const;

const TYPED = [LookaheadError, ElfError, VerifierError, VmFault] as const;

export interface Tally {
  readonly name: string;
  tried: number;
  past: number;
  /** How many ended in which error. */
  readonly errors: Map<string, number>;
}

function nameOf(error: Error): string {
  return error instanceof LookaheadError ? error.code : error.constructor.name;
}

/** @returns why it is a failure */
function tryOne(target: Target, random: Random, tally: Tally): string | undefined {
  tally.tried++;
  let isPast = false;
  try {
    target.try(random, () => {
      isPast = true;
    });
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof Error) || !TYPED.some((type) => thrown instanceof type)) {
      return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    }
    const name = nameOf(thrown);
    tally.errors.set(name, (tally.errors.get(name) ?? 0) + 1);
    return undefined;
  } finally {
    if (isPast) tally.past++;
  }
}

function line({ name, tried, past, errors }: Tally): string {
  const ends = [...errors].sort((a, b) => b[1] - a[1]).map(([error, times]) => `${error} ${times}`);
  const share = ((100 * past) / Math.max(1, tried)).toFixed(0);
  return `${name}: ${tried} inputs, ${past} past the first parser (${share} %); ${ends.join(', ')}`;
}

function optionOf(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(`--${name}`);
  return at < 0 ? undefined : args[at + 1];
}

export interface FuzzOptions {
  readonly seed: number;
  readonly count: number;
  /** All kinds in turn when absent. */
  readonly targets?: readonly Target[];
  /** Only this input. */
  readonly only?: number;
}

export interface FuzzResult {
  readonly passed: number;
  readonly failures: readonly string[];
  readonly tallies: readonly Tally[];
  readonly slowest: { readonly milliseconds: number; readonly where: string };
}

const isTooSlow = (milliseconds: number): boolean => milliseconds > MAX_MILLISECONDS;

/** Tries inputs until the count is met or too many fail. */
export function search({ seed, count, only, ...options }: FuzzOptions): FuzzResult {
  const targets = options.targets ?? TARGETS.map((make) => make());
  const tallies = targets.map(
    ({ name }): Tally => ({ name, tried: 0, past: 0, errors: new Map() }),
  );
  const failures: string[] = [];
  let slowest = { milliseconds: 0, where: 'none' };
  let passed = 0;
  const [first, last] = only === undefined ? [0, count] : [only, only + 1];
  for (let index = first; index < last && failures.length < MAX_FAILURES; index++) {
    const at = index % targets.length;
    const [target, tally] = [targets[at], tallies[at]];
    if (target === undefined || tally === undefined) continue;
    const where = `${target.name} --seed ${seed} --case ${index}`;
    const start = process.hrtime.bigint();
    const problem = tryOne(target, new Random(seed, index), tally);
    // The first input of a kind also makes what all of them start from.
    const milliseconds = tally.tried > 1 ? Number(process.hrtime.bigint() - start) / 1e6 : 0;
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, where };
    if (problem !== undefined) failures.push(`${where}: ${problem}`);
    else if (isTooSlow(milliseconds)) failures.push(`${where}: ${milliseconds.toFixed(0)} ms`);
    else passed++;
  }
  return { passed, failures, tallies, slowest };
}

export async function runSvmFuzz(
  args: readonly string[],
): Promise<{ passed: number; failures: readonly string[] }> {
  const seed = Number(optionOf(args, 'seed') ?? Date.now() % 2 ** 31);
  const count = Number(optionOf(args, 'count') ?? 20_000);
  const only = optionOf(args, 'case');
  const options = { seed, count, ...(only !== undefined && { only: Number(only) }) };
  const coverage = args.includes('--coverage') ? await startCoverage() : undefined;
  const { passed, failures, tallies, slowest } = search(options);
  if (coverage !== undefined) {
    const { taken, branches } = await coverage();
    const share = ((100 * taken) / branches).toFixed(1);
    console.log(`${taken} of ${branches} branches of the VM taken (${share} %)`);
  }
  for (const tally of tallies) console.log(line(tally));
  const past = tallies.reduce((sum, tally) => sum + tally.past, 0);
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(
    `seed ${seed}: ${past} of ${passed + failures.length} past the first parser; peak memory ${peak.toFixed(0)} MB; slowest input ${slowest.milliseconds.toFixed(0)} ms (${slowest.where})`,
  );
  return { passed, failures };
}
