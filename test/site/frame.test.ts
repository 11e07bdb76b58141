/** Addresses of pages, versions of the snap, devices, amounts and times, as the frame reads them. */
import { hrefOf, parseRoute } from '../../site/src/frame/route';
import { ago } from '../../site/src/parts/ago';
import { parseAmount } from '../../site/src/parts/parse-amount';
import { deviceOf } from '../../site/src/wallet/metamask';
import { explorerOf, networkById, networksOf } from '../../site/src/wallet/networks';
import { fitOf } from '../../site/src/wallet/version';

describe('routes', () => {
  it('come back as they were written', () => {
    const href = hrefOf('transaction', ['sui', 'localnet-sui', 'a/b?c%'], {
      endpoint: 'http://x/?y=1&z',
    });
    const route = parseRoute(href);
    expect(route.page).toBe('transaction');
    expect(route.rest).toEqual(['sui', 'localnet-sui', 'a/b?c%']);
    expect(route.query.get('endpoint')).toBe('http://x/?y=1&z');
  });

  it.each([
    ['', undefined, []],
    ['#/', undefined, []],
    ['#/nowhere', undefined, []],
    ['#/start', 'start', []],
    ['#playground', 'playground', []],
    ['#/lessons/%zz', 'lessons', ['%zz']],
    ['#/constructor', undefined, []],
  ])('%s', (hash, page, rest) => {
    expect(parseRoute(hash)).toMatchObject({ page, rest });
  });
});

it.each([
  ['0.1.0', '0.1.0', 'fits'],
  ['0.1.9', '0.1.0', 'fits'],
  ['0.0.9', '0.1.0', 'too-old'],
  ['0.2.0', '0.1.0', 'newer'],
  ['1.0.0', '0.1.0', 'newer'],
  ['1.4.0', '1.2.3', 'fits'],
  ['1.2.2', '1.2.3', 'too-old'],
  ['2.0.0', '1.2.3', 'newer'],
  ['0.1.0-flask.1', '0.1.0', 'fits'],
  ['10.0.0', '9.9.9', 'newer'],
])('an installed %s where %s is wanted: %s', (installed, wanted, fit) => {
  expect(fitOf(installed, wanted)).toBe(fit);
});

it.each([
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1', 'phone'],
  ['Mozilla/5.0 (Linux; Android 14) Chrome/130.0.0.0 Mobile Safari/537.36', 'phone'],
  [
    'Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15',
    'without-extensions',
  ],
  ['Mozilla/5.0 (Macintosh) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36', 'desktop'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0', 'desktop'],
])('%s is a %s', (agent, device) => {
  expect(deviceOf(agent)).toBe(device);
});

it.each([
  ['0.5', 9, 500_000_000n],
  ['.5', 9, 500_000_000n],
  ['5.', 9, 5_000_000_000n],
  ['1,000', 9, 1_000_000_000_000n],
  [' 2 ', 8, 200_000_000n],
  ['0.000000001', 9, 1n],
  ['0.0000000001', 9, undefined],
  ['0', 9, undefined],
  ['', 9, undefined],
  ['.', 9, undefined],
  ['-1', 9, undefined],
  ['1e9', 9, undefined],
  ['1.2.3', 9, undefined],
  ['１', 9, undefined],
])('the amount “%s” at %i decimals is %s', (text, decimals, amount) => {
  expect(parseAmount(text, decimals)).toBe(amount);
});

it.each([
  [0, 'just now'],
  [42_000, '42 seconds ago'],
  [61_000, '1 minute ago'],
  [7_300_000, '2 hours ago'],
  [200_000_000, '2 days ago'],
  [-5_000, 'just now'],
])('%i ms ago is “%s”', (past, text) => {
  expect(ago(1_700_000_000_000 - past, 1_700_000_000_000)).toBe(text);
});

describe('networks', () => {
  it('are there for every kind and chain', () => {
    for (const kind of ['local', 'test', 'main'] as const) {
      for (const chain of ['solana', 'aptos', 'sui'] as const) {
        const found = networksOf(kind, chain);
        expect(found.length).toBeGreaterThan(0);
        expect(found.every(({ isTest }) => isTest === (kind !== 'main'))).toBe(true);
        expect(found.every(({ id }) => networkById(chain, id)?.chain === chain)).toBe(true);
      }
    }
  });

  it('have an explorer, their own or the site’s', () => {
    const mainnet = networkById('solana', 'solana-mainnet');
    const local = networkById('sui', 'localnet-sui');
    if (mainnet === undefined || local === undefined) throw new Error('no such network');
    expect(explorerOf(mainnet, 'abc')).toBe('https://explorer.solana.com/tx/abc');
    expect(explorerOf(local, 'abc')).toBe('#/transaction/sui/localnet-sui/abc');
  });
});
