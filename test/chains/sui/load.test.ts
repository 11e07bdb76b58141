/** Rounds of questions, and what is kept between previews. */
import { Transaction } from '@mysten/sui/transactions';
import { createSuiCache, type Execute, previewTransaction } from '../../../src/chains/sui';
import { addressBytes } from '../../../src/chains/sui/address';
import {
  MissingObjectsError,
  type ObjectRequest,
  type SuiObject,
} from '../../../src/vm-preview/move/sui';
import { type FakeNode, fakeNode } from './node';
import { ALICE, coin, moveObject } from './objects';
import { alices, NOTHING_DONE } from './transactions';

const gas = coin('0xc1', ALICE, 10n ** 9n);
const POOL = moveObject({
  id: '0xb1',
  type: '0x2::bag::Bag',
  owner: { kind: 'shared', initialVersion: 3n },
  version: 8n,
  fields: (writer) => writer.u64(2n),
});

const child = (id: string, version: bigint): SuiObject =>
  moveObject({
    id,
    type: '0x2::dynamic_field::Field<u64, u64>',
    owner: { kind: 'object', parent: addressBytes('0xb1') },
    version,
    fields: (writer) => writer.u64(1n).u64(2n),
  });

function packageOf(id: string, linked: readonly string[] = []): SuiObject {
  return {
    id: addressBytes(id),
    version: 1n,
    data: {
      kind: 'package',
      modules: new Map(),
      typeOrigins: [],
      linkage: new Map(
        linked.map((one) => [
          addressBytes(one).reduce((hex, byte) => hex + byte.toString(16).padStart(2, '0'), ''),
          { upgradedId: addressBytes(one), upgradedVersion: 1n },
        ]),
      ),
    },
    owner: { kind: 'immutable' },
    previousTransaction: new Uint8Array(32),
    storageRebate: 0n,
  };
}

/** A VM that reads children of the pool one after the other. */
function reading(...ids: readonly string[]): { execute: Execute; found: (bigint | null)[][] } {
  const found: (bigint | null)[][] = [];
  return {
    found,
    execute: (_transaction, state) => {
      const versions = ids.map((id) => {
        const request: ObjectRequest = {
          id: addressBytes(id),
          bound: { kind: 'atMost', version: POOL.version },
          parent: POOL.id,
        };
        return state.object(request)?.version ?? null;
      });
      found.push(versions);
      return NOTHING_DONE;
    },
  };
}

async function swap(): Promise<Uint8Array> {
  const tx = new Transaction();
  tx.moveCall({
    target: '0xa1a1a1::pool::swap',
    arguments: [tx.sharedObjectRef({ objectId: '0xb1', initialSharedVersion: 3, mutable: true })],
  });
  return alices(tx, gas);
}

let node: FakeNode;
beforeEach(() => {
  node = fakeNode([
    gas,
    POOL,
    packageOf('0xa1a1a1', ['0xa2a2a2']),
    packageOf('0xa2a2a2', ['0xa3a3a3']),
    packageOf('0xa3a3a3', ['0xa1a1a1']),
    packageOf('0x2'),
    child('0xd1', 8n),
    child('0xd2', 4n),
    // Written after the version of its root that is read.
    child('0xd2', 9n),
  ]);
  node.service.protocolVersion = 70;
});

const rounds = () => node.asked.filter((one) => one === 'Objects').length;

async function run(execute: Execute, cache = createSuiCache()) {
  const { fetch, network } = node;
  return previewTransaction({
    network,
    fetch,
    transaction: await swap(),
    account: ALICE,
    cache,
    execute,
  });
}

describe('loading', () => {
  it('reads children as of their root’s version, and what is not there as nothing', async () => {
    const vm = reading('0xd1', '0xd2', '0xd3');
    const { preview } = await run(vm.execute);
    expect(vm.found).toEqual([[8n, 4n, null]]);
    expect(preview.provenance.certainty).toBe('conditional');
    expect(preview.provenance.load?.rounds).toBe(rounds() + 1);
  });

  it('asks for children at once that such calls read before', async () => {
    const cache = createSuiCache();
    await run(reading('0xd1', '0xd2', '0xd3').execute, cache);
    // Inputs, two rounds of packages in a cycle, three children.
    expect(rounds()).toBe(6);
    node.asked.length = 0;
    await run(reading('0xd1', '0xd2', '0xd3').execute, cache);
    expect(rounds()).toBe(2);
  });

  it('keeps hints and the framework beyond the process', async () => {
    const kept = new Map<string, string>();
    const store = {
      get: async (key: string) => kept.get(key),
      set: async (key: string, value: string) => {
        kept.set(key, value);
      },
    };
    await run(reading('0xd1').execute, createSuiCache(store));
    node.asks.length = 0;
    await run(reading('0xd1').execute, createSuiCache(store));
    const asked = JSON.stringify(node.asks);
    // 0x1 and 0x3 are not on this chain; 0x2 is, and is asked for once in an epoch.
    expect(asked).not.toContain(`${'0'.repeat(63)}2"`);
    node.service.epoch += 1;
    node.asks.length = 0;
    await run(reading('0xd1').execute, createSuiCache(store));
    expect(JSON.stringify(node.asks)).toContain(`${'0'.repeat(63)}2"`);
  });

  it.each([
    '{',
    '{"version":1}',
    'null',
    '{"version":1,"reads":[["a",["zz zz"]]],"coins":[],"displays":[],"packages":[]}',
  ])('forgets what was kept badly: %s', async (text) => {
    const store = { get: async () => text, set: async () => undefined };
    const vm = reading('0xd1');
    await run(vm.execute, createSuiCache(store));
    expect(vm.found).toEqual([[8n]]);
  });

  it('names the versions of a program that was used before', async () => {
    const cache = createSuiCache();
    node.published.set(
      `0x${'a1a1a1'.padStart(64, '0')}`,
      Date.parse(node.service.time) - 3_600_000,
    );
    const { preview } = await run(reading().execute, cache);
    expect(preview.warnings.map(({ code }) => code)).toEqual(['package-new', 'unknown-package']);
  });

  it('ends where a run asks for ever more', async () => {
    let next = 0;
    const execute: Execute = (_transaction, state) => {
      next += 1;
      state.object({ id: addressBytes(next.toString(16)), bound: { kind: 'exact', version: 1n } });
      throw new MissingObjectsError([
        { id: addressBytes((next + 1_000).toString(16)), bound: { kind: 'exact', version: 1n } },
      ]);
    };
    await expect(run(execute)).rejects.toMatchObject({ kind: 'state', code: 'state-incomplete' });
  });
});
