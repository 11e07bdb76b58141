import { genesisCoins } from '../../../localnet/sui/genesis';
import { balanceOf, Ledger } from '../../../localnet/sui/ledger';
import type { SuiObject } from '../../../src/vm-preview/move/sui/state';

const ALICE = `0x${'a'.repeat(64)}`;
const BOB = `0x${'b'.repeat(64)}`;

function coin(): SuiObject {
  const [first] = genesisCoins([[ALICE, [5n]]], BOB);
  if (first === undefined) throw new Error('no coin');
  return first;
}

const at = (object: SuiObject, version: bigint): SuiObject => ({ ...object, version });
const write = (object: SuiObject) => ({ id: object.id, version: object.version, object });

it('has objects by version, by the newest that is not newer, and by checkpoint', () => {
  const ledger = new Ledger();
  const object = coin();
  ledger.commit([write(object)]);
  ledger.commit([write(at(object, 4n))]);
  ledger.commit([{ id: object.id, version: 9n, object: null }]);
  const read = (kind: 'exact' | 'atMost', version: bigint) =>
    ledger.object({ id: object.id, bound: { kind, version } })?.version;
  expect([read('exact', 1n), read('exact', 2n), read('exact', 4n)]).toEqual([1n, undefined, 4n]);
  expect([read('atMost', 3n), read('atMost', 8n), read('atMost', 9n)]).toEqual([1n, 4n, undefined]);
  expect([0, 1, 2].map((checkpoint) => ledger.at(object.id, checkpoint)?.version)).toEqual([
    1n,
    4n,
    undefined,
  ]);
  expect(ledger.newest(object.id)).toBeNull();
});

it('forgets what no checkpoint that is kept can see', () => {
  const ledger = new Ledger();
  const object = coin();
  for (let version = 1n; version <= 1_500n; version += 1n)
    ledger.commit([write(at(object, version))]);
  expect(ledger.checkpoint).toBe(1_499);
  expect(ledger.oldest).toBe(499);
  const exact = (version: bigint) =>
    ledger.object({ id: object.id, bound: { kind: 'exact', version } });
  expect(exact(499n)).toBeNull();
  expect(exact(500n)?.version).toBe(500n);
  expect(ledger.at(object.id, ledger.oldest)?.version).toBe(500n);
});

it('lists what an address owns now, the richest coins first', () => {
  const ledger = new Ledger();
  const coins = genesisCoins([[ALICE, [5n, 70n, 6n]]], BOB);
  ledger.commit(coins.map(write));
  const alice = new Uint8Array(32).fill(0xaa);
  const bob = new Uint8Array(32).fill(0xbb);
  expect(ledger.ownedBy(alice, 0).map(balanceOf)).toEqual([70n, 6n, 5n]);
  const [, rich] = coins;
  if (rich === undefined) throw new Error('no coin');
  ledger.commit([write({ ...rich, version: 2n, owner: { kind: 'address', address: bob } })]);
  expect(ledger.ownedBy(alice, 1).map(balanceOf)).toEqual([6n, 5n]);
  expect(ledger.ownedBy(alice, 0).map(balanceOf)).toEqual([70n, 6n, 5n]);
  expect(ledger.ownedBy(bob, 1)).toHaveLength(2);
});
