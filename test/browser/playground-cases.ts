// biome-ignore-all lint/performance/useDomNodeTextContent: what the visitor sees is what counts
/** The playground, with no wallet: what is pasted, dropped or linked is previewed by the page itself. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type Case, expectNoOverflow, withPage } from './case';
import { expectAccessible } from './page-cases';
import { screenshot, trySample } from './site';

const SAMPLES = {
  Solana: 'Send 5 USDL to a new wallet',
  Aptos: 'Send 1.5 APT to a new wallet',
  Sui: 'Swap 10 SUI for MOON',
} as const;
type Chain = keyof typeof SAMPLES;
const CHAINS: readonly Chain[] = ['Solana', 'Aptos', 'Sui'];

export const PLAYGROUND_CASES: readonly Case[] = [
  ...CHAINS.flatMap((chain) =>
    [1280, 390].flatMap((width) => [false, true].map((dark) => looksRight(chain, width, dark))),
  ),
];

function looksRight(chain: Chain, width: number, dark: boolean): Case {
  const name = `${chain.toLowerCase()}-${width}-${dark ? 'dark' : 'light'}`;
  return {
    name: `the playground shows a preview of ${chain} at ${width} px, ${dark ? 'dark' : 'light'}`,
    run: (site) =>
      withPage(site, { at: 'playground', width, dark }, async ({ page }) => {
        await example(page, chain);
        for (const part of ['Logs', 'Events', 'State changes', 'What it read']) {
          const fold = page.locator('.bench summary').filter({ hasText: part });
          if ((await fold.count()) > 0) await fold.click();
        }
        await expectNoOverflow(page);
        await expectAccessible(page);
        await screenshot(page, `playground-${name}`);
      }),
  };
}

/** Tries an example of a chain. */
async function example(page: Page, chain: Chain, title: string = SAMPLES[chain]): Promise<void> {
  await page.getByRole('button', { name: chain, exact: true }).click();
  await trySample(page, title);
}
