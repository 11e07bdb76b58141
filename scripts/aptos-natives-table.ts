/** Writes docs/aptos-natives.md from the registry: `npx tsx scripts/aptos-natives-table.ts`. */
import { writeFileSync } from 'node:fs';
import { NATIVES_PAGE, nativesPage } from '../test/conformance/aptos-natives';

writeFileSync(NATIVES_PAGE, nativesPage());
