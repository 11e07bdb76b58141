/** `npx tsx test/browser/main.ts`: builds the site and goes through it in Chromium. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { CASES } from './cases';
import { chromiumPath, launch } from './chromium';
import { startSite } from './site';

const executable = chromiumPath();
if (executable === undefined) {
  console.log('skipped: no Chromium (apt-get install chromium, or set CHROMIUM_PATH)');
} else {
  process.exitCode = (await runAll(executable)) ? 0 : 1;
}

async function runAll(chromium: string): Promise<boolean> {
  if (!process.argv.includes('--no-build')) {
    const vite = join(import.meta.dirname, '../../node_modules/vite/bin/vite.js');
    execFileSync(process.execPath, [vite, 'build', 'site', '--logLevel', 'warn'], {
      cwd: join(import.meta.dirname, '../..'),
      stdio: 'inherit',
    });
  }
  const browser = await launch(chromium);
  const site = await startSite(browser);
  let failed = 0;
  for (const { name, run } of CASES) {
    try {
      await run(site);
      console.log(`✓ ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`✗ ${name}\n${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  await browser.close();
  await site.close();
  console.log(`${CASES.length - failed} passed, ${failed} failed`);
  return failed === 0;
}
