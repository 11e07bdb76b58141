/**
 * The natives on the chain's own VM and on ours: Move functions (`move/natives`), compiled once by the chain's
 * compiler, that must give the same values, and abort with the same codes in the same modules.
 */
import { registeredNatives } from '../../../../conformance/sui-natives';
import { compileMove, testMove } from '../../../../support/sui-real-vm';
import { CALLED_WITH_LITERALS } from './literals';
import { nativeRuns, type OwnOutcome, TRANSACTION } from './native-runs';
import { NOT_COMPARED } from './not-compared';
import { moveFiles, sources } from './sources';

/** An abort code that no test function has: another value came out. */
const DIFFERS = 987_654_321;

const files = sources(['std', 'sui', 'natives', 'test']);

/** `module::function` of all that are there to be run. */
const functions = Object.entries(moveFiles('natives')).flatMap(([module, text]) =>
  [...text.matchAll(/^public fun (\w+)\(\)/gm)].map(([, name]) => `${module}::${name}`),
);

function wrapper(name: string, outcome: OwnOutcome): string {
  const call = `oracle::${name}()`;
  const body =
    outcome.kind === 'value' && outcome.bytes !== undefined
      ? `assert!(std::bcs::to_bytes(&${call}) == x"${Buffer.from(outcome.bytes).toString('hex')}", ${DIFFERS})`
      : call;
  return `#[test] fun ${name.replace('::', '__')}() { begin(); ${body}; }`;
}

const BEGIN = `fun begin() {
  sui::tx_context::replace(@${TRANSACTION.sender}, x"${TRANSACTION.digest}", ${TRANSACTION.epoch},
    ${TRANSACTION.epochTimestampMs}, 0, ${TRANSACTION.referenceGasPrice}, ${TRANSACTION.gasPrice},
    ${TRANSACTION.gasBudget}, vector[@${TRANSACTION.sponsor}]);
}`;

const runs = nativeRuns(compileMove(files));
const own = new Map(functions.map((name) => [name, runs.run(name)]));
const real = testMove({
  ...files,
  'sources/run.move': [
    '#[test_only, allow(unused_use)] module oracle::run;',
    BEGIN,
    ...[...own].map(([name, outcome]) => wrapper(name, outcome)),
  ].join('\n'),
});

it.each(functions)('%s', (name) => {
  const outcome = own.get(name);
  const words = real.get(`run::${name.replace('::', '__')}`);
  expect(words).toBe(outcome?.kind === 'error' ? outcome.words : undefined);
});

it('has a test of each native, or a reason why there is none', () => {
  const held = new Set([...runs.called, ...CALLED_WITH_LITERALS, ...NOT_COMPARED.keys()]);
  expect([...registeredNatives()].filter((native) => !held.has(native)).sort()).toEqual([]);
  const needless = [...NOT_COMPARED.keys()].filter(
    (native) => runs.called.has(native) || CALLED_WITH_LITERALS.has(native),
  );
  expect(needless).toEqual([]);
});
