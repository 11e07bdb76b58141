/** The newcomer's path through the site, and what each of MetaMask's windows says on it. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { nativeBalance as aptosBalance } from '../../src/chains/aptos';
import { nativeBalance as solanaBalance } from '../../src/chains/solana';
import { nativeBalance as suiBalance } from '../../src/chains/sui';
import type { MetaMask } from './metamask';

/** A text of the window, or what one must be like. */
type Said = string | RegExp;

type ChainName = 'Solana' | 'Aptos' | 'Sui';

/** Where a chain is, and who is sent something there. */
export interface Receiver {
  readonly endpoint: string;
  readonly address: string;
}

const BALANCES = {
  Solana: solanaBalance,
  Aptos: aptosBalance,
  Sui: suiBalance,
} satisfies Record<ChainName, unknown>;

interface FirstTransfer {
  readonly chain: ChainName;
  /** In the window in which the local chain is added. */
  readonly added: readonly Said[];
  /** In the window in which a tenth of a coin is sent. */
  readonly sent: readonly Said[];
  /** What must not be said of it. */
  readonly unsaid: RegExp;
}

const ADDRESS = /^0x[0-9a-f]{64}$/;

export const FIRST_TRANSFERS: readonly FirstTransfer[] = [
  {
    chain: 'Solana',
    added: ['Genesis hash', 'SOL'],
    sent: [
      '−0.100005 SOL',
      '+0.1 SOL',
      'Fee, paid by you',
      '0.000005 SOL',
      /^In \d+ blocks, about \d+ seconds$/,
      '1. Transfer · System Program',
      'amount: 0.1 SOL',
      /^State read from 127\.0\.0\.1:\d+ at slot \d+\. The outcome holds for that state\.$/,
    ],
    unsaid: /Danger|Be careful|would fail|gas|undefined|NaN/,
  },
  {
    chain: 'Aptos',
    added: ['Chain id', 'APT'],
    sent: [
      /^−0\.1\d* APT$/,
      '+0.1 APT',
      'Fee, paid by you',
      /^0\.0\d* APT$/,
      '1. Transfer · Aptos Framework (aptos_account)',
      /^recipient: 0x[0-9a-f]{64}$/,
      'amount: 0.1 APT',
      /^State read from 127\.0\.0\.1:\d+ at ledger version \d+\. The outcome holds for that state\.$/,
    ],
    unsaid: /Danger|Be careful|would fail|lamport|slot|undefined|NaN/,
  },
  {
    chain: 'Sui',
    added: ['Chain identifier', 'SUI'],
    sent: [
      /^−0\.1\d* SUI$/,
      '+0.1 SUI',
      'Fee, paid by you',
      /^0\.0\d* SUI$/,
      'Nobody else can change what it uses: until this epoch of the chain ends, it does just this.',
      '1. Split coins · Sui',
      'amount: 0.1 SUI',
      '2. Transfer objects · Sui',
      /^to: 0x[0-9a-f]{64}$/,
      /^State read from 127\.0\.0\.1:\d+ at checkpoint \d+\.$/,
    ],
    unsaid: /Danger|Be careful|would fail|lamport|slot|octa|undefined|NaN/,
  },
];

/** From the first page to a confirmed transfer on each chain. */
export async function makeFirstTransfers(
  page: Page,
  metamask: MetaMask,
  receivers: Readonly<Record<ChainName, Receiver>>,
): Promise<void> {
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const { origin } = new URL(page.url());
  const { user } = metamask;
  await button('Install Lookahead').click();
  await button('Connect').click();
  await button('Continue').waitFor();
  const shared = user.window('Connect accounts?').texts;
  expectSaid(shared, [origin, /^Solana account 1/, /^Aptos account 1/, /^Sui account 1/, ADDRESS]);
  await button('Continue').click();

  for (const { added, chain, sent, unsaid } of FIRST_TRANSFERS) {
    const { address, endpoint } = receivers[chain];
    const balance = () => BALANCES[chain]({ endpoint }, address);
    const before = await balance();
    if (chain !== 'Solana') await button(`Try it on ${chain}`).click();
    // In other words where there is some from before: MetaMask's phrase is always the same here.
    await page.getByRole('button', { name: /^Get (test money|more)$/ }).click();
    await button('Continue').click();
    await button('Review in MetaMask').click();
    await page.getByText(/^Confirmed (in|at)/).waitFor({ timeout: 60_000 });
    assert((await balance()) > before, `nothing arrived on ${chain}`);
    expectSaid(user.window('Add a network?').texts, [origin, /^127\.0\.0\.1:\d+$/, ...added]);
    const { texts } = user.window('Send this transaction?');
    expectSaid(texts, [origin, /^Local .*\(for testing\)$/, ...sent]);
    assert.doesNotMatch(texts.join('\n'), unsaid);
    const own = texts[texts.indexOf('Your account') + 1] ?? '';
    assert(shared.includes(own), `${own} was not shared with the site`);
  }
  // Connected once; on each chain a network added, and one transaction.
  assert.equal(user.read.length, 7);
}

export function expectSaid(texts: readonly string[], said: readonly Said[]): void {
  for (const one of said) {
    const isThere = texts.some((text) => (one instanceof RegExp ? one.test(text) : one === text));
    assert(isThere, `${String(one)} is not in:\n${texts.join('\n')}`);
  }
}
