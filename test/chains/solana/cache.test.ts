import { Keypair } from '@solana/web3.js';
import { decodeBase64, encodeBase64 } from '../../../src/chains/base64';
import { BoundedMap } from '../../../src/chains/bounded-map';
import type { KeyValueStore } from '../../../src/chains/key-value';
import { SolanaCache } from '../../../src/chains/solana/cache';
import { type Account, LOADER_V3, Pubkey } from '../../../src/vm-preview/svm';

class MapStore implements KeyValueStore {
  readonly entries = new Map<string, string>();
  async get(key: string) {
    return this.entries.get(key);
  }
  async set(key: string, value: string) {
    this.entries.set(key, value);
  }
}

const someKey = () => Pubkey.from(Keypair.generate().publicKey.toBytes());
const account = (bytes: number): Account => ({
  lamports: 2n ** 60n,
  data: new Uint8Array(bytes).fill(3),
  owner: LOADER_V3,
  executable: false,
  rentEpoch: 2n ** 64n - 1n,
});

describe('programs', () => {
  test('outlive the process through the store, with every digit', async () => {
    const store = new MapStore();
    const address = someKey();
    const program = { slot: 2n ** 60n + 1n, account: account(100) };
    await new SolanaCache(store).rememberProgram('g', address, program);
    expect(await new SolanaCache(store).program('g', address)).toEqual(program);
  });

  test('of one network are not those of another', async () => {
    const cache = new SolanaCache();
    const address = someKey();
    await cache.rememberProgram('g', address, { slot: 1n, account: account(1) });
    expect(await cache.program('h', address)).toBeUndefined();
    expect(cache.verifiedPrograms('g')).not.toBe(cache.verifiedPrograms('h'));
  });

  test('give way in the order of their last use', async () => {
    const cache = new SolanaCache(undefined, 250);
    const [a, b, c] = [someKey(), someKey(), someKey()];
    for (const address of [a, b]) {
      await cache.rememberProgram('g', address, { slot: 1n, account: account(100) });
    }
    await cache.program('g', a);
    await cache.rememberProgram('g', c, { slot: 1n, account: account(100) });
    expect(await cache.program('g', a)).toBeDefined();
    expect(await cache.program('g', b)).toBeUndefined();
    expect(await cache.program('g', c)).toBeDefined();
  });

  test.each(['not json', '{}', '{"slot":1}', '[]', 'null'])(
    'a store that holds %s',
    async (text) => {
      const store: KeyValueStore = { get: async () => text, set: async () => undefined };
      const cache = new SolanaCache(store);
      expect(await cache.program('g', someKey())).toBeUndefined();
      expect(await cache.features('g')).toBeUndefined();
      expect((await cache.hints('g')).tables.entries()).toEqual([]);
    },
  );
});

test('features and hints come back', async () => {
  const store = new MapStore();
  const cache = new SolanaCache(store);
  await cache.rememberFeatures('g', { epoch: 9n, active: ['f'], complete: true });
  const hints = await cache.hints('g');
  hints.executables.set('program', 'data');
  hints.plain.set('wallet', true);
  hints.tables.set('table', ['a', 'b']);
  hints.sysvars.set('program', ['slotHashes']);
  hints.tokens.set('mint', { decimals: 2, symbol: 'X' });
  await cache.saveHints('g');
  const again = new SolanaCache(store);
  expect(await again.features('g')).toEqual({ epoch: 9n, active: ['f'], complete: true });
  const found = await again.hints('g');
  expect([
    found.executables.get('program'),
    found.plain.get('wallet'),
    found.tables.get('table'),
    found.sysvars.get('program'),
    found.tokens.get('mint'),
  ]).toEqual(['data', true, ['a', 'b'], ['slotHashes'], { decimals: 2, symbol: 'X' }]);
});

describe('a bounded map', () => {
  test('keeps its weight', () => {
    const map = new BoundedMap<string>(10, (text) => text.length);
    map.set('a', '1234');
    map.set('b', '1234');
    map.set('a', '12');
    expect(map.weight).toBe(6);
    map.set('c', '123456');
    expect(map.entries()).toEqual([
      ['a', '12'],
      ['c', '123456'],
    ]);
    map.set('huge', '12345678901');
    expect(map.get('huge')).toBeUndefined();
    expect(map.weight).toBe(8);
  });
});

describe('base64', () => {
  test('as Node writes it', () => {
    for (let length = 0; length < 70; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length) & 255);
      const text = Buffer.from(bytes).toString('base64');
      expect(encodeBase64(bytes)).toBe(text);
      expect(decodeBase64(text)).toEqual(bytes);
    }
  });

  test.each(['A', 'AB', 'ABC', 'AB=C', '=AAA', 'AA==AA==', 'A A=', 'AAA\u0141', 'AB==', 'AAB='])(
    'not %s',
    (text) => {
      expect(() => decodeBase64(text)).toThrow('not base64');
    },
  );

  test('a megabyte takes no time to speak of', () => {
    const text = Buffer.alloc(3_000_000, 7).toString('base64');
    const start = Date.now();
    expect(decodeBase64(text)).toHaveLength(3_000_000);
    expect(Date.now() - start).toBeLessThan(2_000);
  });
});
