/** Writes docs/sui-natives.md from the registry: `npx tsx scripts/sui-natives-table.ts`. */
import { writeFileSync } from 'node:fs';
import { NATIVES_PAGE, nativesPage } from '../test/conformance/sui-natives';

writeFileSync(NATIVES_PAGE, nativesPage());
