/**
 * What becomes of objects from one transaction to the next: by the chain's own test runner, and by our executor of
 * commands, at versions with each of its two forms.
 */
import { NEWEST_KNOWN, type SuiOutcome } from '../../../../../src/vm-preview/move/sui';
import { compileMove, testMove } from '../../../../support/sui-real-vm';
import { scenarioTest } from './scenario-move';
import { runScenario } from './scenario-run';
import { type Failure, SCENARIOS } from './scenarios';
import { FOR_SCENARIOS, sources } from './sources';

const VERSIONS = [70, NEWEST_KNOWN];

const files = sources(['scenario', 'package', 'test'], FOR_SCENARIOS);
const modules = compileMove(files).filter(isOfPackage);
const runs = new Map(
  VERSIONS.map((version) => [
    version,
    SCENARIOS.map((scenario) => runScenario(scenario, version, modules)),
  ]),
);
const tests = SCENARIOS.map((scenario, i) => {
  const did = (runs.get(NEWEST_KNOWN)?.[i] ?? []).map((ran) => ran.did);
  return scenarioTest(scenario, `s${i}`, did);
});
const real = testMove({
  ...files,
  'sources/run.move': ['#[test_only, allow(all)] module oracle::run;', ...tests].join('\n'),
});

function isOfPackage(bytes: Uint8Array): boolean {
  return Buffer.from(bytes).includes(Buffer.from('expect_inside'));
}

/** In the words of the runner. */
function wordsOf(fails: Failure | undefined): string | undefined {
  if (fails === undefined) return undefined;
  if ('runner' in fails) return fails.runner;
  return `aborted with code ${fails.abort} originating in the module ${fails.module}`;
}

/** As a scenario says it. */
function failureOf({ status }: SuiOutcome): Failure | undefined {
  if (status.kind !== 'failure') return undefined;
  const { abort, code } = status.failure;
  if (abort === undefined) return { failure: code, runner: '' };
  const [address = '', module = ''] = abort.module.split('::');
  const names: Readonly<Record<string, string>> = { '2': 'sui', acc: 'oracle' };
  const name = names[address.replace(/^0x0*/, '')];
  return { abort: Number(abort.code), module: `${name}::${module}` };
}

describe.each(VERSIONS)('at version %i', (version) => {
  it.each(SCENARIOS.map((scenario, i) => ({ ...scenario, i })))('$name', ({ transactions, i }) => {
    const ran = runs.get(version)?.[i] ?? [];
    expect(ran).toHaveLength(transactions.length);
    for (const [at, { outcome, did }] of ran.entries()) {
      const expected = transactions[at]?.fails;
      expect([at, failureOf(outcome)]).toEqual([
        at,
        expected !== undefined && 'runner' in expected ? { ...expected, runner: '' } : expected,
      ]);
      // What the chain's runner was asked to find.
      expect(did).toEqual(runs.get(NEWEST_KNOWN)?.[i]?.[at]?.did);
    }
  });
});

it.each(SCENARIOS.map((scenario, i) => ({ ...scenario, i })))(
  'on the chain’s own VM: $name',
  ({ transactions, i }) => {
    expect(real.has(`run::s${i}`)).toBe(true);
    expect(real.get(`run::s${i}`)).toBe(wordsOf(transactions.at(-1)?.fails));
  },
);
