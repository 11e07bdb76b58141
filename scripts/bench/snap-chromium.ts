/**
 * How long the snap takes to start in its real sandbox: MetaMask's own execution environment, the page with
 * SES, in a sandboxed frame of Chromium, spoken to as MetaMask's IframeExecutionService does.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { DEFAULT_ENDOWMENTS } from '@metamask/snaps-utils';
import type { Browser } from 'playwright-core';
import { chromiumPath, launch } from '../../test/browser/chromium';
import { serveFolder } from '../static-server.mjs';
import { median, report } from './report';

const PACKAGE = join(import.meta.dirname, '..', '..', 'dist', 'snap');
const STARTS = 20;
const LATE_MS = 60_000;
/** A snap that does nothing: what the sandbox itself costs. */
const EMPTY = 'module.exports.onRpcRequest = () => null;';
/** The globals that a permission adds to those every snap has. */
const ENDOWMENTS: Readonly<Record<string, readonly string[]>> = {
  'endowment:network-access': ['fetch', 'Request', 'Headers', 'Response'],
  'endowment:webassembly': ['WebAssembly'],
  'endowment:ethereum-provider': ['ethereum'],
};

interface Start {
  /** The page that frames the sandbox: another site, and a secure one, or there is no SubtleCrypto. */
  readonly parent: string;
  readonly sandbox: string;
  readonly sourceCode: string;
  readonly endowments: readonly string[];
}

/** Medians of the snap and of an empty one, taken in turn, each in a frame of a new renderer process. */
export async function benchSnapInChromium(): Promise<void> {
  const label = `snap start in Chromium, median of ${STARTS}`;
  const executable = chromiumPath();
  if (executable === undefined) {
    report(label, 'skipped: no Chromium');
    return;
  }
  const server = await serveFolder(environmentFolder(), 0);
  const browser = await launch(executable);
  try {
    const { port } = server.address() as AddressInfo;
    const places = {
      parent: `http://localhost:${port}/parent`,
      sandbox: `http://127.0.0.1:${port}/`,
    };
    const endowments = grantedEndowments();
    const sourceCode = readFileSync(join(PACKAGE, 'dist', 'bundle.js'), 'utf8');
    const own: number[] = [];
    const empty: number[] = [];
    for (let run = 0; run < STARTS; run += 1) {
      own.push(await startOnce(browser, { ...places, sourceCode, endowments }));
      empty.push(await startOnce(browser, { ...places, sourceCode: EMPTY, endowments }));
    }
    const ratio = median(own) / median(empty);
    report(
      label,
      `${median(own).toFixed(0)} ms; an empty snap ${median(empty).toFixed(0)} ms; ratio ${ratio.toFixed(2)}`,
    );
  } finally {
    await browser.close();
    server.close();
  }
}

/** Where MetaMask's package keeps the page that its extension frames. */
function environmentFolder(): string {
  const entry = createRequire(import.meta.url).resolve('@metamask/snaps-execution-environments');
  return join(dirname(entry), 'webpack', 'iframe');
}

function grantedEndowments(): string[] {
  const manifest = JSON.parse(readFileSync(join(PACKAGE, 'snap.manifest.json'), 'utf8')) as {
    initialPermissions: Record<string, unknown>;
  };
  const granted = Object.keys(manifest.initialPermissions);
  return [...DEFAULT_ENDOWMENTS, ...granted.flatMap((permission) => ENDOWMENTS[permission] ?? [])];
}

/**
 * Milliseconds from sending `executeSnap` to its answer. Each start has a browser context of its own, so
 * that no process has the bundle compiled from the start before.
 */
async function startOnce(browser: Browser, start: Start): Promise<number> {
  const context = await browser.newContext();
  // A frame that never answers fails the run instead of holding it.
  const late = setTimeout(() => void context.close(), LATE_MS);
  try {
    const page = await context.newPage();
    await page.goto(start.parent);
    // tsx names inner functions by a helper that the page does not have.
    await page.evaluate('globalThis.__name = (work) => work');
    return await page.evaluate(startInFrame, start);
  } finally {
    clearTimeout(late);
    await context.close();
  }
}

/** Runs in the page: opens the sandbox, waits until it answers a ping and times `executeSnap`. */
async function startInFrame({ sandbox, sourceCode, endowments }: Start): Promise<number> {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.src = sandbox;
  const loaded = new Promise<unknown>((resolve) => {
    frame.addEventListener('load', resolve, { once: true });
  });
  document.body.append(frame);
  await loaded;

  const send = (data: unknown): void =>
    frame.contentWindow?.postMessage({ target: 'child', data }, '*');
  const next = <T>(pick: (data: unknown) => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const listen = (event: MessageEvent<{ target?: unknown; data?: unknown }>): void => {
        if (event.source !== frame.contentWindow || event.data?.target !== 'parent') return;
        const picked = pick(event.data.data);
        if (picked === undefined) return;
        removeEventListener('message', listen);
        resolve(picked);
      };
      addEventListener('message', listen);
    });
  const call = async (id: number, method: string, params?: object): Promise<void> => {
    const answer = next((chunk) => {
      const { name, data } = chunk as {
        name?: string;
        data?: { id?: number; result?: unknown; error?: unknown };
      };
      return name === 'command' && data?.id === id ? data : undefined;
    });
    const request = { jsonrpc: '2.0', id, method, ...(params === undefined ? {} : { params }) };
    send({ name: 'command', data: request });
    const { result, error } = await answer;
    if (result !== 'OK') throw new Error(`${method}: ${JSON.stringify(error ?? result)}`);
  };

  const acknowledged = next((data) => (data === 'ACK' ? true : undefined));
  send('SYN');
  await acknowledged;
  send('ACK');
  await call(1, 'ping');
  const begin = performance.now();
  await call(2, 'executeSnap', { snapId: 'npm:lookahead-snap', sourceCode, endowments });
  return performance.now() - begin;
}
