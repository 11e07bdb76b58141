/**
 * `npm run test:start`: what `npm start` serves, as a newcomer meets it. Nothing is put in between: the page
 * and the snap ask the local chains where they are, and MetaMask fetches the snap from where it is served.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ACCOUNTS as APTOS } from '../../localnet/aptos/accounts';
import { WALLETS as SOLANA } from '../../localnet/solana/genesis';
import { ACCOUNTS as SUI } from '../../localnet/sui/accounts';
import { chromiumPath, launch } from './chromium';
import { makeFirstTransfers } from './first-transfers';
import { MetaMask } from './metamask';

const ROOT = join(import.meta.dirname, '../..');
/** It builds everything first. */
const DEADLINE_MS = 600_000;

/** What it says that it serves, by name. */
type Served = Readonly<Record<'Site' | 'Solana' | 'Aptos' | 'Sui' | 'Snap', string>>;

const chromium = chromiumPath();
if (chromium === undefined) {
  console.log('skipped: no Chromium (apt-get install chromium, or set CHROMIUM_PATH)');
} else {
  await withStarted((served) => walk(chromium, served));
  console.log('✓ from what npm start serves to a confirmed transfer on each chain');
  console.log('1 passed, 0 failed');
}

async function walk(executable: string, served: Served): Promise<void> {
  const metamask = await MetaMask.start({ snapId: served.Snap, isServed: true });
  const browser = await launch(executable);
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    context.setDefaultTimeout(30_000);
    const foreign: string[] = [];
    context.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      const isLocal = ['127.0.0.1', 'localhost'].includes(hostname);
      if (protocol.startsWith('http') && !isLocal) foreign.push(request.url());
    });
    const page = await context.newPage();
    await metamask.enter(page);
    await page.goto(served.Site);
    await makeFirstTransfers(page, metamask, {
      Solana: { endpoint: served.Solana, address: SOLANA.bob.publicKey.toBase58() },
      Aptos: { endpoint: served.Aptos, address: APTOS.bob.address },
      Sui: { endpoint: served.Sui, address: SUI.bob.address },
    });
    assert.deepEqual(foreign, []);
  } finally {
    await browser.close();
    await metamask.close();
  }
}

async function withStarted(run: (served: Served) => Promise<void>): Promise<void> {
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await run(await servedBy(child));
  } finally {
    if (child.exitCode === null) {
      child.kill('SIGINT');
      await once(child, 'exit');
    }
  }
}

/** @throws when it ends or takes too long */
function servedBy(child: ChildProcess): Promise<Served> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`it does not start: ${said}`)), DEADLINE_MS);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`it ended with ${code}: ${said}`));
    });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (!said.includes('Stop with Ctrl-C')) return;
      clearTimeout(timer);
      const of = (name: string) => new RegExp(`^ *${name} +(\\S+)`, 'm').exec(said)?.[1] ?? '';
      resolve({
        Site: of('Site'),
        Solana: of('Solana'),
        Aptos: of('Aptos'),
        Sui: of('Sui'),
        Snap: of('Snap'),
      });
    });
  });
}
