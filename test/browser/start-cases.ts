// biome-ignore-all lint/performance/useDomNodeTextContent: what the visitor sees is what counts
/** From a browser with or without MetaMask to a first transfer, and what is told where it goes wrong. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { nativeBalance } from '../../src/chains/aptos';
import { type Case, expectNoOverflow, withMetaMask, withPage } from './case';
import { expectAccessible } from './page-cases';
import { type Site, screenshot } from './site';

type ChainName = 'Solana' | 'Aptos' | 'Sui';

/** A tenth of a coin is sent, and arrives. */
interface Expected {
  /** Of the receiver, in the smallest unit. */
  balance(site: Site): Promise<bigint>;
  readonly amount: bigint;
}

const EXPECTED: Readonly<Record<ChainName, Expected>> = {
  Solana: {
    amount: 100_000_000n,
    async balance({ localnet }) {
      return localnet.bank.account(localnet.wallets.bob.publicKey.toBytes())?.lamports() ?? 0n;
    },
  },
  Aptos: {
    amount: 10_000_000n,
    balance: ({ aptos }) => nativeBalance({ endpoint: aptos.url }, aptos.accounts.bob.address),
  },
  Sui: {
    amount: 100_000_000n,
    async balance({ sui }) {
      const { bob } = sui.accounts;
      const answer = await fetch(sui.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          query: `{ address(address: "${bob.address}") { balance(coinType: "0x2::sui::SUI") { totalBalance } } }`,
        }),
      });
      const { data } = await answer.json();
      return BigInt(data.address.balance.totalBalance);
    },
  },
};

const main = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** In words of their own where there is some from an earlier case: MetaMask's phrase is always the same. */
const money = (page: Page) => page.getByRole('button', { name: /^Get (test money|more)$/ });

/** Up to the addresses. */
async function connect(page: Page): Promise<void> {
  await main(page, 'Install Lookahead').click();
  await main(page, 'Connect').click();
  await main(page, 'Continue').waitFor();
}

/** From a chain without money to a confirmed transfer there. */
async function transfer(page: Page): Promise<void> {
  await money(page).click();
  await main(page, 'Continue').click();
  await main(page, 'Review in MetaMask').click();
  await page.getByText(/^Confirmed (in|at)/).waitFor({ timeout: 30_000 });
}

const newcomer = (width: number, dark: boolean): Case => ({
  name: `a newcomer's path to a confirmed transfer on each chain, ${width} px, ${dark ? 'dark' : 'light'}`,
  run: (site) =>
    withMetaMask(site, { width, dark }, async (metamask, { page }) => {
      const picture = async (what: string) => {
        await expectNoOverflow(page);
        await expectAccessible(page);
        await screenshot(page, `start-${what}-${width}-${dark ? 'dark' : 'light'}`);
      };
      await main(page, 'Install Lookahead').waitFor();
      await picture('install');
      metamask.installing = 'wait';
      await main(page, 'Install Lookahead').click();
      await page.getByText('In MetaMask’s window').waitFor();
      await picture('installing');
      metamask.installing = 'approve';
      await main(page, 'Connect').waitFor();
      await picture('connect');
      await main(page, 'Connect').click();
      await main(page, 'Continue').waitFor();
      for (const chain of ['Solana', 'Aptos', 'Sui']) {
        await page.getByRole('img', { name: `QR code of the ${chain} address` }).waitFor();
      }
      await picture('addresses');
      const connecting = metamask.user.window('Connect accounts?').texts.join('\n');
      assert(connecting.includes(new URL(site.url).origin), connecting);
      await main(page, 'Continue').click();

      for (const chain of ['Solana', 'Aptos', 'Sui'] as const) {
        const { amount, balance } = EXPECTED[chain];
        const before = await balance(site);
        if (chain !== 'Solana') await main(page, `Try it on ${chain}`).click();
        await money(page).waitFor();
        if (chain === 'Solana') await picture('money');
        await money(page).click();
        await main(page, 'Continue').click();
        await main(page, 'Review in MetaMask').waitFor();
        await picture(`transfer-${chain.toLowerCase()}`);
        await main(page, 'Preview here first').click();
        await page.locator('.preview').getByText('It would succeed').waitFor({ timeout: 60_000 });
        await picture(`preview-${chain.toLowerCase()}`);
        await main(page, 'Review in MetaMask').click();
        await page.getByText(/^Confirmed (in|at)/).waitFor({ timeout: 30_000 });
        await picture(`confirmed-${chain.toLowerCase()}`);
        assert.equal(await balance(site), before + amount);
        const { texts } = metamask.user.window('Send this transaction?');
        assert(
          texts.some((text) => text.startsWith('−0.1')),
          texts.join('\n'),
        );
      }
      await page.getByRole('link', { name: 'See it in the explorer' }).click();
      await page.getByText('Succeeded').waitFor();
      await picture('explorer');
      // Three networks were added, one for each chain, and each was asked about.
      assert.equal(metamask.user.read.filter(({ title }) => /network/i.test(title)).length, 3);

      await page.goto(site.url);
      await page.getByRole('heading', { name: 'Portfolio' }).waitFor();
    }),
});

export const START_CASES: readonly Case[] = [
  newcomer(1280, false),
  newcomer(390, true),
  {
    name: 'without MetaMask the first page says how to get it',
    run: (site) =>
      withPage(site, {}, async ({ page }) => {
        await page.getByText('No MetaMask was found in this browser').waitFor();
        await page.getByRole('link', { name: 'Get MetaMask Flask' }).waitFor();
        await screenshot(page, 'start-none-1280-light');
      }),
  },
  {
    name: 'on a phone the first page says that a computer is needed',
    run: (site) =>
      withPage(site, { width: 390, userAgent: PHONE }, async ({ page }) => {
        await page.getByText('Lookahead needs a computer').waitFor();
        await page.getByRole('link', { name: 'Try the lessons' }).waitFor();
        await expectNoOverflow(page);
        await screenshot(page, 'start-phone-390-light');
      }),
  },
  {
    name: 'a browser that cannot have MetaMask is told which can',
    run: (site) =>
      withPage(site, { userAgent: SAFARI }, async ({ page }) => {
        await page.getByText('This browser cannot have MetaMask').waitFor();
      }),
  },
  {
    name: 'ordinary MetaMask is told from Flask, and its refusal is explained',
    run: (site) =>
      withMetaMask(site, { metamask: ORDINARY }, async (metamask, { page }) => {
        metamask.isListed = false;
        await page.getByText('You have MetaMask, but not Flask').waitFor();
        await screenshot(page, 'start-ordinary-1280-light');
        await main(page, 'Try with this MetaMask anyway').click();
        await main(page, 'Install Lookahead').click();
        await page.getByText('This MetaMask does not install Lookahead').waitFor();
        assert.deepEqual(metamask.snap.user.read, []);
      }),
  },
  {
    name: 'of several MetaMasks the visitor picks one',
    run: (site) =>
      withMetaMask(site, { prepare: announceOrdinary }, async (_, { page }) => {
        await page.getByText('There are several MetaMasks').waitFor();
        await screenshot(page, 'start-several-1280-light');
        await page.getByRole('button', { name: /MetaMask Flask/ }).click();
        await main(page, 'Install Lookahead').click();
        await main(page, 'Connect').waitFor();
      }),
  },
  {
    name: 'a refused installation, a refused connection and a refused signature are each told',
    run: (site) =>
      withMetaMask(site, {}, async (metamask, { page }) => {
        metamask.installing = 'reject';
        await main(page, 'Install Lookahead').click();
        await page.getByText('You said no to the installation').waitFor();
        metamask.installing = 'approve';
        await main(page, 'Install Lookahead').click();
        metamask.user.next.push('reject');
        await main(page, 'Connect').click();
        await page.getByText('You shared no account').waitFor();
        await main(page, 'Connect').click();
        await main(page, 'Continue').click();
        await money(page).click();
        await main(page, 'Continue').click();
        metamask.user.next.push('approve', 'reject');
        await main(page, 'Review in MetaMask').click();
        await page.getByText('You rejected it, and nothing was sent').waitFor();
        await screenshot(page, 'start-rejected-1280-light');
        await main(page, 'Review in MetaMask').click();
        await page.getByText(/^Confirmed in slot/).waitFor();
      }),
  },
  {
    name: 'a locked MetaMask is told to be unlocked',
    run: (site) =>
      withMetaMask(site, {}, async (metamask, { page }) => {
        await main(page, 'Install Lookahead').click();
        await main(page, 'Connect').waitFor();
        metamask.snap.locked = true;
        await main(page, 'Connect').click();
        await page.getByText('MetaMask is locked').waitFor();
        metamask.snap.locked = false;
        await main(page, 'Connect').click();
        await main(page, 'Continue').waitFor();
      }),
  },
  {
    name: 'a snap that is too old is updated, or told where there is nothing newer',
    run: (site) =>
      withMetaMask(site, {}, async (metamask, { page }) => {
        const { published } = metamask;
        await connect(page);
        metamask.installed = '0.0.9';
        metamask.published = '0.0.9';
        await page.reload();
        await page.getByText('Lookahead 0.0.9 is installed').waitFor();
        await screenshot(page, 'start-update-1280-light');
        await main(page, 'Update Lookahead').click();
        await page.getByText('The snap that there is to install is too old').waitFor();
        metamask.published = published;
        await main(page, 'Update Lookahead').click();
        await main(page, 'Continue').waitFor();
      }),
  },
  {
    name: 'a snap that is newer works, and is mentioned',
    run: (site) =>
      withMetaMask(site, {}, async (metamask, { page }) => {
        metamask.published = '7.0.0';
        await main(page, 'Install Lookahead').click();
        await page.getByText('Lookahead 7.0.0 is newer than this site').waitFor();
        await main(page, 'Connect').click();
        await main(page, 'Continue').waitFor();
      }),
  },
  {
    name: 'a MetaMask without snaps is told to be updated',
    run: (site) =>
      withMetaMask(site, { metamask: { hasSnaps: false } }, async (_, { page }) => {
        await page.getByText('This MetaMask has no snaps').waitFor();
      }),
  },
  {
    name: 'without local chains the visitor is told how to start them, in one sentence',
    run: (site) =>
      withMetaMask(site, { noChain: true, allowing: UNANSWERED }, async (_, { page }) => {
        await connect(page);
        await main(page, 'Continue').click();
        await page.getByText('The network does not answer').waitFor({ timeout: 30_000 });
        await money(page).click();
        await page.getByText('Start it with “npm start” on this machine').waitFor();
        await screenshot(page, 'start-no-chain-1280-light');
      }),
  },
  {
    name: 'a faucet that is empty is told as that',
    run: (site) =>
      withMetaMask(site, { prepare: emptyFaucet, allowing: UNANSWERED }, async (_, { page }) => {
        await connect(page);
        await main(page, 'Continue').click();
        await main(page, 'Aptos').click();
        await money(page).click();
        await page.getByText('The faucet gave nothing').waitFor();
      }),
  },
  {
    name: 'a reload in the middle asks MetaMask for nothing, and goes on where it was',
    run: (site) =>
      withMetaMask(site, {}, async (metamask, { page }) => {
        await connect(page);
        const windows = metamask.user.read.length;
        await page.reload();
        await main(page, 'Continue').waitFor();
        assert.equal(metamask.user.read.length, windows);
        await main(page, 'Continue').click();
        await transfer(page);
        // Revoked in MetaMask: seen when the visitor comes back to the page.
        metamask.revoke();
        await page.goto(`${site.url}#/start`);
        await page.reload();
        await main(page, 'Install Lookahead').waitFor();
      }),
  },
];

const PHONE =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36';
const SAFARI =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15';
const ORDINARY = { rdns: 'io.metamask', name: 'MetaMask' } as const;

const UNANSWERED = /Failed to load resource/;

async function emptyFaucet(page: Page): Promise<void> {
  const json = { message: "the faucet's transaction failed: it is empty", error_code: 'x' };
  const headers = { 'access-control-allow-origin': '*' };
  await page.route('**/mint*', (route) => route.fulfill({ status: 400, json, headers }));
}

/** A second MetaMask, which has no snap. */
async function announceOrdinary(page: Page): Promise<void> {
  await page.addInitScript(`{
    const info = { uuid: 'other', name: 'MetaMask', icon: 'data:,', rdns: 'io.metamask' };
    const provider = { request: async () => ({}) };
    const announce = () =>
      window.dispatchEvent(
        new CustomEvent('eip6963:announceProvider', { detail: Object.freeze({ info, provider }) }),
      );
    window.addEventListener('eip6963:requestProvider', announce);
    announce();
  }`);
}
