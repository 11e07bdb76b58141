/** Writes docs/sui-commands.md from the tests' own list: `npx tsx scripts/sui-commands-table.ts`. */
import { writeFileSync } from 'node:fs';
import { RULES_PAGE, rulesPage } from '../test/vm-preview/move/sui/oracle/rules';

writeFileSync(RULES_PAGE, rulesPage());
