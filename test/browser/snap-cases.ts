/** The site with the built snap behind its MetaMask: what is asked, shown, signed and confirmed. */
import assert from 'node:assert/strict';
import { Connection, PublicKey } from '@solana/web3.js';
import { associatedTokenAddress } from '../../localnet/solana/token-instructions';
import type { Case } from './cases';
import { MetaMask } from './metamask';
import type { OpenPage, Site } from './site';

const TOKEN_SAMPLE = 'Send 5 USDL to a new wallet';

export const SNAP_CASES: readonly Case[] = [
  {
    name: 'with the built snap: install, connect, fund, and send on Solana what its window showed',
    run: (site) =>
      withMetaMask(site, async (metamask, { page }) => {
        await page.getByRole('button', { name: 'Connect MetaMask Flask' }).click();
        await page.getByText('Solana and Eclipse').waitFor();
        assert.match(metamask.user.window('Connect accounts?').texts.join('\n'), /127\.0\.0\.1/);
        await page.getByRole('button', { name: 'Get test money' }).click();
        await page.getByText('100', { exact: true }).first().waitFor();

        const action = page.getByRole('listitem').filter({ hasText: TOKEN_SAMPLE });
        // The network is added, and then the transaction is not wanted.
        metamask.user.next.push('approve', 'reject');
        await action.getByRole('button', { name: 'Sign in MetaMask' }).click();
        await page.getByText('You said no in MetaMask.').waitFor();
        await action.getByRole('button', { name: 'Sign in MetaMask' }).click();
        await page.getByText(/confirmed in slot/).waitFor();
        const { texts } = metamask.user.window('Send this transaction?');
        for (const said of [
          new URL(site.url).origin,
          '−5 USDL',
          '100 USDL before, 95 USDL after',
          '+5 USDL',
          'Fee, paid by you',
        ]) {
          assert(texts.includes(said), `“${said}” is not in: ${texts.join('\n')}`);
        }
        const owner = new PublicKey(texts[texts.indexOf('Your account') + 1] ?? '');
        assert.equal(await usdl(site, owner), '95');
      }),
  },
];

/** Opens the site in a browser with a MetaMask that has nothing yet. */
async function withMetaMask(
  site: Site,
  run: (metamask: MetaMask, opened: OpenPage) => Promise<void>,
): Promise<void> {
  const metamask = await MetaMask.start({ moved: site.chains });
  const opened = await site.open({ prepare: (page) => metamask.enter(page) });
  try {
    await run(metamask, opened);
    assert.deepEqual(opened.foreignRequests, []);
    assert.deepEqual(opened.complaints, []);
  } finally {
    await opened.close();
    await metamask.close();
  }
}

async function usdl(site: Site, owner: PublicKey): Promise<string | undefined> {
  const token = site.localnet.tokens.find(({ symbol }) => symbol === 'USDL');
  assert(token !== undefined);
  const account = associatedTokenAddress(owner, token.mint, token.program);
  const connection = new Connection(site.localnet.url, 'confirmed');
  return (await connection.getTokenAccountBalance(account)).value.uiAmountString;
}
