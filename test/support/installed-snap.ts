/** The built snap in MetaMask's simulator, as a page and a user meet it. */
import { installSnap } from '@metamask/snaps-jest';
import type { RpcChain, RpcErrorData, RpcMethodName, RpcMethods } from '../../src/rpc/types';
import { controls, texts } from './tree';

export const ORIGIN = 'https://dapp.example';

type Installed = Awaited<ReturnType<typeof installSnap>>;
type Response = { result: unknown } | { error: { code: number; message: string; data?: unknown } };

/** A dialog that is open, as the user sees it now. */
export interface Window {
  texts(): Promise<string[]>;
  controls(): Promise<string[]>;
  content(): Promise<unknown>;
  click(name: string): Promise<void>;
  /** As with the cross of the window. */
  close(): Promise<void>;
  /** Waits until there is something of that name to click. */
  offers(name: string): Promise<void>;
  /** Waits until a text is shown. */
  shows(text: string): Promise<void>;
}

export interface Request<Name extends RpcMethodName> {
  window(): Promise<Window>;
  /** @throws when it failed */
  result(): Promise<RpcMethods[Name]['result']>;
  /** @throws when it did not fail */
  error(): Promise<{ code: number; message: string; data: RpcErrorData }>;
}

export interface Page {
  readonly snap: Installed;
  ask<Name extends RpcMethodName>(
    method: Name,
    params: RpcMethods[Name]['params'],
    origin?: string,
  ): Request<Name>;
}

export async function install(options?: Record<string, unknown>): Promise<Page> {
  const snap = await (options === undefined ? installSnap() : installSnap({ options }));
  return {
    snap,
    ask: (method, params, origin = ORIGIN) => {
      const request = snap.request({ method, params: params as never, origin });
      const response = async (): Promise<Response> => {
        const { response: answer } = (await request) as { response: unknown };
        return answer as Response;
      };
      return {
        window: () => openWindow(request),
        result: async () => {
          const answer = await response();
          if ('error' in answer) throw new Error(JSON.stringify(answer.error));
          return answer.result as never;
        },
        error: async () => {
          const answer = await response();
          if ('result' in answer) throw new Error(`answered: ${JSON.stringify(answer.result)}`);
          return answer.error as never;
        },
      };
    },
  };
}

async function openWindow(request: ReturnType<Installed['request']>): Promise<Window> {
  const current = () => request.getInterface();
  const content = async () => (await current()).content as unknown;
  const window: Window = {
    content,
    texts: async () => texts(await content()),
    controls: async () => controls(await content()),
    click: async (name) => {
      const ui = await current();
      if (!('clickElement' in ui)) throw new Error('nothing can be clicked');
      await ui.clickElement(name);
    },
    close: async () => {
      const ui = (await current()) as { cancel?(): Promise<void>; ok?(): Promise<void> };
      await (ui.cancel ?? ui.ok)?.();
    },
    offers: (name) => until(async () => (await window.controls()).includes(name), name),
    shows: (text) =>
      until(async () => (await window.texts()).some((shown) => shown.includes(text)), text),
  };
  await current();
  return window;
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Connects the accounts that the dialog offers ticked. */
export async function connect(page: Page, origin: string = ORIGIN) {
  const request = page.ask('wallet_connect', {}, origin);
  await (await request.window()).click('approve');
  return (await request.result()).accounts;
}

/** Adds a local chain, as the site does. */
export async function addLocalnet(page: Page, endpoint: string, chain: RpcChain = 'solana') {
  const request = page.ask('wallet_addNetwork', {
    chain,
    name: 'Local chain',
    endpoint,
    isTest: true,
  });
  const window = await request.window();
  await window.offers('approve');
  await window.click('approve');
  return (await request.result()).network;
}

/** Records what the snap asks of MetaMask. */
export function spyOnSnap(page: Page): { method: string; params: unknown }[] {
  const requests: { method: string; params: unknown }[] = [];
  page.snap.mockJsonRpc(({ method, params }: { method: string; params?: unknown }) => {
    requests.push({ method, params });
    return undefined as never;
  });
  return requests;
}
