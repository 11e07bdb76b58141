/** `npx tsx test/browser/main.ts`: builds the site and goes through it in Chromium. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { CASES, type Case } from './cases';
import { chromiumPath, launch } from './chromium';
import { startSite } from './site';
import { SNAP_CASES } from './snap-cases';

const executable = chromiumPath();
if (executable === undefined) {
  console.log('skipped: no Chromium (apt-get install chromium, or set CHROMIUM_PATH)');
} else {
  process.exitCode = (await runAll(executable)) ? 0 : 1;
}

/** All, or those whose name has the words after `--only`. */
function chosen(): readonly Case[] {
  const all = [...CASES, ...SNAP_CASES];
  const at = process.argv.indexOf('--only');
  if (at < 0) return all;
  const words = process.argv.slice(at + 1).join(' ');
  return all.filter(({ name }) => name.includes(words));
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
  const cases = chosen();
  for (const { name, run } of cases) {
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
  console.log(`${cases.length - failed} passed, ${failed} failed`);
  return failed === 0;
}
