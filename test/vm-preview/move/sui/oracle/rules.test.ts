import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES, RULES_PAGE, rulesPage } from './rules';
import { SCENARIOS } from './scenarios';

const FOLDER = join(__dirname, '..');
const all = Object.values(RULES).flat();

it('the page of rules is what the list says', () => {
  expect(readFileSync(RULES_PAGE, 'utf8')).toBe(rulesPage());
});

it('every rule is held by something', () => {
  const bare = all.filter(
    ({ scenarios, tests, transactional }) => !scenarios && !tests && !transactional,
  );
  expect(bare).toEqual([]);
});

it('every scenario holds a rule, and each that is named is there', () => {
  const named = new Set(all.flatMap(({ scenarios = [] }) => scenarios));
  expect([...named].sort()).toEqual(SCENARIOS.map(({ name }) => name).sort());
});

it('the tests that are named are there', () => {
  for (const { tests = {} } of all)
    for (const [file, titles] of Object.entries(tests)) {
      const text = readFileSync(join(FOLDER, file), 'utf8');
      for (const title of titles)
        expect([file, title, text.includes(title)]).toEqual([file, title, true]);
    }
});
