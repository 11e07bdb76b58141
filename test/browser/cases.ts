// biome-ignore-all lint/performance/useDomNodeTextContent: what the visitor sees is what counts
/** What a visitor does with the built site, and what they must see. */
import assert from 'node:assert/strict';
import { ed25519 } from '@noble/curves/ed25519.js';
import { Connection, type PublicKey, Transaction } from '@solana/web3.js';
import type { Page } from 'playwright-core';
import { associatedTokenAddress } from '../../localnet/solana/token-instructions';
import { messageOf, nativeBalance, signTransaction } from '../../src/chains/aptos';
import { installFakeMetaMask } from './fake-metamask';
import { type OpenPage, type Site, screenshot, trySample } from './site';

export interface Case {
  readonly name: string;
  run(site: Site): Promise<void>;
}

const TOKEN_SAMPLE = 'Send 5 USDL to a new wallet';
const TAKING_SAMPLE = 'A claim that takes the account';
const APTOS_SAMPLE = 'Send 1.5 APT to a new wallet';
const APTOS_TAKING_SAMPLE = 'A login that takes the account';

export const CASES: readonly Case[] = [
  {
    name: 'the playground previews a token transfer with no wallet, and the chain does just that',
    run: (site) =>
      withPage(site, async ({ page }) => {
        await trySample(page, TOKEN_SAMPLE);
        await page.getByText('It would succeed').waitFor();
        const text = await page.locator('.bench .preview').innerText();
        assert.match(text, /−5 USDL/);
        assert.match(text, /1,000 → 995 USDL/);
        assert.match(text, /\+5 USDL/);
        assert.match(text, /A new token account is opened for USDL/);
        assert.match(text, /0\.000005 SOL paid by/);
        assert.match(text, /here, in this browser/);
        await page.getByText('Logs').click();
        assert.match(
          await page.locator('.logs').innerText(),
          /^Program ATokenGPvb\w+ invoke \[1\]/,
        );

        const { alice } = site.localnet.wallets;
        const transaction = Transaction.from(
          Buffer.from(await page.getByLabel('Transaction, in base64').inputValue(), 'base64'),
        );
        transaction.sign(alice);
        const connection = new Connection(site.localnet.url, 'confirmed');
        await connection.sendRawTransaction(transaction.serialize());
        const { value } = await connection.getTokenAccountBalance(usdlOf(site, alice.publicKey));
        assert.equal(value.uiAmountString, '995');
        const lamports = await connection.getBalance(alice.publicKey);
        assert(
          text.includes(`→ ${lamports / 1e9} SOL`),
          `${lamports} lamports are not in: ${text}`,
        );
      }),
  },
  {
    name: 'an account that is taken away is shown as a danger',
    run: (site) =>
      withPage(site, async ({ page }) => {
        await trySample(page, TAKING_SAMPLE);
        const warning = page.locator('.warning.critical');
        assert.match(await warning.first().innerText(), /^Danger/);
        assert.match(await warning.first().innerText(), /Drai…1111/);
      }),
  },
  {
    name: 'a transaction that fails says why',
    run: (site) =>
      withPage(site, async ({ page }) => {
        await trySample(page, 'Send more than there is');
        const verdict = await page.locator('.verdict').innerText();
        assert.match(verdict, /^It would fail/);
        assert.match(verdict, /InstructionError: Custom\(1\)/);
      }),
  },
  {
    name: 'what is no transaction is told so',
    run: (site) =>
      withPage(site, async ({ page }) => {
        for (const text of ['not base64 at all!', 'AQID', '0xabcd', `${'A'.repeat(4_000)}`]) {
          await page.getByLabel('Transaction, in base64').fill(text);
          await page.getByRole('button', { name: 'Preview', exact: true }).click();
          await page.getByText('This is no transaction').waitFor({ timeout: 10_000 });
          // So that the next one is not taken for this one.
          await trySample(page, TAKING_SAMPLE);
        }
      }),
  },
  {
    name: 'the playground previews a transfer on Aptos with no wallet, and the chain does just that',
    run: (site) =>
      withPage(site, async ({ page }) => {
        await chooseAptos(page, '#playground');
        await trySample(page, APTOS_SAMPLE);
        await page.getByText('It would succeed').waitFor();
        const text = await page.locator('.bench .preview').innerText();
        assert.match(text, /−1\.\d+ APT/);
        assert.match(text, /\+1\.5 APT/);
        assert.match(text, /A new token store is opened for APT/);
        assert.match(text, /0\.\d+ APT paid by/);
        assert.match(text, /by our own Move VM/);
        assert.match(text, /gas units/);
        assert.match(text, /ledger version/);
        assert.doesNotMatch(text, /slot|compute|mint|SVM/);
        await page.getByText('Events').click();
        assert.match(await page.locator('.bench .diffs').first().innerText(), /FeeStatement/);
        await page.getByText('State changes').click();
        const values = await page.locator('.bench .diffs').nth(1).innerText();
        assert.match(values, /0x1::account::Account/);
        assert.match(values, /new, \d+ bytes/);

        const { alice } = site.aptos.accounts;
        const pasted = await page.getByLabel('Transaction, in base64').inputValue();
        const bytes = new Uint8Array(Buffer.from(pasted, 'base64'));
        const signature = ed25519.sign(messageOf(bytes), alice.privateKey);
        site.aptos.chain.submit(signTransaction(bytes, alice.address, alice.publicKey, signature));
        const octas = await nativeBalance({ endpoint: site.aptos.url }, alice.address);
        const after = `→ ${Number(octas) / 1e8} APT`;
        assert(text.includes(after), `${after} is not in: ${text}`);
      }),
  },
  {
    name: 'a pasted transaction of Aptos in hex is previewed on the network that is chosen',
    run: (site) =>
      withPage(site, async ({ page }) => {
        await chooseAptos(page, '#playground');
        await trySample(page, APTOS_SAMPLE);
        const box = page.getByLabel('Transaction, in base64');
        const hex = Buffer.from(await box.inputValue(), 'base64').toString('hex');
        await trySample(page, APTOS_TAKING_SAMPLE);
        await page.locator('.warning.critical').first().waitFor();
        await box.fill(`0x${hex}`);
        await page.getByRole('button', { name: 'Preview', exact: true }).click();
        await page.locator('.bench .preview').getByText('+1.5 APT').waitFor();
      }),
  },
  {
    name: 'without a local chain the visitor is told how to get one',
    async run(site) {
      const opened = await site.open({ noChain: true });
      await opened.page.getByRole('button', { name: TOKEN_SAMPLE }).click();
      await opened.page.getByText('Start one with “npm start”').waitFor();
      await opened.close();
    },
  },
  {
    name: 'with MetaMask: connect, fund, preview, sign, and see it confirmed',
    async run(site) {
      let fake: Awaited<ReturnType<typeof installFakeMetaMask>> | undefined;
      const opened = await site.open({
        prepare: async (page) => {
          fake = await installFakeMetaMask(page, site);
        },
      });
      assert(fake !== undefined);
      const { page } = opened;
      await page.getByRole('button', { name: 'Connect MetaMask Flask' }).click();
      await page.getByText('Solana and Eclipse').waitFor();
      await page.getByRole('button', { name: 'Get test money' }).click();
      await page.getByText('100', { exact: true }).first().waitFor();

      const action = page.locator('.step').filter({ hasText: TOKEN_SAMPLE });
      await action.getByRole('button', { name: 'Preview here' }).click();
      await page.locator('.actions .preview').waitFor({ timeout: 30_000 });
      assert.match(await page.locator('.actions .preview').innerText(), /100 → 95 USDL/);

      fake.rejectNext = true;
      await action.getByRole('button', { name: 'Sign in MetaMask' }).click();
      await page.getByText('You said no in MetaMask.').waitFor();
      await action.getByRole('button', { name: 'Sign in MetaMask' }).click();
      await page.getByText(/confirmed in slot/).waitFor();
      await screenshot(page, 'wallet-1280-light');
      const connection = new Connection(site.localnet.url, 'confirmed');
      const account = usdlOf(site, fake.keypair.publicKey);
      const { value } = await connection.getTokenAccountBalance(account);
      assert.equal(value.uiAmountString, '95');
      assert.deepEqual(fake.called.slice(0, 2), ['wallet_requestSnaps', 'wallet_connect']);
      assert.equal(fake.called.filter((method) => method === 'wallet_addNetwork').length, 1);
      await expectClean(opened);
      await opened.close();
    },
  },
  {
    name: 'with MetaMask, on Aptos: fund, preview, sign, and see it confirmed',
    async run(site) {
      let fake: Awaited<ReturnType<typeof installFakeMetaMask>> | undefined;
      const opened = await site.open({
        prepare: async (page) => {
          fake = await installFakeMetaMask(page, site);
        },
      });
      assert(fake !== undefined);
      const { page } = opened;
      await page.getByRole('button', { name: 'Connect MetaMask Flask' }).click();
      await page.getByText('Solana and Eclipse').waitFor();
      await chooseAptos(page, '#wallet');
      await page.getByText('On the local Aptos chain').waitFor();
      await page.getByRole('button', { name: 'Get test money' }).click();
      await page.getByText('10', { exact: true }).first().waitFor();

      const action = page.locator('.step').filter({ hasText: APTOS_SAMPLE });
      await action.getByRole('button', { name: 'Preview here' }).click();
      await page.locator('.actions .preview').waitFor({ timeout: 30_000 });
      assert.match(await page.locator('.actions .preview').innerText(), /10 → 8\.\d+ APT/);
      const shown = await page.locator('.actions .preview').innerText();
      // Nobody but the account may send what another must sign, too.
      const sponsored = page.locator('.step').filter({ hasText: 'while Bob pays' });
      assert.equal(await sponsored.getByRole('button', { name: 'Sign in MetaMask' }).count(), 0);

      fake.rejectNext = true;
      await action.getByRole('button', { name: 'Sign in MetaMask' }).click();
      await page.getByText('You said no in MetaMask.').waitFor();
      await action.getByRole('button', { name: 'Sign in MetaMask' }).click();
      await page.getByText(/confirmed at version/).waitFor();
      await screenshot(page, 'wallet-aptos-1280-light');
      const octas = await nativeBalance({ endpoint: site.aptos.url }, fake.aptosAddress);
      assert(shown.includes(`10 → ${Number(octas) / 1e8} APT`), shown);
      assert.equal(fake.called.filter((method) => method === 'wallet_addNetwork').length, 1);
      await expectClean(opened);
      await opened.close();
    },
  },
  ...[1280, 390].flatMap((width) => [false, true].map((dark) => appearance(width, dark))),
];

/** Looks right at a width and in a colour scheme: nothing sticks out sideways; pictures are kept. */
function appearance(width: number, dark: boolean): Case {
  const name = `${width}-${dark ? 'dark' : 'light'}`;
  return {
    name: `the page fits ${width} px, ${dark ? 'dark' : 'light'}`,
    async run(site) {
      const opened = await site.open({ width, dark });
      const { page } = opened;
      await screenshot(page, `start-${name}`);
      await trySample(page, TOKEN_SAMPLE);
      await expectNoOverflow(page);
      await screenshot(page, `transfer-${name}`);
      await trySample(page, TAKING_SAMPLE);
      await page.locator('.warning.critical').first().waitFor();
      await page.getByText('State changes').click();
      await expectNoOverflow(page);
      await screenshot(page, `danger-${name}`);
      await chooseAptos(page, '#playground');
      await trySample(page, APTOS_SAMPLE);
      await page.getByText('Events').click();
      await page.getByText('State changes').click();
      await expectNoOverflow(page);
      await screenshot(page, `aptos-transfer-${name}`);
      await trySample(page, APTOS_TAKING_SAMPLE);
      await page.locator('.warning.critical').first().waitFor();
      await expectNoOverflow(page);
      await screenshot(page, `aptos-danger-${name}`);
      await opened.close();
    },
  };
}

/** The choice of the chain in a part of the page. */
async function chooseAptos(page: Page, part: string): Promise<void> {
  await page.locator(`${part} .choice`).getByRole('button', { name: 'Aptos' }).click();
}

async function expectNoOverflow(page: Page): Promise<void> {
  const [content, visible] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert(content !== undefined && visible !== undefined && content <= visible);
}

async function withPage(site: Site, run: (opened: OpenPage) => Promise<void>): Promise<void> {
  const opened = await site.open();
  await opened.page.locator('#playground').waitFor();
  await run(opened);
  await expectClean(opened);
  await opened.close();
}

/** Nobody else was asked anything, and the page's own policy was kept. */
async function expectClean({ foreignRequests, complaints }: OpenPage): Promise<void> {
  assert.deepEqual(foreignRequests, []);
  assert.deepEqual(complaints, []);
}

function usdlOf(site: Site, owner: PublicKey): PublicKey {
  const token = site.localnet.tokens.find(({ symbol }) => symbol === 'USDL');
  assert(token !== undefined);
  return associatedTokenAddress(owner, token.mint, token.program);
}
