/** Some harmed inputs of each kind; `npm run conformance -- svm-fuzz` goes on. */
import { LookaheadError } from '../../src/vm-preview/errors';
import { search, type Target } from './fuzz/driver';
import { SVM_FUZZ } from './fuzz/run';

test('every input ends in a result or a typed error, in time', async () => {
  const { failures, passed, tallies } = await search(SVM_FUZZ, { seed: 1, count: 1200 });
  expect(failures).toEqual([]);
  expect(passed).toBe(1200);
  for (const { name, tried, past } of tallies) {
    expect([name, past / tried > 0.4]).toEqual([name, true]);
  }
}, 120_000);

test('an error that is not typed is a failure, a typed one is not', async () => {
  const target: Target = {
    name: 'fake',
    try(random, passed) {
      passed();
      throw random.chance(50) ? new RangeError('host') : new LookaheadError('state', 'x', 'typed');
    },
  };
  const { failures, passed } = await search(
    { ...SVM_FUZZ, targets: () => [target] },
    { seed: 1, count: 30 },
  );
  expect(failures.length).toBeGreaterThan(0);
  expect(passed).toBeGreaterThan(0);
  expect(failures[0]).toContain('RangeError: host');
});
