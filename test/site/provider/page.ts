/**
 * A page with a MetaMask that has the snap: what the page asks goes through JSON, as through MetaMask, to
 * the snap's own request handler. `window` and `document` are stand-ins with what the provider uses.
 */
import { SnapError } from '@metamask/snaps-sdk';
import type { Eip1193Provider } from '../../../site/provider';
import { handleRequest } from '../../../src/rpc';
import { ORIGIN, wire } from '../../support/page';
import { SnapHost } from '../../support/snap-host';

export const SNAP_ID = 'npm:lookahead-snap';

export class FakePage {
  readonly window = WINDOW;
  readonly host = wire(new SnapHost().install());
  readonly metamask = new FakeMetaMask(this.window);

  constructor() {
    touch(true);
  }

  /** Takes MetaMask away; the window stays, since libraries remember it. */
  close(): void {
    this.metamask.leave();
  }

  /** As when the user comes back to the page; resolves when what follows has settled. */
  async focus(): Promise<void> {
    this.window.dispatchEvent(new Event('focus'));
    await settle();
  }

  /** Approves each window that opens while a request runs. */
  async approving<Result>(request: Promise<Result>): Promise<Result> {
    let done = false;
    const ended = request.finally(() => {
      done = true;
    });
    ended.catch(() => undefined);
    const deadline = Date.now() + 15_000;
    while (!done) {
      if (Date.now() > deadline) throw new Error('the request does not end');
      await settle();
      const [dialog] = this.host.dialogs;
      const shown = JSON.stringify(this.host.interfaces.get(dialog?.id ?? '')?.ui ?? null);
      // Of several transactions each is looked at before the last is approved.
      const button = ['approve', 'following'].find((name) => shown.includes(`"name":"${name}"`));
      if (dialog !== undefined && button !== undefined) await this.host.click(dialog.id, button);
    }
    return ended;
  }

  /** Rejects the next window. */
  async rejecting<Result>(request: Promise<Result>): Promise<Result> {
    request.catch(() => undefined);
    const id = await this.host.dialog();
    await this.host.shows(id, (text) => text.includes('"name":"reject"'));
    await this.host.click(id, 'reject');
    return request;
  }
}

class FakeWindow extends EventTarget {
  readonly document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  readonly location = new URL(ORIGIN);
}

/** Where libraries of the page look for it. */
const WINDOW = new FakeWindow();
Object.assign(globalThis, {
  window: WINDOW,
  document: WINDOW.document,
  localStorage: { getItem: () => null, setItem: () => undefined, removeItem: () => undefined },
});

/** @param isTouched - has the user just clicked or typed in the page? */
export function touch(isTouched: boolean): void {
  Object.defineProperty(globalThis, 'navigator', {
    configurable: true,
    value: { userActivation: { isActive: isTouched } },
  });
}

export class FakeMetaMask implements Eip1193Provider {
  /** What the page asked, the snap's methods by their own names. */
  readonly asked: string[] = [];
  installed = false;
  version = '0.1.0';
  /** In place of an installation. */
  refusal: { code: number; message: string } | undefined;
  hasSnaps = true;
  /** In place of the snap's own answer, where it is not `undefined`. */
  answers: (method: string, params: unknown) => unknown = () => undefined;

  readonly #left = new AbortController();

  constructor(readonly page: FakeWindow) {}

  leave(): void {
    this.#left.abort();
  }

  announce(rdns = 'io.metamask.flask'): void {
    const detail = { info: { uuid: rdns, name: 'MetaMask', icon: 'data:,', rdns }, provider: this };
    const announce = () =>
      this.page.dispatchEvent(
        Object.assign(new Event('eip6963:announceProvider'), { detail: Object.freeze(detail) }),
      );
    this.page.addEventListener('eip6963:requestProvider', announce, {
      signal: this.#left.signal,
    });
    announce();
  }

  async request({ method, params }: { method: string; params?: unknown }): Promise<unknown> {
    const given = JSON.parse(JSON.stringify(params ?? {}));
    this.asked.push(method === 'wallet_invokeSnap' ? given.request.method : method);
    if (!this.hasSnaps) throw failure(-32601, `The method "${method}" does not exist.`);
    if (method === 'wallet_getSnaps') return this.#snaps();
    if (method === 'wallet_requestSnaps') {
      if (this.refusal !== undefined) throw failure(this.refusal.code, this.refusal.message);
      expect(given).toEqual({ [SNAP_ID]: { version: '>=0.1.0' } });
      this.installed = true;
      return this.#snaps();
    }
    if (method !== 'wallet_invokeSnap') throw failure(-32601, 'no such method');
    if (!this.installed || given.snapId !== SNAP_ID) {
      throw failure(4100, 'The requested account and/or method has not been authorized.');
    }
    const answer = this.answers(given.request.method, given.request.params);
    if (answer !== undefined) return answer;
    try {
      return await handleRequest(ORIGIN, given.request.method, given.request.params);
    } catch (error) {
      if (!(error instanceof SnapError)) throw error;
      throw failure(error.code, error.message, JSON.parse(JSON.stringify(error.data)));
    }
  }

  #snaps(): unknown {
    if (!this.installed) return {};
    return { [SNAP_ID]: { id: SNAP_ID, version: this.version, enabled: true, blocked: false } };
  }
}

function failure(code: number, message: string, data?: unknown): Error {
  return Object.assign(new Error(message), { code, ...(data === undefined ? {} : { data }) });
}

/** Lets everything that waits for nothing but its turn have it. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve, 2));
}
