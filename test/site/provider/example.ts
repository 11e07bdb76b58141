// biome-ignore-all lint/performance/useDomNodeTextContent: what the visitor sees is what counts
/**
 * The example page in a browser: each ecosystem's own React components find the wallet, connect and sign
 * through it. Behind the page's MetaMask is the snap's own request handler, whose windows are approved.
 *
 * `npm run test:example`
 */
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SnapError } from '@metamask/snaps-sdk';
import { verifyPersonalMessageSignature } from '@mysten/sui/verify';
import { Connection, PublicKey } from '@solana/web3.js';
import type { Page } from 'playwright-core';
import { startSolanaLocalnet } from '../../../localnet/solana';
import { serveFolder } from '../../../scripts/static-server.mjs';
import { handleRequest } from '../../../src/rpc';
import { chromiumPath, launch } from '../../browser/chromium';
import { wire } from '../../support/page';
import { SnapHost } from '../../support/snap-host';

const ROOT = join(import.meta.dirname, '../../..');
const SNAP_ID = 'npm:lookahead-snap';

const host = wire(new SnapHost().install());
const asked: string[] = [];
let installed = false;

async function metaMask(origin: string, text: string): Promise<unknown> {
  const { method, params } = JSON.parse(text);
  asked.push(method === 'wallet_invokeSnap' ? params.request.method : method);
  if (method === 'wallet_requestSnaps') installed = true;
  if (method !== 'wallet_invokeSnap') {
    return { result: installed ? { [SNAP_ID]: { id: SNAP_ID, version: '0.1.0' } } : {} };
  }
  try {
    return { result: await handleRequest(origin, params.request.method, params.request.params) };
  } catch (thrown) {
    if (!(thrown instanceof SnapError)) throw thrown;
    return { error: { code: thrown.code, message: thrown.message, data: thrown.data } };
  }
}

/** As text: what the test's compiler adds to functions is not there in the page. */
const ANNOUNCE = `
  const provider = {
    async request(args) {
      const body = JSON.stringify(args);
      const answer = await fetch('/metamask', { method: 'POST', body });
      const { error, result } = await answer.json();
      if (error) throw Object.assign(new Error(error.message), error);
      return result;
    },
  };
  const info = { uuid: 'test', name: 'MetaMask Flask', icon: 'data:,', rdns: 'io.metamask.flask' };
  const announce = () =>
    window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail: { info, provider } }));
  window.addEventListener('eip6963:requestProvider', announce);
  announce();
`;

/** The user, who approves whatever is asked, and looks at each of several transactions. */
function approveAll(): () => void {
  const timer = setInterval(() => {
    const [dialog] = host.dialogs;
    const shown = JSON.stringify(host.interfaces.get(dialog?.id ?? '')?.ui ?? null);
    if (dialog !== undefined && shown.includes('"name":"approve"')) {
      host.click(dialog.id, 'approve').catch(() => undefined);
    }
  }, 50);
  return () => clearInterval(timer);
}

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

const chromium = chromiumPath();
if (chromium === undefined) {
  console.log('skipped: no Chromium (apt-get install chromium, or set CHROMIUM_PATH)');
  process.exit(0);
}
const localnet = await startSolanaLocalnet();
const server = await serveFolder(join(ROOT, 'dist/example'), 0);
const address: AddressInfo | string | null = server.address();
assert(address !== null && typeof address !== 'string');
const origin = `http://127.0.0.1:${address.port}`;
const browser = await launch(chromium);
const stopApproving = approveAll();
let failed = true;
try {
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 } });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  await page.addInitScript(ANNOUNCE);
  // Nobody outside is asked; the local chain is on this machine.
  await context.route('**', (route) =>
    route.request().url().startsWith('http://127.0.0.1') ? route.continue() : route.abort(),
  );
  // Not as a function of the page's: its answers would count as the visitor's own doing.
  await context.route(`${origin}/metamask`, async (route) =>
    route.fulfill({ json: await metaMask(origin, route.request().postData() ?? '') }),
  );
  await page.goto(`${origin}/?solana=${encodeURIComponent(localnet.url)}`);

  const solana = page.getByRole('region', { name: 'Solana' });
  await solana.getByRole('button', { name: 'Select Wallet' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Lookahead/ })
    .click();
  const own = await solana.locator('code').innerText();
  const connection = new Connection(localnet.url, 'confirmed');
  await connection.requestAirdrop(new PublicKey(own), 1_000_000_000);
  assert.match(await outcome(page, 'Sign a Solana message'), /^[0-9a-f]{128}$/);
  const signature = await outcome(page, 'Send a Solana transaction');
  const { value } = await connection.getSignatureStatus(signature);
  assert.equal(value?.err, null);
  console.log('✓ @solana/wallet-adapter-react: finds, connects, signs, sends; the chain confirms');

  const aptos = page.getByRole('region', { name: 'Aptos' });
  await aptos.getByRole('button', { name: 'Connect Lookahead on Aptos' }).click();
  assert.match(await aptos.locator('code').innerText(), /^0x[0-9a-f]{64}$/);
  assert.equal(await outcome(page, 'Sign an Aptos message'), 'verified');
  console.log('✓ @aptos-labs/wallet-adapter-react: finds, connects, signs; the adapter verifies');

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
  console.log('✓ @mysten/dapp-kit: finds, connects, signs; the SDK verifies');

  const before = asked.length;
  await page.reload({ waitUntil: 'commit' });
  // Waiting by looking into the page would count, too.
  await until(() => asked.slice(before).includes('wallet_getNetworks'));
  for (const part of [solana, aptos, sui]) await part.locator('code').waitFor();
  assert.equal(await sui.locator('code').innerText(), suiAddress);
  const since = asked.slice(before);
  assert(
    !since.includes('wallet_requestSnaps') && !since.includes('wallet_connect'),
    String(since),
  );
  console.log('✓ all three are connected again after a reload, and nobody was asked');

  installed = false;
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await solana.locator('code').waitFor({ state: 'detached' });
  await sui.locator('code').waitFor({ state: 'detached' });
  console.log('✓ a disconnect in MetaMask reaches the page when it gets the focus');
  failed = false;
} finally {
  stopApproving();
  await browser.close();
  server.closeAllConnections();
  server.close();
  await localnet.close();
}
process.exit(failed ? 1 : 0);
