/** Writes docs/svm-support.md from the registries: `npx tsx scripts/support-table.ts`. */
import { writeFileSync } from 'node:fs';
import { SUPPORT_PAGE, supportPage } from '../test/conformance/svm-support';

writeFileSync(SUPPORT_PAGE, supportPage());
