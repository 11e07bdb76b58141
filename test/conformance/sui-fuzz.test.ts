/** Some harmed inputs of each kind; `npm run conformance -- sui-fuzz` goes on. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { search } from './fuzz/driver';
import { SOURCES } from './sui-fuzz/package';
import { SUI_FUZZ } from './sui-fuzz/run';

test('every input ends in a result or a typed error, in time', async () => {
  const { failures, passed, tallies } = await search(SUI_FUZZ, { seed: 1, count: 800 });
  expect(failures).toEqual([]);
  expect(passed).toBe(800);
  for (const { name, tried, past } of tallies)
    expect([name, past / tried > 0.5]).toEqual([name, true]);
  const programs = tallies.find(({ name }) => name === 'transaction');
  expect(programs?.stages.get('success')).toBeGreaterThan(10);
  const packages = tallies.find(({ name }) => name === 'package');
  expect(packages?.stages.get('success')).toBeGreaterThan(3);
}, 240_000);

test('the package that it calls is compiled from its sources', () => {
  for (const [path, hash] of Object.entries(SOURCES)) {
    const text = readFileSync(join(__dirname, 'sui-fuzz/move', path));
    expect([path, createHash('sha256').update(text).digest('hex')]).toEqual([path, hash]);
  }
});
