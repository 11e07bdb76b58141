/**
 * A MetaMask in the page, by EIP-6963: what the page asks goes to the built snap, with the page's origin.
 * Installing, permissions and the errors around them are as in MetaMask's snaps controller.
 */
import type { BrowserContext, Page, Route } from 'playwright-core';
import { type Answered, type JsonRpcFailure, type SnapHost, startSnapHost } from './snap-host';

/** What the site is built to ask for, unless told. */
const SNAP_ID = 'local:http://localhost:8080';
const PATH = '/metamask-of-the-test';

export interface MetaMaskOptions {
  /** Of the one snap that there is to install. */
  readonly snapId?: string;
  readonly rdns?: 'io.metamask.flask' | 'io.metamask';
  readonly name?: string;
  /** An old MetaMask, and that of a phone, has none. */
  readonly hasSnaps?: boolean;
  /** Whether the snap is fetched from where its id says, and not from what was staged here. */
  readonly isServed?: boolean;
  /** Where local chains are, by the origins at which the page was built to look for them. */
  readonly moved?: Readonly<Record<string, string>>;
}

export class MetaMask {
  /** Methods that pages asked, in order, the snap's by their own names. */
  readonly asked: string[] = [];
  /** What the user says to an installation or update; `wait` until it is set to something else. */
  installing: 'approve' | 'reject' | 'wait' = 'approve';
  /** Ordinary MetaMask installs only what is on its list. */
  isListed = true;
  /** The version that is installed, once one is. */
  installed: string | undefined;
  /** The version that there is to install. */
  published: string;
  readonly #permitted = new Set<string>();

  private constructor(
    readonly snap: SnapHost,
    readonly options: MetaMaskOptions,
  ) {
    this.published = snap.version;
  }

  static async start(options: MetaMaskOptions = {}): Promise<MetaMask> {
    const { isServed = false, snapId } = options;
    return new MetaMask(await startSnapHost(isServed ? snapId : undefined), options);
  }

  get user(): SnapHost['user'] {
    return this.snap.user;
  }

  /** Has this MetaMask announce itself in the page, or in all of a context's, from its next load on. */
  async enter(page: Page | BrowserContext): Promise<void> {
    const { rdns = 'io.metamask.flask', name = 'MetaMask Flask' } = this.options;
    await page.addInitScript(announcement({ uuid: rdns, name, icon: 'data:,', rdns }));
    // Not as a function of the page's: its answers would count as the visitor's own doing.
    await page.route(`**${PATH}`, (route) => this.#answer(route));
  }

  /** As when the user disconnects every site in MetaMask. */
  revoke(): void {
    this.#permitted.clear();
  }

  close(): Promise<void> {
    return this.snap.close();
  }

  async #answer(route: Route): Promise<void> {
    const { origin } = new URL(route.request().frame().url());
    const { moved = {} } = this.options;
    const text = Object.entries(moved).reduce(
      (body, [from, to]) => body.replaceAll(from, to),
      route.request().postData() ?? '{}',
    );
    const { method, params } = JSON.parse(text);
    const answer = await this.#request(origin, method, params).catch((error: unknown) =>
      failed(-32603, `The test's own fault: ${String(error)}`),
    );
    // The page may be gone by now.
    await route.fulfill({ json: answer }).catch(() => undefined);
  }

  async #request(origin: string, method: string, params: unknown): Promise<Answered> {
    this.asked.push(method === 'wallet_invokeSnap' ? askedOf(params).method : method);
    if (method === 'web3_clientVersion') return { result: 'MetaMask/v13.6.0-flask.0' };
    if (method === 'eth_accounts') return { result: [] };
    if (this.options.hasSnaps === false) return unknownMethod(method);
    if (method === 'wallet_getSnaps') return { result: this.#snapsOf(origin) };
    if (method === 'wallet_requestSnaps') return this.#install(origin, params);
    if (method === 'wallet_invokeSnap') return this.#invoke(origin, params);
    return unknownMethod(method);
  }

  #snapsOf(origin: string): unknown {
    if (!this.#permitted.has(origin) || this.installed === undefined) return {};
    const id = this.#snapId;
    const version = this.installed;
    return { [id]: { id, version, permissionName: `wallet_snap`, enabled: true, blocked: false } };
  }

  get #snapId(): string {
    return this.options.snapId ?? SNAP_ID;
  }

  async #install(origin: string, params: unknown): Promise<Answered> {
    const wanted = asRecord(params)[this.#snapId];
    if (wanted === undefined) return failed(-32603, 'Failed to fetch: there is no such snap.');
    const { version: range = '*' } = asRecord(wanted);
    const id = this.#snapId;
    if (typeof range !== 'string') return failed(-32602, 'The "version" field must be a range.');
    const fits = (version: string) => isInRange(version, range);
    if (!this.isListed) {
      const what = `Cannot install version "${this.published}" of snap "${id}"`;
      return failed(-32603, `${what}: The snap is not on the allowlist.`);
    }
    const isNew = this.installed === undefined || !fits(this.installed);
    if (isNew || !this.#permitted.has(origin)) {
      if (!(await this.#agrees())) return failed(4001, 'User rejected the request.');
    }
    if (isNew && !fits(this.published)) {
      return failed(
        -32603,
        `Version mismatch. Manifest for "${id}" specifies version "${this.published}" which doesn't satisfy requested version range "${range}".`,
      );
    }
    if (isNew) this.installed = this.published;
    this.#permitted.add(origin);
    return { result: this.#snapsOf(origin) };
  }

  async #agrees(): Promise<boolean> {
    while (this.installing === 'wait') await new Promise((resolve) => setTimeout(resolve, 20));
    return this.installing === 'approve';
  }

  async #invoke(origin: string, params: unknown): Promise<Answered> {
    const { snapId } = asRecord(params);
    if (snapId !== this.#snapId || !this.#permitted.has(origin)) {
      return failed(
        4100,
        'The requested account and/or method has not been authorized by the user.',
      );
    }
    const asked = askedOf(params);
    return this.snap.request(origin, asked.method, asked.params);
  }
}

/** @param range - `*`, one version, or `>=` and a version: what is asked for in practice */
function isInRange(version: string, range: string): boolean {
  if (range === '*') return true;
  if (!range.startsWith('>=')) return version === range;
  const [have, least] = [version, range.slice(2)].map((text) => text.split('.').map(Number));
  const first = (have ?? []).findIndex((part, index) => part !== least?.[index]);
  return first < 0 || (have?.[first] ?? 0) > (least?.[first] ?? 0);
}

function askedOf(params: unknown): { method: string; params: unknown } {
  const { method, params: inner } = asRecord(asRecord(params)['request']);
  return { method: String(method), params: inner };
}

function unknownMethod(method: string): Answered {
  return failed(-32601, `The method "${method}" does not exist / is not available.`);
}

function failed(code: number, message: string): { readonly error: JsonRpcFailure } {
  return { error: { code, message } };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** As text: what the test's compiler adds to functions is not there in the page. */
const announcement = (info: Readonly<Record<string, string>>): string => `{
  const info = ${JSON.stringify(info)};
  const provider = {
    async request(args) {
      const answer = await fetch('${PATH}', { method: 'POST', body: JSON.stringify(args) });
      const { error, result } = await answer.json();
      if (error) throw Object.assign(new Error(error.message), error);
      return result;
    },
  };
  const announce = () =>
    window.dispatchEvent(
      new CustomEvent('eip6963:announceProvider', { detail: Object.freeze({ info, provider }) }),
    );
  window.addEventListener('eip6963:requestProvider', announce);
  announce();
}`;
