/** The built site in a browser, its local chain on a port of its own. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type AptosLocalnet, startAptosLocalnet } from '../../localnet/aptos';
import { type SolanaLocalnet, startSolanaLocalnet } from '../../localnet/solana';
import { type SuiLocalnet, startSuiLocalnet } from '../../localnet/sui';
import { serveFolder } from '../../scripts/static-server.mjs';

const ROOT = join(import.meta.dirname, '../..');
const SCREENSHOTS = join(ROOT, 'build/screenshots');
/** What the site was built to ask. */
const BUILT_FOR = {
  solana: 'http://127.0.0.1:8899',
  aptos: 'http://127.0.0.1:8080',
  sui: 'http://127.0.0.1:9000',
} as const;
const FIXTURES = process.env['LOOKAHEAD_FIXTURES'] ?? join(ROOT, '../shared/fixtures');

export interface Site {
  readonly url: string;
  readonly localnet: SolanaLocalnet;
  readonly aptos: AptosLocalnet;
  readonly sui: SuiLocalnet;
  /** Where the chains are, by the origins that the site was built to ask. */
  readonly chains: Readonly<Record<string, string>>;
  open(options?: OpenOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Which page, e.g. `playground`; the one that newcomers see unless told. */
  readonly at?: string;
  readonly width?: number;
  readonly dark?: boolean;
  /** What the browser calls itself. */
  readonly userAgent?: string;
  /** Let the local chains be away. */
  readonly noChain?: boolean;
  /** Before the page loads. */
  readonly prepare?: (page: Page) => Promise<void>;
}

export interface OpenPage {
  readonly page: Page;
  /** Everything that was asked for, but of the site itself and of its chain. */
  readonly foreignRequests: readonly string[];
  /** What the page complained of, a broken content policy included. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export async function startSite(browser: Browser): Promise<Site> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const localnet = await startSolanaLocalnet();
  const recorded = existsSync(join(FIXTURES, 'aptos/genesis/devnet.blob'));
  const aptos = await startAptosLocalnet(recorded ? { fixtures: FIXTURES } : {});
  const recordedSui = existsSync(join(FIXTURES, 'sui/framework'));
  const sui = await startSuiLocalnet(recordedSui ? { fixtures: FIXTURES } : {});
  const server = await serveFolder(join(ROOT, 'dist/site'), 0);
  const address: AddressInfo | string | null = server.address();
  assert(address !== null && typeof address !== 'string');
  const url = `http://127.0.0.1:${address.port}/`;
  const chains = {
    [BUILT_FOR.solana]: localnet.url,
    [BUILT_FOR.aptos]: new URL(aptos.url).origin,
    [BUILT_FOR.sui]: new URL(sui.url).origin,
  };
  return {
    url,
    localnet,
    aptos,
    sui,
    chains,
    open: (options = {}) => openPage(browser, url, chains, options),
    async close() {
      server.closeAllConnections();
      server.close();
      await localnet.close();
      await aptos.close();
      await sui.close();
    },
  };
}

async function openPage(
  browser: Browser,
  url: string,
  chains: Site['chains'],
  { at = '', width = 1280, dark = false, noChain = false, prepare, userAgent }: OpenOptions,
): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 },
    colorScheme: dark ? 'dark' : 'light',
    ...(userAgent === undefined ? {} : { userAgent }),
  });
  context.setDefaultTimeout(10_000);
  const foreignRequests: string[] = [];
  const complaints: string[] = [];
  const answering = Object.fromEntries(
    Object.entries(chains).map(([origin, chain]) => [origin, noChain ? undefined : chain]),
  );
  await reroute(context, url, answering, foreignRequests);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  await prepare?.(page);
  await page.goto(at === '' ? url : `${url}#/${at}`);
  return { page, foreignRequests, complaints, close: () => context.close() };
}

async function reroute(
  context: BrowserContext,
  site: string,
  chains: Readonly<Record<string, string | undefined>>,
  foreign: string[],
): Promise<void> {
  await context.route('**', async (route) => {
    const url = route.request().url();
    if (url.startsWith(site)) return route.continue();
    const { origin } = new URL(url);
    if (!Object.hasOwn(chains, origin)) {
      foreign.push(url);
      return route.abort();
    }
    const chain = chains[origin];
    if (chain === undefined) return route.abort();
    return route.fulfill({ response: await route.fetch({ url: url.replace(origin, chain) }) });
  });
}

export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
}

/** Starts a sample and waits for what comes of it. */
export async function trySample(page: Page, title: string): Promise<void> {
  const sample = page.getByRole('button', { name: title });
  await sample.click();
  // It can be pressed again once it is in the form; what the form showed before is gone then.
  await sample.and(page.locator(':enabled')).waitFor({ timeout: 30_000 });
  await page.locator('.bench .preview, .bench .problem').first().waitFor({ timeout: 30_000 });
}
