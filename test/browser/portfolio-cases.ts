// biome-ignore-all lint/performance/useDomNodeTextContent: what the visitor sees is what counts
/** What returning users find: balances, what happened, sending, networks, and the way out. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type Case, expectNoOverflow, withMetaMask, withPage } from './case';
import { expectAccessible } from './page-cases';
import { type Site, screenshot } from './site';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const card = (page: Page, chain: string) =>
  page.getByRole('region', { name: new RegExp(`^${chain}: `) });

/** What the card says of the coin that pays fees. */
async function balanceOf(page: Page, chain: string): Promise<number> {
  const text = await card(page, chain).locator('ul .balance').first().innerText();
  return Number(/^[\d.,]+/.exec(text)?.[0].replaceAll(',', ''));
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const start = Date.now(); !(await holds()); ) {
    assert(Date.now() - start < 15_000, 'it did not come to that');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Installed, connected, and at the portfolio. */
async function arrive(site: Site, page: Page): Promise<void> {
  await button(page, 'Install Lookahead').click();
  await button(page, 'Connect').click();
  await button(page, 'Continue').waitFor();
  await page.goto(`${site.url}#/portfolio`);
  await card(page, 'Sui').waitFor();
}

const everything = (width: number, dark: boolean): Case => ({
  name: `the portfolio shows all three chains, and sends, ${width} px, ${dark ? 'dark' : 'light'}`,
  run: (site) =>
    withMetaMask(site, { width, dark }, async (metamask, { page }) => {
      await arrive(site, page);
      for (const [chain, symbol, given] of [
        ['Solana', 'SOL', 2],
        ['Aptos', 'APT', 10],
        ['Sui', 'SUI', 10],
      ] as const) {
        const before = await balanceOf(page, chain);
        await card(page, chain).getByRole('button', { name: 'Get test money' }).click();
        await until(async () => Math.abs((await balanceOf(page, chain)) - before - given) < 1e-6);
        await card(page, chain).locator('.balance').first().getByText(symbol).waitFor();
      }
      await card(page, 'Solana')
        .getByText(/^\d+ USDL$/)
        .waitFor();

      await card(page, 'Sui').getByRole('button', { name: 'Receive' }).click();
      await page
        .getByRole('dialog')
        .getByRole('img', { name: /QR code/ })
        .waitFor();
      await screenshot(page, `portfolio-receive-${width}-${dark ? 'dark' : 'light'}`);
      await page.keyboard.press('Escape');

      await card(page, 'Sui').getByRole('button', { name: 'Send' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('To').fill('somebody');
      await dialog.getByRole('button', { name: 'Review in MetaMask' }).click();
      await dialog.getByText('That is no address').waitFor();
      await dialog.getByLabel('To').fill(site.sui.accounts.carol.address);
      const before = await balanceOf(page, 'Sui');
      await dialog.getByLabel('Amount').fill('1,000');
      await dialog.getByRole('button', { name: 'Review in MetaMask' }).click();
      await dialog.getByText(`That is more than you have: at most ${before} SUI`).waitFor();
      await dialog.getByLabel('Amount').fill('2.5');
      await dialog.getByRole('button', { name: 'Review in MetaMask' }).click();
      await dialog.getByText('Confirmed').waitFor({ timeout: 30_000 });
      await screenshot(page, `portfolio-sent-${width}-${dark ? 'dark' : 'light'}`);
      await page.keyboard.press('Escape');
      await until(async () => {
        const paid = before - 2.5 - (await balanceOf(page, 'Sui'));
        return paid > 0 && paid < 0.01;
      });
      const { texts } = metamask.user.window('Send this transaction?');
      assert(
        texts.some((text) => text.startsWith('−2.5')),
        texts.join('\n'),
      );

      const newest = page.getByRole('listitem').filter({ hasText: 'Succeeded' }).first();
      await newest.getByText(/^−2\.50\d+ SUI$/).waitFor();
      await expectNoOverflow(page);
      await expectAccessible(page);
      await screenshot(page, `portfolio-${width}-${dark ? 'dark' : 'light'}`);
    }),
});

export const PORTFOLIO_CASES: readonly Case[] = [
  everything(1280, false),
  everything(390, true),
  {
    name: 'the portfolio without MetaMask leads to the first step',
    run: (site) =>
      withPage(site, { at: 'portfolio' }, async ({ page }) => {
        await page.getByText('No MetaMask was found in this browser').waitFor();
        await page.getByRole('main').getByRole('link', { name: 'Get started' }).click();
        await page.getByRole('link', { name: 'Get MetaMask Flask' }).waitFor();
      }),
  },
  {
    name: 'networks are switched, and a node that does not answer is told and asked again',
    run: (site) =>
      withMetaMask(
        site,
        { prepare: answerDevnet, allowing: /Failed to load resource/ },
        async (_, { page }) => {
          await arrive(site, page);
          await button(page, 'Test').click();
          await card(page, 'Aptos').getByText('The network does not answer').waitFor();
          await card(page, 'Solana')
            .getByText('3.25 SOL', { exact: true })
            .waitFor({ timeout: 20_000 });
          await page.getByLabel('Network of Solana').selectOption({ label: 'Solana Devnet' });
          await card(page, 'Solana').getByText('7 SOL', { exact: true }).waitFor();
          // The choice outlives the visit.
          await page.reload();
          await card(page, 'Solana').getByText('7 SOL', { exact: true }).waitFor();
        },
      ),
  },
  {
    name: 'disconnecting forgets the addresses',
    run: (site) =>
      withMetaMask(site, {}, async (metamask, { page }) => {
        await arrive(site, page);
        await button(page, 'Disconnect this site').click();
        await page.getByText('This site is not connected').waitFor();
        assert(metamask.asked.includes('wallet_disconnect'));
        await button(page, 'Connect').click();
        await card(page, 'Sui').waitFor();
      }),
  },
];

/** Two public nodes of Solana that know one balance each; the others fail. */
async function answerDevnet(page: Page): Promise<void> {
  await page.route(/^https:\/\//, async (route) => {
    const { host } = new URL(route.request().url());
    const lamports = { 'api.testnet.solana.com': 3_250_000_000, 'api.devnet.solana.com': 7e9 }[
      host
    ];
    if (lamports === undefined) return route.fulfill({ status: 503, body: 'away' });
    const { id, method } = route.request().postDataJSON();
    const context = { slot: 1 };
    const result =
      method === 'getBalance'
        ? { context, value: lamports }
        : method === 'getSignaturesForAddress'
          ? []
          : { context, value: [] };
    return route.fulfill({
      json: { jsonrpc: '2.0', id, result },
      headers: { 'access-control-allow-origin': '*' },
    });
  });
}
