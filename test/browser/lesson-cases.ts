// biome-ignore-all lint/performance/useDomNodeTextContent: what the visitor sees is what counts
/** Each lesson, as somebody goes through it: the site's button, the preview, what is to be learnt. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { APTOS_LESSONS } from '../../site/src/lessons/aptos';
import type { LessonText } from '../../site/src/lessons/lesson';
import { SOLANA_LESSONS } from '../../site/src/lessons/solana';
import { SUI_LESSONS } from '../../site/src/lessons/sui';
import { type Case, expectNoOverflow, withPage } from './case';
import { expectAccessible } from './page-cases';
import { screenshot } from './site';

const LESSONS: readonly LessonText[] = [...SOLANA_LESSONS, ...APTOS_LESSONS, ...SUI_LESSONS];

/** What the visitor must read in each preview. */
const SAID: Readonly<Record<string, readonly RegExp[]>> = {
  'solana-swap': [/−20 LOOK/, /\+10 USDL/, /It would succeed/],
  'solana-approval': [/^Danger/, /may take all the USDL, at any time/],
  'solana-owner': [/^Danger/, /The account is handed to another program/, /Drai…1111/],
  'solana-hidden': [/^Danger/, /−1 USDL/, /The tokens are handed to another holder/],
  'solana-nonce': [/^Be careful/, /never expires/, /The nonce is advanced/, /−2\.000005 SOL/],
  'solana-fails': [/It would fail/, /there are not enough tokens/, /the fee would be paid/],
  'aptos-swap': [/\+9 USDL/, /−2\.\d+ APT/],
  'aptos-key': [/^Danger/, /The key of this account is replaced by another/],
  'aptos-airdrop': [/^Be careful/, /99 % of your APT/],
  'aptos-script': [/^Be careful/, /brings its own code/, /−9\.\d+ APT/],
  'aptos-sponsored': [/−0\.1 APT/, /paid by 0x99d0…2c08/],
  'aptos-fails': [/It would fail/, /The dollars would be fewer than were asked for/],
  'sui-swap': [/−10\.\d+ SUI/, /\+49\.504951 MOON/, /Others may change what it uses/],
  'sui-theft': [/^Be careful/, /“Front row” goes to another owner/],
  'sui-freeze': [/^Be careful/, /“Front row” is frozen: nobody can ever change it/],
  'sui-airdrop': [/^Be careful/, /99 % of your SUI/],
  'sui-upgrade': [/^Danger/, /the right to replace the code/, /0x2::package::UpgradeCap/],
  'sui-sponsored': [/“Front row” goes to another owner/, /paid by 0x095b…7bf7/],
  'sui-fails': [/It would fail/, /The price has moved/, /the fee would be paid/],
};

export const LESSON_CASES: readonly Case[] = [
  ...LESSONS.map(lessonCase),
  {
    name: 'the gallery leads to every lesson, and a lesson to the next and to the playground',
    run: (site) =>
      withPage(site, { at: 'lessons' }, async ({ page }) => {
        await page.locator('.lesson-card').first().waitFor();
        const titles = await page.locator('.lesson-card strong').allInnerTexts();
        assert.deepEqual(
          titles,
          LESSONS.map(({ title }) => title),
        );
        await page.getByRole('link', { name: LESSONS[0]?.title ?? '' }).click();
        await press(page, LESSONS[0]);
        await page.getByRole('link', { name: /^Next: / }).click();
        await page.getByRole('heading', { name: LESSONS[1]?.title ?? '' }).waitFor();
        // Begins anew.
        assert.equal(await page.locator('.preview').count(), 0);
        await press(page, LESSONS[1]);
        await page.getByRole('link', { name: 'Open it in the playground' }).click();
        await page.locator('.bench .preview').getByText('at any time').first().waitFor();
      }),
  },
  {
    name: 'a lesson without its local chain says how to get it',
    run: (site) =>
      withPage(
        site,
        { at: 'lessons/sui-theft', noChain: true, allowing: /ERR_FAILED/ },
        async ({ page }) => {
          await page.getByRole('button', { name: 'Verify ownership' }).click();
          await page.getByText('Start one with “npm start”').waitFor();
        },
      ),
  },
];

function lessonCase(lesson: LessonText): Case {
  return {
    name: `lesson ${lesson.id}: ${lesson.title}`,
    run: (site) =>
      withPage(site, { at: `lessons/${lesson.id}` }, async ({ page }) => {
        const expected = SAID[lesson.id];
        assert(expected !== undefined, 'nothing is said of what this lesson shows');
        await page.getByText(lesson.site.says).waitFor();
        assert.equal(await page.getByText(lesson.learn).isVisible(), false);
        await press(page, lesson);
        await page.getByText(lesson.learn).waitFor();
        const text = await page.locator('.preview').innerText();
        for (const words of expected) assert.match(text, words);
        await expectNoOverflow(page);
        await expectAccessible(page);
        await screenshot(page, `lesson-${lesson.id}`);
      }),
  };
}

async function press(page: Page, lesson: LessonText | undefined): Promise<void> {
  await page.getByRole('button', { name: lesson?.site.button ?? '', exact: true }).click();
  await page.locator('.lesson .preview, .lesson .problem').first().waitFor({ timeout: 30_000 });
}
