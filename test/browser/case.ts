import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { MetaMask, type MetaMaskOptions } from './metamask';
import type { OpenOptions, OpenPage, Site } from './site';

export interface Case {
  readonly name: string;
  run(site: Site): Promise<void>;
}

/** What the browser may complain of: an answer that the case itself has fail. */
export interface Allowing {
  readonly allowing?: RegExp;
}

/** Opens a page, and holds it to its own policy: nobody else is asked, and the browser has no complaints. */
export async function withPage(
  site: Site,
  { allowing, ...options }: OpenOptions & Allowing,
  run: (opened: OpenPage) => Promise<void>,
): Promise<void> {
  const opened = await site.open(options);
  try {
    await run(opened);
    await expectClean(opened, allowing);
  } finally {
    await opened.close();
  }
}

/** As `withPage`, in a browser with a MetaMask that has nothing yet. */
export async function withMetaMask(
  site: Site,
  {
    metamask: given = {},
    ...options
  }: OpenOptions & Allowing & { readonly metamask?: MetaMaskOptions },
  run: (metamask: MetaMask, opened: OpenPage) => Promise<void>,
): Promise<void> {
  const metamask = await MetaMask.start({ moved: site.chains, ...given });
  try {
    const prepare = async (page: Page) => {
      await options.prepare?.(page);
      await metamask.enter(page);
    };
    await withPage(site, { ...options, prepare }, (opened) => run(metamask, opened));
  } finally {
    await metamask.close();
  }
}

/** Nobody else was asked anything, and the page's own policy was kept. */
export async function expectClean(
  { foreignRequests, complaints }: OpenPage,
  allowing?: RegExp,
): Promise<void> {
  assert.deepEqual(foreignRequests, []);
  assert.deepEqual(
    complaints.filter((complaint) => allowing?.test(complaint) !== true),
    [],
  );
}

/** Nothing sticks out sideways. */
export async function expectNoOverflow(page: Page): Promise<void> {
  const [content, visible] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert(
    content !== undefined && visible !== undefined && content <= visible,
    `the page is ${content} px wide where there are ${visible}`,
  );
}
