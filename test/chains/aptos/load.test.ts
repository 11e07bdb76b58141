/** Loading from a node that behaves, and from ones that do not. */
import { FRAMEWORK, parseAddress } from '../../../src/chains/aptos/address';
import { createAptosCache } from '../../../src/chains/aptos/cache';
import { askAhead } from '../../../src/chains/aptos/load/ahead';
import { moduleKey, objectKey, resourceKey, TIMESTAMP } from '../../../src/chains/aptos/load/keys';
import { createLoader } from '../../../src/chains/aptos/load/loader';
import { AptosRest } from '../../../src/chains/aptos/rest';
import { parseTransaction } from '../../../src/chains/aptos/transaction';
import type { HttpOptions, Usage } from '../../../src/chains/http';
import type { StateKey } from '../../../src/vm-preview/move/aptos/state';
import { BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import { type FakeNode, fakeNode, genesisState, hasDevnet } from './node';
import { transferBytes } from './transfers';

const QUICK: HttpOptions = { retryDelayMs: 1, timeoutMs: 200 };
const state = hasDevnet ? genesisState() : new Map();
const CHAIN_ID = resourceKey(FRAMEWORK, '0x1::chain_id::ChainId');

function node(): FakeNode {
  return fakeNode(new Map(state));
}

async function loaderOf(fake: FakeNode, cache = createAptosCache()) {
  const usage: Usage = { requests: 0, bytes: 0 };
  const rest = new AptosRest(fake.network.endpoint, { ...QUICK, fetch: fake.fetch, usage });
  return { usage, rest, loader: await createLoader(fake.network, rest, cache, usage) };
}

const codeOf = (error: unknown) => (error as { code?: string }).code;

async function failure(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    expect(error).toMatchObject({ kind: 'state', name: 'StateError' });
    return codeOf(error);
  }
}

(hasDevnet ? describe : describe.skip)('loading', () => {
  if (!hasDevnet) test('skipped: no fixtures', () => undefined);

  test('reads values with what was paid for them, and remembers absences', async () => {
    const fake = node();
    const metadata = { slotDeposit: 40_000n, bytesDeposit: 400n, creationTimeMicros: 7n };
    fake.put(CHAIN_ID, { bytes: Uint8Array.of(4), metadata });
    const { loader } = await loaderOf(fake);
    const absent = objectKey(parseAddress('0x1234'));
    await loader.load([CHAIN_ID, absent]);
    expect(loader.state.read(CHAIN_ID)).toEqual({ bytes: Uint8Array.of(4), metadata });
    expect(loader.state.read(absent)).toBeNull();
    const asked = fake.requests.length;
    await loader.load([CHAIN_ID, absent]);
    expect(fake.requests.length).toBe(asked);
    expect(loader.rounds).toBe(2);
  });

  test('every read is of one version', async () => {
    const fake = node();
    const { loader } = await loaderOf(fake);
    fake.ledger = { ...fake.ledger, version: 2000n };
    await loader.load([CHAIN_ID, moduleKey(FRAMEWORK, 'coin')]);
    const reads = fake.requests.slice(1);
    expect(reads.length).toBeGreaterThan(1);
    for (const read of reads) expect(read).toContain('ledger_version=1000');
  });

  test('a transfer’s modules and well-known values take two rounds, the second time too', async () => {
    const fake = node();
    const cache = createAptosCache();
    const parsed = parseTransaction(transferBytes());
    const { loader, usage } = await loaderOf(fake, cache);
    const ahead = askAhead(parsed, loader);
    await loader.load(ahead.keys, ahead.packages);
    expect(loader.rounds).toBe(2);
    const first = { ...usage };
    const again = await loaderOf(fake, cache);
    await again.loader.load(askAhead(parsed, again.loader).keys);
    process.stdout.write(
      `ahead of a transfer: ${first.requests} requests, ${first.bytes} bytes; again: ${again.usage.requests} requests, ${again.usage.bytes} bytes\n`,
    );
    expect(again.usage.bytes).toBeLessThan(first.bytes / 5);
    expect(again.loader.usesKeptFramework).toBe(true);
    // In the next epoch the framework may be another one.
    fake.ledger = { ...fake.ledger, epoch: 3n };
    const later = await loaderOf(fake, cache);
    await later.loader.load(askAhead(parsed, later.loader).keys);
    expect(later.loader.usesKeptFramework).toBe(false);
  });

  test('what is kept outlives the process', async () => {
    const stored = new Map<string, string>();
    const store = {
      get: async (key: string) => stored.get(key),
      set: async (key: string, value: string) => void stored.set(key, value),
    };
    const fake = node();
    const { loader } = await loaderOf(fake, createAptosCache(store));
    await loader.load([moduleKey(FRAMEWORK, 'coin')]);
    const lists = fake.requests.filter((one) => one.includes('/modules')).length;
    expect(lists).toBe(1);
    const { loader: again } = await loaderOf(fake, createAptosCache(store));
    await again.load([moduleKey(FRAMEWORK, 'coin')]);
    expect(fake.requests.filter((one) => one.includes('/modules')).length).toBe(1);
    expect(again.state.read(moduleKey(FRAMEWORK, 'coin'))).toEqual(
      loader.state.read(moduleKey(FRAMEWORK, 'coin')),
    );
    // What was half written, or by another version, is as if it were not there.
    for (const key of stored.keys()) stored.set(key, '{"epoch":');
    const { loader: broken } = await loaderOf(fake, createAptosCache(store));
    await broken.load([moduleKey(FRAMEWORK, 'coin')]);
    expect(fake.requests.filter((one) => one.includes('/modules')).length).toBe(2);
  });

  test('a list that is cut short is not taken for all there is', async () => {
    const fake = node();
    const empty = new BcsWriter().length(0).finish();
    fake.faults = {
      answer: (path) =>
        path.includes('/modules?') ? new Response(Uint8Array.from(empty)) : undefined,
    };
    const { loader } = await loaderOf(fake);
    const absent = moduleKey(FRAMEWORK, 'no_such_module');
    await loader.load([moduleKey(FRAMEWORK, 'chain_id'), absent]);
    expect(loader.state.read(moduleKey(FRAMEWORK, 'chain_id'))?.bytes.length).toBeGreaterThan(100);
    expect(loader.state.read(absent)).toBeNull();
  });

  test('a node without raw values serves modules and is told apart for the rest', async () => {
    const fake = node();
    fake.faults = { plain: true };
    const { loader, rest } = await loaderOf(fake);
    const app = parseAddress('0x7');
    await loader.load([moduleKey(app, 'order_placement')]);
    expect(await failure(loader.load([objectKey(app)]))).toBe('node-without-raw-values');
    expect(rest.hasMetadata).toBe(false);
  });
});

const KEYS: readonly StateKey[] = [CHAIN_ID, objectKey(parseAddress('0xa'))];

(hasDevnet ? describe : describe.skip)('a node that', () => {
  const bcs = (bytes: Uint8Array, headers = {}) =>
    new Response(Uint8Array.from(bytes), {
      headers: { 'content-type': 'application/x-bcs', ...headers },
    });
  const isRead = (path: string) => path.includes('state_values');
  const lies: Record<string, readonly [string, (fake: FakeNode) => void]> = {
    'is of another chain': [
      'wrong-network',
      (fake) => (fake.ledger = { ...fake.ledger, chainId: 1 }),
    ],
    'changes its chain': ['node-other-chain', (fake) => (fake.faults = { chainId: '1' })],
    'is behind the version asked for': [
      'node-other-version',
      (fake) => (fake.faults = { version: '999' }),
    ],
    'names no version': ['node-other-version', (fake) => (fake.faults = { version: 'new' })],
    'does not know the version': [
      'node-other-version',
      (fake) =>
        (fake.faults = {
          answer: (path) =>
            isRead(path)
              ? Response.json({ message: 'no', error_code: 'version_not_found' }, { status: 404 })
              : undefined,
        }),
    ],
    'answers for a later version': [
      'node-other-version',
      (fake) => {
        const later = new BcsWriter().u64(fake.ledger.timestampMicros + 1n).finish();
        fake.put(TIMESTAMP, { bytes: later });
      },
    ],
    'has thrown the version away': [
      'node-version-pruned',
      (fake) =>
        (fake.faults = {
          answer: (path) =>
            isRead(path)
              ? Response.json({ message: 'gone', error_code: 'version_pruned' }, { status: 410 })
              : undefined,
        }),
    ],
    'sends too much': [
      'node-answer-too-large',
      (fake) =>
        (fake.faults = {
          answer: (path) => (isRead(path) ? bcs(new Uint8Array(2 * 1024 * 1024)) : undefined),
        }),
    ],
    'announces too much': [
      'node-answer-too-large',
      (fake) =>
        (fake.faults = {
          answer: (path) =>
            isRead(path) ? bcs(Uint8Array.of(0, 0), { 'content-length': '999999999' }) : undefined,
        }),
    ],
    'sends what is no value': [
      'node-answer-malformed',
      (fake) =>
        (fake.faults = {
          answer: (path) => (isRead(path) ? bcs(Uint8Array.of(7, 1, 2)) : undefined),
        }),
    ],
    'sends bytes after the value': [
      'node-answer-malformed',
      (fake) =>
        (fake.faults = {
          answer: (path) => (isRead(path) ? bcs(Uint8Array.of(0, 1, 4, 9)) : undefined),
        }),
    ],
    'sends modules of another account': [
      'node-answer-malformed',
      (fake) =>
        (fake.faults = {
          answer: (path) =>
            path.includes('/modules')
              ? bcs(
                  new BcsWriter()
                    .length(1)
                    .bytes(new Uint8Array(32))
                    .string('coin')
                    .blob(Uint8Array.of(1))
                    .finish(),
                )
              : undefined,
        }),
    ],
    'sends a web page': [
      'node-http-error',
      (fake) =>
        (fake.faults = {
          answer: (path) => (isRead(path) ? new Response('<html>', { status: 400 }) : undefined),
        }),
    ],
    'sends a web page for its ledger': [
      'node-answered-html',
      (fake) => (fake.faults = { answer: () => new Response('<html>') }),
    ],
    'sends something else for its ledger': [
      'node-answer-malformed',
      (fake) => (fake.faults = { answer: () => Response.json({ chain_id: 'four' }) }),
    ],
    refuses: [
      'node-refused',
      (fake) =>
        (fake.faults = {
          answer: (path) =>
            isRead(path)
              ? Response.json({ message: 'bad', error_code: 'invalid_input' }, { status: 400 })
              : undefined,
        }),
    ],
    'is overloaded': [
      'node-http-error',
      (fake) =>
        (fake.faults = {
          answer: (path) => (isRead(path) ? new Response('', { status: 429 }) : undefined),
        }),
    ],
    stalls: [
      'node-timeout',
      (fake) =>
        (fake.faults = {
          answer: (path) => (isRead(path) ? new Promise<Response>(() => undefined) : undefined),
        }),
    ],
    'breaks off': [
      'node-unreachable',
      (fake) =>
        (fake.faults = {
          answer: (path) => {
            if (isRead(path)) throw new TypeError('fetch failed');
            return undefined;
          },
        }),
    ],
  };

  test.each(Object.entries(lies))('%s ends in one error', async (_, [code, lie]) => {
    const fake = node();
    lie(fake);
    const work = async () => {
      const { loader } = await loaderOf(fake);
      await loader.load([...KEYS, TIMESTAMP, moduleKey(FRAMEWORK, 'coin')]);
    };
    expect(await failure(work())).toBe(code);
  });

  test('sends code that is none cannot be previewed', async () => {
    const fake = node();
    const app = parseAddress('0x1234');
    fake.put(moduleKey(app, 'm'), { bytes: Uint8Array.of(1, 2, 3) });
    const { loader } = await loaderOf(fake);
    await expect(loader.load([moduleKey(app, 'm')])).rejects.toMatchObject({
      kind: 'unsupported',
      code: 'aptos-module-format',
    });
  });

  test('sends random bytes ends in a typed error or in values', async () => {
    let seed = 7;
    const random = () => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      return seed;
    };
    for (let run = 0; run < 300; run += 1) {
      const fake = node();
      fake.faults = {
        answer: (path) =>
          isRead(path)
            ? bcs(Uint8Array.from({ length: random() % 40 }, () => random() & 0xff))
            : undefined,
      };
      const { loader } = await loaderOf(fake);
      const code = await failure(loader.load(KEYS));
      expect([undefined, 'node-answer-malformed']).toContain(code);
    }
  });
});
