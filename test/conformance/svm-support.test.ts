import { readFileSync } from 'node:fs';
import { FEATURE_IDS } from '../../src/vm-preview/svm';
import { SYSCALL_NAMES } from '../support/syscall-names';
import { SUPPORT_PAGE, supportPage } from './svm-support';

test('the support page says what the registries hold', () => {
  expect(readFileSync(SUPPORT_PAGE, 'utf8')).toBe(supportPage());
});

test('it names every feature, and every syscall that agave has', () => {
  const page = readFileSync(SUPPORT_PAGE, 'utf8');
  for (const id of Object.values(FEATURE_IDS)) expect(page).toContain(`\`${id}\``);
  for (const name of SYSCALL_NAMES) expect(page).toContain(`| \`${name}\` |`);
});
