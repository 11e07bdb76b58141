/**
 * `npm run conformance -- svm-differential [--seed S] [--count N] [--features MODE] [--family NAME]
 * [--case INDEX]`: random transactions on agave (litesvm, native) and here. MODE is one of the matrix's
 * (mainnet, direct-mapping, ...), `all` for everything active, or `each` for one after another.
 */
import { optionOf } from '../shared/options';
import { MAINNET, MODES, type Mode } from '../svm-matrix/modes';
import type { Case, Scene } from './case';
import { runCase, succeedsThere, type Verdict } from './compare';
import { Scenes } from './generators';
import { Random } from './random';
import { show, shrink } from './shrink';
import { traceElsewhere, writeTrace } from './trace';

/** Consecutive cases that play in one scene. */
const BLOCK = 25;
const MAX_FAILURES = 20;

export interface SearchOptions {
  readonly seed: number;
  readonly count: number;
  readonly modes: readonly Mode[];
  /** Prefixes of families' names; all when absent. */
  readonly families?: readonly string[];
  /** Only this one. */
  readonly only?: number;
  /** Writes where the traces of the only case part. */
  readonly trace?: string;
}

export interface Tally {
  passed: number;
  succeeded: number;
  failed: number;
  refused: number;
  /** How many for each reason. */
  readonly skipped: Map<string, number>;
  readonly failures: string[];
  slowest: number;
}

function count(tally: Tally, { kind, lines, outcome, milliseconds }: Verdict): void {
  tally.slowest = Math.max(tally.slowest, milliseconds);
  if (kind === 'skipped') {
    const [why = ''] = lines;
    tally.skipped.set(why, (tally.skipped.get(why) ?? 0) + 1);
  } else if (kind === 'same') {
    tally.passed++;
    if (outcome?.landing === 'refused') tally.refused++;
    else if (outcome?.error === undefined) tally.succeeded++;
    else tally.failed++;
  }
}

/** Of a hundred cases: those that are drawn again while they fail, so that about half succeed. */
const PERCENT_MEANT_TO_SUCCEED = 30;
const MAX_DRAWS = 4;

/** The same for the same seed, index and features: agave says whether it succeeds. */
function drawCase(scene: Scene, seed: number, index: number): Case {
  const first = scene.next(new Random(seed, index, 1));
  if (!new Random(seed, index, 0).chance(PERCENT_MEANT_TO_SUCCEED)) return first;
  let of = first;
  for (let draw = 2; draw <= MAX_DRAWS && !succeedsThere(scene.world, of); draw++) {
    of = scene.next(new Random(seed, index, draw));
  }
  return of;
}

/** Runs cases until the count is met or too many differ. */
export function search(options: SearchOptions): Tally {
  const { seed, only, trace, families } = options;
  const tally: Tally = {
    passed: 0,
    succeeded: 0,
    failed: 0,
    refused: 0,
    skipped: new Map(),
    failures: [],
    slowest: 0,
  };
  for (const mode of options.modes) {
    const scenes = new Scenes(mode, families);
    const last = only === undefined ? options.count : only + 1;
    const firstBlock = only === undefined ? 0 : Math.floor(only / BLOCK);
    for (let block = firstBlock; block * BLOCK < last; block++) {
      const { name, scene } = scenes.draw(new Random(seed, block));
      for (let index = block * BLOCK; index < Math.min(last, (block + 1) * BLOCK); index++) {
        if (only !== undefined && index !== only) continue;
        const of = drawCase(scene, seed, index);
        const verdict = runCase(scene.world, of);
        count(tally, verdict);
        if (verdict.kind !== 'different') continue;
        const small = shrink(scene.world, of);
        if (trace !== undefined) writeTrace(scene.world, small, trace);
        const where = [
          `--seed ${seed} --case ${index} --features ${mode.name}`,
          families === undefined ? '' : ` --family ${families.join(',')}`,
        ].join('');
        const parting = trace === undefined ? traceElsewhere(where.split(' ')) : '';
        const { lines } = runCase(scene.world, small);
        tally.failures.push([`${where}: ${name}`, ...lines, show(small), parting].join('\n  '));
        if (tally.failures.length >= MAX_FAILURES) return tally;
      }
    }
  }
  return tally;
}

function modesOf(name: string | undefined): readonly Mode[] {
  if (name === undefined) return [MAINNET];
  if (name === 'each') return MODES;
  const wanted = name === 'all' ? 'everything' : name;
  const mode = MODES.find((one) => one.name === wanted);
  if (mode === undefined) {
    throw new Error(`no features ${name}: ${MODES.map((one) => one.name).join(', ')}, all or each`);
  }
  return [mode];
}

/** A whole number, or the default. */
function numberOf(text: string | undefined, otherwise: number): number {
  const number = text === undefined ? otherwise : Number(text);
  if (!Number.isSafeInteger(number)) throw new Error(`${text} is no whole number`);
  return number;
}

export async function runSvmDifferential(
  args: readonly string[],
): Promise<{ passed: number; failures: string[] }> {
  const seed = numberOf(optionOf(args, 'seed'), Date.now() % 2 ** 31);
  const only = optionOf(args, 'case');
  const families = optionOf(args, 'family')?.split(',');
  const trace = optionOf(args, 'trace');
  const start = Date.now();
  const tally = search({
    seed,
    count: numberOf(optionOf(args, 'count'), 1000),
    modes: modesOf(optionOf(args, 'features')),
    ...(families && { families }),
    ...(only !== undefined && { only: numberOf(only, 0) }),
    ...(trace !== undefined && { trace }),
  });
  const seconds = (Date.now() - start) / 1000;
  const skipped = [...tally.skipped].map(([why, times]) => `${times} ${why}`);
  const ran = tally.passed + tally.failures.length;
  const share = (100 * tally.succeeded) / Math.max(1, ran);
  console.log(
    `seed ${seed}: ${tally.succeeded} succeeded (${share.toFixed(0)} %), ${tally.failed} failed, ${tally.refused} refused on both sides; skipped: ${skipped.join(', ') || 'none'}`,
  );
  console.log(
    `${seconds.toFixed(1)} s, ${(ran / seconds).toFixed(0)} transactions a second, slowest here ${tally.slowest.toFixed(0)} ms`,
  );
  return { passed: tally.passed, failures: tally.failures };
}
