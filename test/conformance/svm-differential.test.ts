/** Each family of the random search for a moment; `npm run conformance -- svm-differential` goes on. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  FEATURE_IDS,
  type FeatureName,
  FeatureSet,
  type SvmEnvironment,
} from '../../src/vm-preview/svm';
import { LitesvmWorld } from '../support/litesvm-world';
import type { Case } from './svm-differential/case';
import { runCase } from './svm-differential/compare';
import { FAMILY_NAMES } from './svm-differential/generators';
import { programsScene } from './svm-differential/generators/programs';
import { Random } from './svm-differential/random';
import { search } from './svm-differential/run';
import { show, shrink } from './svm-differential/shrink';
import * as departures from './svm-matrix/departures';
import { MAINNET, MODES } from './svm-matrix/modes';

const COUNT = 50;
const SEED = 20_261_122;

test.each(FAMILY_NAMES)(
  '%s: as agave',
  (family) => {
    const tally = search({ seed: SEED, count: COUNT, modes: [MAINNET], families: [family] });
    expect(tally.failures).toEqual([]);
    expect(tally.passed).toBe(COUNT);
    expect(tally.succeeded).toBeGreaterThan(0);
    expect(tally.failed).toBeGreaterThan(0);
  },
  120_000,
);

test.each(MODES.filter((mode) => mode !== MAINNET))(
  '$name: as agave',
  (mode) => {
    const { failures, passed } = search({ seed: SEED + 1, count: 2 * COUNT, modes: [mode] });
    expect(failures).toEqual([]);
    expect(passed).toBe(2 * COUNT);
  },
  120_000,
);

test('every departure from litesvm that the search accepts stands in the documentation', () => {
  const page = readFileSync('docs/litesvm-differences.md', 'utf8');
  const sources = Object.values(departures).flatMap((one) => ('source' in one ? [one.source] : []));
  expect(sources.length).toBeGreaterThan(5);
  for (const source of sources) expect(page).toContain(`\`${source.split(' ')[0]}\``);
});

test('the same seed gives the same transactions', () => {
  const world = new LitesvmWorld();
  const made = [1, 2].map(() => programsScene(world).next(new Random(7, 8)));
  expect(made.map(show)[0]).toBe(made.map(show)[1]);
  expect(show(programsScene(world).next(new Random(7, 9)))).not.toBe(made.map(show)[0]);
});

/** Runs our side without the gate by which a fault takes all units. */
class SparingWorld extends LitesvmWorld {
  override environment(): SvmEnvironment {
    const { features, ...rest } = super.environment();
    const active = (Object.keys(FEATURE_IDS) as FeatureName[]).filter(
      (name) => features.isActive(name) && name !== 'deplete_cu_meter_on_vm_failure',
    );
    return { ...rest, features: new FeatureSet(active) };
  }
}

test('a difference is found, and made small', () => {
  const world = new SparingWorld();
  const scene = programsScene(world);
  let found: Case | undefined;
  for (let index = 0; index < 200 && found === undefined; index++) {
    const of = scene.next(new Random(SEED, index));
    if (runCase(world, of).kind === 'different' && of.message.instructions.length > 2) found = of;
  }
  if (found === undefined) throw new Error('nothing differed');
  const small = shrink(world, found);
  expect(small.message.instructions.length).toBe(1);
  expect(runCase(world, small).lines[0]).toMatch(/^units: theirs \d+, ours \d+$/);
}, 60_000);

test.each([
  ['same', /^all 1 runs of programs are the same/],
  [
    'other',
    /parts before instruction 2:\n {2}before: pc 1 .*\n {2}ours: .* r8=2 .*\n {2}theirs: .* r8=1 /,
  ],
])(
  'traces tell where two runs part: %s',
  (asked, text) => {
    const folder = mkdtempSync(join(tmpdir(), 'sbf-trace-'));
    try {
      const output = execFileSync(
        'node_modules/.bin/tsx',
        ['test/conformance/svm-differential/parting.ts', asked],
        { env: { ...process.env, SBF_TRACE_DIR: folder }, encoding: 'utf8' },
      );
      expect(output).toMatch(text);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  60_000,
);
