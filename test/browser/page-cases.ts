/** What holds for every page: its policy, its weight, its width, and that anyone can use it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { type Case, expectNoOverflow, withPage } from './case';
import { screenshot } from './site';

export const PAGES = ['start', 'portfolio', 'playground', 'lessons', 'developers'] as const;
const KIB = 1024;
/** Of script, compressed, that the first page may load. */
const FIRST_PAGE_BYTES = 200 * KIB;

export const PAGE_CASES: readonly Case[] = [
  {
    name: `the first page loads less than ${FIRST_PAGE_BYTES / KIB} KiB of script, and no virtual machine`,
    run: (site) =>
      withPage(site, { at: 'developers' }, async ({ page }) => {
        const scripts = new Map<string, Buffer>();
        page.on('response', async (response) => {
          const url = response.url();
          if (url.endsWith('.js')) scripts.set(url, await response.body());
        });
        // As somebody who comes for the first time.
        await page.goto('about:blank');
        await page.goto(site.url);
        await page.getByText('No MetaMask was found').waitFor();
        await page.waitForLoadState('networkidle');
        const sizes = [...scripts].map(([url, body]) => [url, gzipSync(body).length] as const);
        const sum = sizes.reduce((bytes, [, size]) => bytes + size, 0);
        const listed = sizes.map(([url, size]) => `${url.split('/').at(-1)} ${size}`).join(', ');
        process.stdout.write(`  ${(sum / KIB).toFixed(1)} KiB: ${listed}\n`);
        assert(sizes.length > 1, 'the first page is not split');
        assert(sum < FIRST_PAGE_BYTES, `${sum} bytes: ${listed}`);
        assert(![...scripts.keys()].some((url) => url.includes('worker')));
      }),
  },
  {
    name: 'the built page has a strict policy, and runs nothing that is not its own',
    run: (site) =>
      withPage(site, { allowing: /inline script/ }, async ({ page, complaints }) => {
        const html = await (await fetch(site.url)).text();
        const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1];
        assert(policy !== undefined, 'the page has no policy');
        const text = policy.replaceAll('&#39;', "'");
        const rules = new Map(
          text.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]),
        );
        assert.equal(rules.get('default-src'), "'none'");
        assert.equal(rules.get('script-src'), "'self' 'wasm-unsafe-eval'");
        assert.equal(rules.get('style-src'), "'self'");
        assert.doesNotMatch(html, /<script(?![^>]* src=)/);
        const ran = await page.evaluate(() => {
          const script = document.createElement('script');
          script.textContent = 'document.body.dataset.ran = "yes"';
          document.body.append(script);
          return document.body.dataset['ran'];
        });
        assert.equal(ran, undefined);
        assert.equal(complaints.filter((complaint) => /inline script/.test(complaint)).length, 1);
      }),
  },
  ...PAGES.flatMap((at) =>
    [1280, 390].flatMap((width) => [false, true].map((dark) => looksRight(at, width, dark))),
  ),
  {
    name: 'colours can be chosen, and stay chosen',
    run: (site) =>
      withPage(site, { at: 'developers' }, async ({ page }) => {
        const background = () =>
          page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
        const light = await background();
        await page.getByRole('button', { name: /Change to: Light colours/ }).click();
        await page.getByRole('button', { name: /Change to: Dark colours/ }).click();
        const dark = await background();
        assert.notEqual(dark, light);
        await page.reload();
        await page.getByRole('heading', { level: 1 }).waitFor();
        assert.equal(await background(), dark);
      }),
  },
  {
    name: 'a newcomer can go through the menu with the keyboard alone',
    run: (site) =>
      withPage(site, {}, async ({ page }) => {
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.keyboard.press('Tab');
        const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
        assert.equal(await focused(), 'Skip to the content');
        for (let presses = 0; (await focused()) !== 'Developers'; presses += 1) {
          assert(presses < 10, 'the menu is not to be reached');
          await page.keyboard.press('Tab');
        }
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'Offer Lookahead in your dapp' }).waitFor();
        assert.equal(await page.title(), 'For developers · Lookahead');
        assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'MAIN');
      }),
  },
  {
    name: 'links of old, and links to nothing, are told so',
    run: (site) =>
      withPage(site, { at: 'transaction/solana/nowhere/x' }, async ({ page }) => {
        await page.getByText('There is no such transaction').waitFor();
      }),
  },
];

/** In a colour scheme and at a width: nothing sticks out sideways, axe finds nothing serious. */
function looksRight(at: string, width: number, dark: boolean): Case {
  const name = `${at}-${width}-${dark ? 'dark' : 'light'}`;
  return {
    name: `the page ${at} fits ${width} px, ${dark ? 'dark' : 'light'}, and is accessible`,
    run: (site) =>
      withPage(site, { at, width, dark }, async ({ page }) => {
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.locator('.busy').first().waitFor({ state: 'detached' });
        await expectNoOverflow(page);
        await expectAccessible(page);
        await screenshot(page, `page-${name}`);
      }),
  };
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** No serious or critical violation of axe's rules. */
export async function expectAccessible(page: Page): Promise<void> {
  // Evaluated, not added as an element: the page's policy forbids that.
  await page.evaluate(AXE);
  const found: readonly Violation[] = await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)`,
  );
  const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  assert.deepEqual(
    serious.map(({ id, help, nodes }) => [id, help, nodes[0]?.html, nodes[0]?.failureSummary]),
    [],
  );
}
