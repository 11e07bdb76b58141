import { number, string } from '@metamask/superstruct';
import { HintStore, HintTable, shaped } from '../../src/chains/hints';
import type { KeyValueStore } from '../../src/chains/key-value';

class MapStore implements KeyValueStore {
  readonly values = new Map<string, string>();
  reads = 0;
  async get(key: string) {
    this.reads += 1;
    return this.values.get(key);
  }
  async set(key: string, value: string) {
    this.values.set(key, value);
  }
}

const tables = () => ({
  names: new HintTable(shaped(string()), 2),
  sizes: new HintTable(shaped(number()), 10, (size) => size),
});
const open = (store?: KeyValueStore) => new HintStore(store, 'chain:hints', tables);

describe('hints', () => {
  it('are stored under their network, and come back', async () => {
    const store = new MapStore();
    const first = open(store);
    const { names, sizes } = await first.of('main');
    names.set('a', 'Ann');
    sizes.set('b', 3);
    await first.save('main');
    expect([...store.values]).toEqual([
      ['chain:hints:main', '{"version":1,"names":[["a","Ann"]],"sizes":[["b",3]]}'],
    ]);
    const again = await open(store).of('main');
    expect(again.names.get('a')).toBe('Ann');
    expect(again.sizes.get('b')).toBe(3);
    expect((await open(store).of('other')).names.entries()).toEqual([]);
  });

  it('are read once, and are in memory without a store', async () => {
    const store = new MapStore();
    const hints = open(store);
    expect(await hints.of('main')).toBe(await hints.of('main'));
    expect(store.reads).toBe(1);
    const kept = open();
    (await kept.of('main')).names.set('a', 'Ann');
    await kept.save('main');
    expect((await kept.of('main')).names.get('a')).toBe('Ann');
  });

  it('keep within their bounds when they are read', async () => {
    const store = new MapStore();
    const names = ['a', 'b', 'c'].map((key) => [key, key]);
    store.values.set('chain:hints:main', JSON.stringify({ version: 1, names, sizes: [['d', 11]] }));
    const hints = await open(store).of('main');
    expect(hints.names.entries()).toEqual([
      ['b', 'b'],
      ['c', 'c'],
    ]);
    expect(hints.sizes.entries()).toEqual([]);
  });

  it.each([
    'cut off {',
    '[]',
    '{"version":2,"names":[["a","Ann"]]}',
    '{"names":[["a","Ann"]]}',
    '{"version":1,"names":{"a":"Ann"}}',
    '{"version":1,"names":[["a"],["b","Bob",1],["c",3],[4,"Dan"],null]}',
  ])('of another shape are left out: %s', async (text) => {
    const store = new MapStore();
    store.values.set('chain:hints:main', text);
    expect((await open(store).of('main')).names.entries()).toEqual([]);
  });
});
