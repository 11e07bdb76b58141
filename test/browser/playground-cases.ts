// biome-ignore-all lint/performance/useDomNodeTextContent: what the visitor sees is what counts
/** The playground, with no wallet: what is pasted, dropped or linked is previewed by the page itself. */
import assert from 'node:assert/strict';
import { ed25519 } from '@noble/curves/ed25519.js';
import { Connection, Transaction as SolanaTransaction } from '@solana/web3.js';
import type { Page } from 'playwright-core';
import { messageOf, nativeBalance, signTransaction } from '../../src/chains/aptos';
import {
  createSuiCache,
  previewTransaction,
  nativeBalance as suiBalance,
} from '../../src/chains/sui';
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

const SUI_LOCAL = {
  chain: 'sui',
  id: 'local',
  name: 'Local',
  coin: { symbol: 'SUI', decimals: 9 },
  isTest: true,
  builtin: false,
} as const;

export const PLAYGROUND_CASES: readonly Case[] = [
  {
    name: 'the playground previews a transaction of Solana with no wallet, and the chain does just that',
    run: (site) =>
      withPage(site, { at: 'playground' }, async ({ page }) => {
        await example(page, 'Solana');
        const text = await previewText(page);
        assert.match(text, /^It would succeed/);
        assert.match(text, /−5 USDL/);
        assert.match(text, /1,000 → 995 USDL/);
        assert.match(text, /\+5 USDL/);
        assert.match(text, /0\.000005 SOL paid by/);
        assert.match(text, /here, in this browser, by our own SVM/);
        // Calls that programs made, and what each of them used.
        const inner = page.locator('.bench .calls .calls .call-title');
        assert.equal(await inner.count(), 4);
        assert.match(await inner.first().innerText(), /GetAccountDataSize[\s\S]*\d+ compute units/);
        await open(page, 'State changes');
        assert.match(await diffs(page), /amount\s+1,000,000,000\s*→\s*995,000,000/);
        await open(page, 'What it read');
        assert.match(await page.locator('.bench .reads').innerText(), /Accounts 11/);

        const { alice } = site.localnet.wallets;
        const transaction = SolanaTransaction.from(Buffer.from(await pasted(page), 'base64'));
        transaction.sign(alice);
        const connection = new Connection(site.localnet.url, 'confirmed');
        await connection.sendRawTransaction(transaction.serialize());
        const lamports = await connection.getBalance(alice.publicKey);
        assert(
          text.includes(`→ ${lamports / 1e9} SOL`),
          `${lamports} lamports are not in: ${text}`,
        );
      }),
  },
  {
    name: 'the playground previews a transaction of Aptos with no wallet, and the chain does just that',
    run: (site) =>
      withPage(site, { at: 'playground' }, async ({ page }) => {
        await example(page, 'Aptos');
        const text = await previewText(page);
        assert.match(text, /\+1\.5 APT/);
        assert.match(text, /by our own Move VM/);
        assert.match(text, /ledger version/);
        assert.doesNotMatch(text, /slot|compute|mint|SVM/);
        await open(page, 'Events');
        assert.match(
          await diffs(page),
          /0x1::transaction_fee::FeeStatement\s+total_charge_gas_units/,
        );
        await open(page, 'State changes');
        assert.match(await diffs(page), /sequence_number/);

        const { alice } = site.aptos.accounts;
        const bytes = new Uint8Array(Buffer.from(await pasted(page), 'base64'));
        const signature = ed25519.sign(messageOf(bytes), alice.privateKey);
        site.aptos.chain.submit(signTransaction(bytes, alice.address, alice.publicKey, signature));
        const octas = await nativeBalance({ endpoint: site.aptos.url }, alice.address);
        assert(text.includes(`→ ${Number(octas) / 1e8} APT`), `${octas} are not in: ${text}`);
      }),
  },
  {
    name: 'the playground previews a transaction of Sui with no wallet, and the chain does just that',
    run: (site) =>
      withPage(site, { at: 'playground' }, async ({ page }) => {
        await example(page, 'Sui');
        const text = await previewText(page);
        assert.match(text, /\+49\.504951 MOON/);
        assert.match(text, /Others may change what it uses/);
        assert.match(text, /exchange::swap[\s\S]*\d+ MIST of gas/);
        assert.match(text, /result 1 of command 1/);
        await open(page, 'State changes');
        assert.match(await diffs(page), /taken\.value\s+0\s*→\s*10,000,000,000/);

        await example(page, 'Sui', 'Send 1.5 SUI to a new wallet');
        await page.locator('.bench .preview').getByText('+1.5 SUI').waitFor();
        const sent = await previewText(page);
        const { alice } = site.sui.accounts;
        const { message, transaction } = await previewTransaction({
          network: { ...SUI_LOCAL, endpoint: site.sui.url, genesis: site.sui.chainIdentifier },
          transaction: new Uint8Array(Buffer.from(await pasted(page), 'base64')),
          cache: createSuiCache(),
        });
        const signature = ed25519.sign(message, alice.privateKey);
        site.sui.chain.submit(transaction, [Uint8Array.of(0, ...signature, ...alice.publicKey)]);
        const mist = await suiBalance({ endpoint: site.sui.url }, alice.address);
        assert(sent.includes(`→ ${Number(mist) / 1e9} SUI`), `${mist} are not in: ${sent}`);
      }),
  },
  {
    name: 'a paste is recognized, whichever chain and form, and its network follows',
    run: (site) =>
      withPage(site, { at: 'playground' }, async ({ page }) => {
        for (const chain of CHAINS) {
          await example(page, chain);
          const hex = Buffer.from(await pasted(page), 'base64').toString('hex');
          await fill(page, '');
          await page.getByText('which one is seen from the transaction').waitFor();
          await fill(page, `0x${hex}`);
          await page.getByText(`A transaction of ${chain}, read from hex.`).waitFor();
          const network = page.getByLabel('Network');
          assert.equal(await network.locator('option:checked').innerText(), `Local ${chain} chain`);
        }
        const { alice, bob } = site.localnet.wallets;
        const json = {
          recentBlockhash: site.localnet.genesisHash,
          feePayer: alice.publicKey.toBase58(),
          instructions: [
            {
              programId: '11111111111111111111111111111111',
              keys: [alice, bob].map(({ publicKey }, index) => ({
                pubkey: publicKey.toBase58(),
                isSigner: index === 0,
                isWritable: true,
              })),
              data: [2, 0, 0, 0, 0, 202, 154, 59, 0, 0, 0, 0],
            },
          ],
        };
        await fill(page, JSON.stringify(json));
        await page.getByText('read from JSON of a transaction of @solana/web3.js').waitFor();
        await preview(page);
        // Its blockhash is none of the chain's.
        assert.match(await previewText(page), /would not take it[\s\S]*BlockhashNotFound/);
      }),
  },
  {
    name: 'what is no transaction is told so at once, and no node is asked',
    run: (site) =>
      withPage(site, { at: 'playground', noChain: true }, async ({ page }) => {
        const told: readonly (readonly [string, RegExp])[] = [
          ['Hello, world!', /neither base64 nor hex/],
          ['AQID', /no transaction of Solana, Aptos or Sui/],
          ['{"a": 1}', /none that the SDKs or nodes/],
          ['{"a": ', /cut short or broken/],
          ['{"inputs": [], "commands": []}', /does not say who sends it/],
        ];
        for (const [text, words] of told) {
          await fill(page, text);
          await page.locator('#reading').filter({ hasText: words }).waitFor();
        }
        await preview(page);
        await page.getByText('This transaction is not complete').waitFor();
        // A paste that is too long is not even put into the page.
        await fill(page, 'short');
        await page.getByLabel('Transaction, in base64').evaluate((box) => {
          if (!(box instanceof HTMLTextAreaElement)) throw new Error('no text box');
          const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set;
          set?.call(box, 'A'.repeat(1_000_001));
          box.dispatchEvent(new Event('input', { bubbles: true }));
        });
        await page.getByText('longer than any transaction').waitFor();
        assert.equal(await pasted(page), 'short');
      }),
  },
  {
    name: 'a file is opened, of text or of the bytes themselves',
    run: (site) =>
      withPage(site, { at: 'playground' }, async ({ page }) => {
        await example(page, 'Sui');
        const bytes = Buffer.from(await pasted(page), 'base64');
        await fill(page, '');
        const file = page.getByLabel('File with a transaction');
        await file.setInputFiles({
          name: 'tx.bcs',
          mimeType: 'application/octet-stream',
          buffer: bytes,
        });
        await page.getByText('A transaction of Sui, read from base64.').waitFor();
        const hex = Buffer.from(bytes.toString('hex'));
        await file.setInputFiles({ name: 'tx.txt', mimeType: 'text/plain', buffer: hex });
        await page.getByText('A transaction of Sui, read from hex.').waitFor();
        const large = Buffer.alloc(1_000_001);
        await file.setInputFiles({ name: 'x', mimeType: 'text/plain', buffer: large });
        await page.getByText('longer than any transaction').waitFor();
      }),
  },
  {
    name: 'a link to the local chain previews by itself, one to another network asks nobody until told',
    run: (site) =>
      withPage(
        site,
        { at: 'playground', allowing: /ERR_FAILED/ },
        async ({ foreignRequests, page }) => {
          await example(page, 'Aptos');
          const link = await sharedLink(page);
          await page.goto('about:blank');
          await page.goto(link);
          await page.locator('.bench .preview').getByText('+1.5 APT').waitFor();

          await page.goto('about:blank');
          await page.goto(link.replace('localnet-aptos', 'aptos-mainnet'));
          await page.getByText('This transaction came with a link').waitFor();
          await page.getByText('asks api.mainnet.aptoslabs.com for state').waitFor();
          await page.getByText('A transaction of Aptos').waitFor();
          assert.deepEqual(foreignRequests, []);
          assert.equal(await page.locator('.bench .preview').count(), 0);
          // What is no link of ours does nothing.
          await page.goto('about:blank');
          await page.goto(link.replace('chain=aptos', 'chain=bitcoin'));
          await page.getByText('which one is seen from the transaction').waitFor();
        },
      ),
  },
  {
    name: 'one’s own node is asked, and stays out of the link unless it is put in',
    run: (site) =>
      withPage(site, { at: 'playground' }, async ({ page }) => {
        await example(page, 'Solana');
        await page.getByLabel('Network').selectOption({ label: 'Another Solana node' });
        const endpoint = page.getByLabel('Endpoint of the node');
        await endpoint.fill('http://example.com');
        await preview(page);
        await page.getByText('A node’s address begins with https://').waitFor();
        // The local chain, by another way to write it.
        await endpoint.fill('http://127.0.0.1:8899/');
        await preview(page);
        await page.locator('.bench .preview').getByText('−5 USDL').waitFor();
        assert.match(await previewText(page), /on Your network/);
        assert.doesNotMatch(await sharedLink(page), /8899|endpoint/);
        await page.getByLabel(/Put the address of my node/).check();
        const link = await sharedLink(page);
        assert.match(decodeURIComponent(link), /endpoint=http:\/\/127\.0\.0\.1:8899\//);
        await page.goto('about:blank');
        await page.goto(link);
        await page.getByText('asks 127.0.0.1:8899 for state').waitFor();
        assert.equal(await endpoint.inputValue(), 'http://127.0.0.1:8899/');
        assert.equal(await page.locator('.bench .preview').count(), 0);
      }),
  },
  {
    name: 'a preview that does not end is ended, and the next one works',
    run: (site) =>
      withPage(site, { at: 'playground', prepare: stuckOnce }, async ({ page }) => {
        await page.getByRole('button', { name: SAMPLES.Solana }).click();
        await page.locator('.bench .running').waitFor();
        await page.clock.runFor(60_000);
        const told = page.locator('.bench .result .problem');
        assert.match(
          await told.innerText(),
          /^The preview took too long\s+It gave no sign for 60 s/,
        );
        await preview(page);
        await page.locator('.bench .preview').waitFor();
        assert.match(await previewText(page), /^It would succeed/);
      }),
  },
  {
    name: 'a network of another chain, and a chain that is away, are told',
    run: (site) =>
      withPage(site, { at: 'playground', allowing: /ERR_FAILED/ }, async ({ page }) => {
        await example(page, 'Solana');
        await page.getByLabel('Network').selectOption({ label: 'Local Sui chain' });
        await preview(page);
        await page.getByText('The network is one of another chain').waitFor();
        const away = await site.open({ at: 'playground', noChain: true });
        await away.page.getByRole('button', { name: SAMPLES.Solana }).click();
        await away.page.getByText('Start one with “npm start”').waitFor();
        await away.close();
      }),
  },
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

const box = (page: Page) => page.getByLabel('Transaction, in base64');
const pasted = (page: Page) => box(page).inputValue();
const fill = (page: Page, text: string) => box(page).fill(text);
const previewText = (page: Page) => page.locator('.bench .preview').innerText();
const diffs = async (page: Page) =>
  (await page.locator('.bench .diffs').allInnerTexts()).join('\n').replace(/\u00a0/g, ' ');

async function open(page: Page, part: string): Promise<void> {
  const summary = page.locator('.bench summary').filter({ hasText: part }).first();
  await summary.click();
  // What is in it is made only then.
  await summary.locator('xpath=following-sibling::*[1]').waitFor();
}

async function preview(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
}

/** The first worker hears nothing, and the page's clock can be moved on. */
async function stuckOnce(page: Page): Promise<void> {
  await page.clock.install();
  await page.addInitScript(() => {
    let started = 0;
    window.Worker = class extends Worker {
      readonly #number = ++started;

      override postMessage(message: unknown): void {
        if (this.#number > 1) super.postMessage(message);
      }
    };
  });
}

async function sharedLink(page: Page): Promise<string> {
  const href = await page.getByRole('link', { name: 'Link to this preview' }).getAttribute('href');
  return new URL(href ?? '', page.url()).href;
}
