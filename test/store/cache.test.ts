import { Cache } from '../../src/store';
import { SnapHost } from '../support/snap-host';

let host: SnapHost;
beforeEach(() => {
  host = new SnapHost().install();
});

it('keeps values across a restart of the snap', async () => {
  const cache = new Cache();
  await cache.set('program', 'elf');
  await cache.flush();
  expect(await new Cache().get('program')).toBe('elf');
});

it('writes to the unencrypted state only, and only when something is new', async () => {
  const cache = new Cache();
  await cache.set('program', 'elf');
  await cache.flush();
  await cache.get('program');
  await cache.flush();
  const writes = host.requests.filter(
    ({ params }) => (params as { operation: string }).operation === 'update',
  );
  expect(writes).toHaveLength(1);
  expect(host.encrypted).toBeNull();
});

it('lets go of the least recently used', async () => {
  const cache = new Cache(10);
  await cache.set('a', '12345');
  await cache.set('b', '12345');
  await cache.get('a');
  await cache.set('c', '12345');
  expect(await Promise.all(['a', 'b', 'c'].map((key) => cache.get(key)))).toEqual([
    '12345',
    undefined,
    '12345',
  ]);
});

it('does not keep what is larger than all of it', async () => {
  const cache = new Cache(10);
  await cache.set('a', '1');
  await cache.set('big', 'x'.repeat(11));
  expect(await cache.get('big')).toBeUndefined();
  expect(await cache.get('a')).toBe('1');
});

it('is empty where it cannot be read', async () => {
  host.unencrypted = { version: 1, entries: 'nonsense' };
  expect(await new Cache().get('a')).toBeUndefined();
});
