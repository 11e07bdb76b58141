/** What MetaMask's windows say, by the built snap, while a visitor goes through the site. */
import assert from 'node:assert/strict';
import { type Case, withMetaMask } from './case';
import { makeFirstTransfers } from './first-transfers';

export const SNAP_CASES: readonly Case[] = [
  {
    name: 'the windows of the built snap say what the first transfers on the three chains do',
    run: (site) =>
      withMetaMask(site, {}, async (metamask, { page }) => {
        const { aptos, localnet, sui } = site;
        const { bob } = localnet.wallets;
        await makeFirstTransfers(page, metamask, {
          Solana: { endpoint: localnet.url, address: bob.publicKey.toBase58() },
          Aptos: { endpoint: aptos.url, address: aptos.accounts.bob.address },
          Sui: { endpoint: sui.url, address: sui.accounts.bob.address },
        });
        const home = (await metamask.snap.homePage()).join('\n');
        assert(home.includes(new URL(site.url).origin), home);
        assert(!metamask.asked.some((method) => method.startsWith('eth_')));
      }),
  },
];
