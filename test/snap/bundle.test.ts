/** What the one bundle may contain, whoever's code it came from. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { APTOS_NETWORKS } from '../../src/chains/aptos';
import { SOLANA_NETWORKS } from '../../src/chains/solana';
import { SUI_NETWORKS } from '../../src/chains/sui';

const BUNDLE = readFileSync(join(__dirname, '../../dist/snap/dist/bundle.js'), 'utf8');

const NETWORKS = [...SOLANA_NETWORKS, ...APTOS_NETWORKS, ...SUI_NETWORKS];

describe('the bundle', () => {
  it('names no host but the nodes and explorers of the built-in networks', () => {
    const known = new Set(
      NETWORKS.flatMap(({ endpoint, explorer }) => [endpoint, explorer ?? endpoint]).map(
        (url) => new URL(url).host,
      ),
    );
    const named = new Set(
      [...BUNDLE.matchAll(/\b(?:https?|wss?):\/\/([a-z0-9.-]+(?::\d+)?)/gi)].map(
        ([, host]) => host ?? '',
      ),
    );
    expect([...named].filter((host) => !known.has(host))).toEqual([]);
    expect(named.size).toBeGreaterThan(5);
  });

  it('has none of the hosts that it is developed against', () => {
    expect(BUNDLE).not.toMatch(/localhost:\d|127\.0\.0\.1:\d/);
  });

  it('logs nothing', () => {
    expect(BUNDLE).not.toMatch(/\bconsole\s*[.[]/);
  });
});
