/** Some harmed inputs of each kind; `npm run conformance -- move-fuzz` goes on. */
import { illTyped } from '../../src/vm-preview/move/core/values';
import { search } from './fuzz/driver';
import { MOVE_FUZZ } from './move-fuzz/run';
import { haveGenesis } from './move-fuzz/world';

const fixtures = haveGenesis ? test : test.skip;

fixtures(
  'every input ends in a result or a typed error, in time (skipped: no fixtures)',
  async () => {
    const { failures, passed, tallies } = await search(MOVE_FUZZ, { seed: 1, count: 2000 });
    expect(failures).toEqual([]);
    expect(passed).toBe(2000);
    for (const { name, tried, past } of tallies)
      expect([name, past / tried > 0.5]).toEqual([name, true]);
    const verified = tallies.find(({ name }) => name === 'generated module');
    expect(verified?.stages.get('past the verifier')).toBeGreaterThan(100);
  },
  120_000,
);

test('verified code that is ill-typed is a failure', async () => {
  const target = {
    name: 'fake',
    try() {
      throw illTyped('adds a bool');
    },
  };
  const { failures } = await search(
    { ...MOVE_FUZZ, targets: () => [target] },
    { seed: 1, count: 1 },
  );
  expect(failures[0]).toContain('code that adds a bool');
});
