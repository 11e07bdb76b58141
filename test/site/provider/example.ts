// biome-ignore-all lint/performance/useDomNodeTextContent: what the visitor sees is what counts
/**
 * The example page in a browser: each ecosystem's own React components find the wallet, connect, sign and
 * send through it. Behind the page's MetaMask is the built snap, which previews on the local chains.
 *
 * `npm run test:example`
 */
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { verifyPersonalMessageSignature } from '@mysten/sui/verify';
import { Connection, PublicKey } from '@solana/web3.js';
import type { Page } from 'playwright-core';
import { startAptosLocalnet } from '../../../localnet/aptos';
import { startSolanaLocalnet } from '../../../localnet/solana';
import { startSuiLocalnet } from '../../../localnet/sui';
import { serveFolder } from '../../../scripts/static-server.mjs';
import { chromiumPath, launch } from '../../browser/chromium';
import { MetaMask } from '../../browser/metamask';

const ROOT = join(import.meta.dirname, '../../..');
/** What the provider asks for unless told. */
const SNAP_ID = 'npm:lookahead-snap';
/** The small frameworks: the page is what is tried here. */
const startChains = () =>
  Promise.all([startSolanaLocalnet(), startAptosLocalnet(), startSuiLocalnet()]);

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!holds()) {
    assert(Date.now() < deadline, 'waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function outcome(page: Page, name: string): Promise<string> {
  const shown = page.getByLabel(`Outcome of ${name}`);
  await page.getByRole('button', { name }).click();
  await page.waitForFunction(
    (label) => {
      const text = document.querySelector(`[aria-label="${label}"]`)?.textContent ?? '';
      return text !== '' && text !== '…';
    },
    `Outcome of ${name}`,
    { timeout: 60_000 },
  );
  return shown.innerText();
}

/** What the newest window of a transaction said. */
function expectSaid(metamask: MetaMask, ...said: readonly string[]): void {
  const { texts } = metamask.user.window('Send this transaction?');
  for (const one of said) assert(texts.includes(one), `“${one}” is not in: ${texts.join('\n')}`);
}

const chromium = chromiumPath();
if (chromium === undefined) {
  console.log('skipped: no Chromium (apt-get install chromium, or set CHROMIUM_PATH)');
  process.exit(0);
}
const [solanaChain, aptosChain, suiChain] = await startChains();
const server = await serveFolder(join(ROOT, 'dist/example'), 0);
const address: AddressInfo | string | null = server.address();
assert(address !== null && typeof address !== 'string');
const origin = `http://127.0.0.1:${address.port}`;
const metamask = await MetaMask.start({ snapId: SNAP_ID });
const browser = await launch(chromium);
let failed = true;
let passed = 0;
const pass = (what: string) => {
  passed += 1;
  console.log(`✓ ${what}`);
};
try {
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 } });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  // Nobody outside is asked; the local chains are on this machine.
  await context.route('**', (route) =>
    route.request().url().startsWith('http://127.0.0.1') ? route.continue() : route.abort(),
  );
  await metamask.enter(page);
  const nodes = { solana: solanaChain.url, aptos: aptosChain.url, sui: suiChain.url };
  await page.goto(`${origin}/?${new URLSearchParams(nodes)}`);

  const solana = page.getByRole('region', { name: 'Solana' });
  await solana.getByRole('button', { name: 'Select Wallet' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Lookahead/ })
    .click();
  const own = await solana.locator('code').innerText();
  const connection = new Connection(solanaChain.url, 'confirmed');
  await connection.requestAirdrop(new PublicKey(own), 1_000_000_000);
  assert.match(await outcome(page, 'Sign a Solana message'), /^[0-9a-f]{128}$/);
  const signature = await outcome(page, 'Send a Solana transaction');
  const { value } = await connection.getSignatureStatus(signature);
  assert.equal(value?.err, null, signature);
  expectSaid(metamask, origin, own, 'Fee, paid by you', '0.000005 SOL');
  pass('@solana/wallet-adapter-react: finds, connects, signs, sends; the chain confirms');

  const aptos = page.getByRole('region', { name: 'Aptos' });
  await aptos.getByRole('button', { name: 'Connect Lookahead on Aptos' }).click();
  const aptosAddress = await aptos.locator('code').innerText();
  assert.match(aptosAddress, /^0x[0-9a-f]{64}$/);
  assert.equal(await outcome(page, 'Sign an Aptos message'), 'verified');
  aptosChain.fund(aptosAddress, 100_000_000n);
  const hash = await outcome(page, 'Submit an Aptos transaction');
  assert.match(hash, /^0x[0-9a-f]{64}$/, hash);
  const landed = await fetch(`${aptosChain.url}/transactions/by_hash/${hash}`);
  assert.equal((await landed.json()).vm_status, 'Executed successfully');
  expectSaid(metamask, origin, aptosAddress, '1. Transfer · Aptos Framework (aptos_account)');
  pass('@aptos-labs/wallet-adapter-react: finds, connects, signs, submits; the chain confirms');

  const sui = page.getByRole('region', { name: 'Sui' });
  await sui.getByRole('button', { name: 'Connect a Sui wallet' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Lookahead/ })
    .click();
  const suiAddress = await sui.locator('code').innerText();
  assert.match(suiAddress, /^0x[0-9a-f]{64}$/);
  const signed = await outcome(page, 'Sign a Sui message');
  const message = new TextEncoder().encode('Hello from a dapp');
  await verifyPersonalMessageSignature(message, signed, { address: suiAddress });
  suiChain.fund(suiAddress, 1_000_000_000n);
  const digest = await outcome(page, 'Send a Sui transaction');
  assert.equal(suiChain.chain.find(digest)?.effects.status.kind, 'success', digest);
  expectSaid(metamask, origin, suiAddress, '1. Split coins · Sui', 'amount: 0.000000001 SUI');
  pass('@mysten/dapp-kit: finds, connects, signs, executes; the SDK verifies, the chain confirms');

  const before = metamask.asked.length;
  await page.reload({ waitUntil: 'commit' });
  // Waiting by looking into the page would count, too.
  await until(() => metamask.asked.slice(before).includes('wallet_getNetworks'));
  for (const part of [solana, aptos, sui]) await part.locator('code').waitFor();
  assert.equal(await sui.locator('code').innerText(), suiAddress);
  const since = metamask.asked.slice(before);
  assert(
    !since.includes('wallet_requestSnaps') && !since.includes('wallet_connect'),
    String(since),
  );
  pass('all three are connected again after a reload, and nobody was asked');

  metamask.revoke();
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  for (const part of [solana, sui]) await part.locator('code').waitFor({ state: 'detached' });
  pass('a disconnect in MetaMask reaches the page when it gets the focus');
  failed = false;
} finally {
  await browser.close();
  await metamask.close();
  server.closeAllConnections();
  server.close();
  await Promise.all([solanaChain.close(), aptosChain.close(), suiChain.close()]);
  console.log(`${passed} passed, ${failed ? 1 : 0} failed`);
}
process.exit(failed ? 1 : 0);
