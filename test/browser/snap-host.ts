/**
 * The built snap, as users get it, in MetaMask's own simulation of snaps: its sandbox, its permissions, its
 * windows. Who asks it is a page, who answers its windows is a `SnapUser`.
 */
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getInterface, getOptions, installSnap, resolveWithSaga } from '@metamask/snaps-simulation';
import { serveFolder } from '../../scripts/static-server.mjs';
import { texts } from '../support/tree';
import { SnapUser, type SnapWindow } from './snap-user';

const BUNDLE = join(import.meta.dirname, '../../dist/snap');

export interface JsonRpcFailure {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

export type Answered = { readonly result: unknown } | { readonly error: JsonRpcFailure };

export interface SnapHost {
  readonly user: SnapUser;
  /** Of the manifest. */
  readonly version: string;
  /** Has the user locked MetaMask? */
  locked: boolean;
  /** Hands a page's request to the snap. */
  request(origin: string, method: string, params: unknown): Promise<Answered>;
  /** What the snap's page in MetaMask says. */
  homePage(): Promise<readonly string[]>;
  close(): Promise<void>;
}

type Snap = Awaited<ReturnType<typeof installSnap>>;

type SnapId = Parameters<typeof installSnap>[0];

/**
 * Starts the snap; some seconds.
 *
 * @param id - from where it is fetched; unless told, it is what `npm run build:snap` staged
 */
export async function startSnapHost(id?: string): Promise<SnapHost> {
  const { version } = JSON.parse(readFileSync(join(BUNDLE, 'snap.manifest.json'), 'utf8'));
  const snap = id === undefined ? await installStaged() : await installSnap(id as SnapId);
  const user = new SnapUser();
  const failures: unknown[] = [];
  const turns = meetWindows(snap, (window) => {
    user.meet(window).catch((error: unknown) => {
      failures.push(error);
      void window.close();
    });
  });
  const host: SnapHost = {
    user,
    version,
    locked: false,
    async request(origin, method, params) {
      const { response } = await snap.request({ origin, method, params: params as never });
      if (failures.length > 0) throw failures.shift();
      return response as Answered;
    },
    async homePage() {
      return texts((await snap.onHomePage()).getInterface().content);
    },
    close: () => snap.executionService.terminateAllSnaps(),
  };
  snap.mockJsonRpc(async ({ method }) => {
    if (method === 'snap_getClientStatus' && host.locked) return { locked: true, active: true };
    if (method === 'snap_dialog') await turns.take();
    // Whatever else: the simulation's own answer, by its own way of saying so, which its types leave out.
    return undefined as never;
  });
  return host;
}

async function installStaged(): Promise<Snap> {
  const server = await serveFolder(BUNDLE, 0);
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the snap is not served');
  const snap = await installSnap(`local:http://localhost:${address.port}` as SnapId);
  server.closeAllConnections();
  server.close();
  return snap;
}

interface Turns {
  /** Resolves when no window is open. MetaMask queues them; the simulation would mix them up. */
  take(): Promise<void>;
}

function meetWindows(snap: Snap, onOpen: (window: SnapWindow) => void): Turns {
  const options = getOptions({});
  const openId = () => snap.store.getState().ui.current?.id;
  const current = () => {
    const { runSaga, snapId, controllerMessenger } = snap;
    return runSaga(getInterface, runSaga, snapId, controllerMessenger, options).toPromise();
  };
  let shown: string | undefined;
  let last = Promise.resolve();
  let release = (): void => undefined;
  snap.store.subscribe(() => {
    const id = openId();
    if (id === shown) return;
    shown = id;
    if (id === undefined) return release();
    onOpen({
      get isOpen() {
        return openId() === id;
      },
      tree: async () => (await current()).content,
      click: async (name) => (await current()).clickElement(name),
      close: () => snap.runSaga(resolveWithSaga, null).toPromise(),
    });
  });
  return {
    async take() {
      const before = last;
      let done = (): void => undefined;
      last = new Promise((resolve) => {
        done = resolve;
      });
      await before;
      release = done;
    },
  };
}
