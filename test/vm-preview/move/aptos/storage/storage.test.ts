import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AptosState,
  MissingStateError,
  type StateKey,
} from '../../../../../src/vm-preview/move/aptos/state';
import {
  type ChangeSet,
  decodeGroup,
  decodeStateKey,
  encodeGroup,
  encodeStateKey,
  ReadState,
  StateView,
  squash,
  stateKeyId,
  stateKeySize,
  type WriteOp,
} from '../../../../../src/vm-preview/move/aptos/storage';
import { BcsError } from '../../../../../src/vm-preview/move/core/bcs';
import { parseTypeTag, type StructTag } from '../../../../../src/vm-preview/move/core/types';
import { Address } from '../../../../../src/vm-preview/move/core/values';
import { readRecordings } from '../../../../conformance/aptos-replay/run';
import { genesisState } from '../../../../support/aptos-genesis';
import { FIXTURES } from '../../../../support/move-fixtures';

const fixtures = existsSync(join(FIXTURES, 'aptos/replay')) ? describe : describe.skip;

const struct = (text: string): StructTag => {
  const tag = parseTypeTag(text);
  if (tag.kind !== 'struct') throw new Error(text);
  return tag;
};
const address = Address.parse('0xa11ce').bytes;
const KEYS: readonly StateKey[] = [
  { kind: 'resource', address, type: struct('0x1::coin::CoinStore<0x1::a::B>') },
  { kind: 'group', address, type: struct('0x1::object::ObjectGroup') },
  { kind: 'module', address, name: 'coin' },
  { kind: 'tableItem', handle: address, key: Uint8Array.of(1, 2, 3) },
  { kind: 'raw', key: Uint8Array.of(9) },
];

describe('state keys', () => {
  it('are written and read', () => {
    for (const key of KEYS) expect(decodeStateKey(encodeStateKey(key))).toEqual(key);
    expect(new Set(KEYS.map(stateKeyId)).size).toBe(KEYS.length);
  });

  it('have the size that the chain charges for', () => {
    // Address, path variant, struct tag of 0x1::object::ObjectGroup.
    expect(stateKeySize({ kind: 'group', address, type: struct('0x1::object::ObjectGroup') })).toBe(
      32 + 1 + 32 + 7 + 12 + 1,
    );
    expect(stateKeySize({ kind: 'tableItem', handle: address, key: Uint8Array.of(1, 2, 3) })).toBe(
      32 + 3,
    );
  });

  it('are refused with a path or kind that there is not, or bytes that follow', () => {
    const bytes = encodeStateKey(KEYS[0] ?? { kind: 'raw', key: address });
    expect(() => decodeStateKey(Uint8Array.of(3, ...bytes.subarray(1)))).toThrow(BcsError);
    expect(() => decodeStateKey(Uint8Array.of(...bytes, 0))).toThrow(BcsError);
    expect(() => decodeStateKey(bytes.subarray(0, 40))).toThrow(BcsError);
  });
});

fixtures('recorded state (skipped: no fixtures)', () => {
  it('has keys that come back as they were', () => {
    const recordings = readRecordings(join(FIXTURES, 'aptos/replay'));
    const keys = recordings.flatMap(({ preState }) => preState.map(([key]) => key));
    expect(keys.length).toBe(143);
    for (const key of keys) expect(decodeStateKey(encodeStateKey(key))).toEqual(key);
  });

  it('has resource groups that come back as they were', () => {
    const groups = genesisState('devnet')
      .entries()
      .filter(([key]) => key.kind === 'group');
    expect(groups.length).toBe(9);
    for (const [, { bytes }] of groups) {
      const members = decodeGroup(bytes);
      expect(members.size).toBeGreaterThan(0);
      expect(encodeGroup(new Map([...members].reverse()))).toEqual(bytes);
    }
  });
});

describe('changes of several sessions', () => {
  const key = KEYS[0] ?? { kind: 'raw', key: address };
  const id = stateKeyId(key);
  const paid = { slotDeposit: 1n, bytesDeposit: 2n, creationTimeMicros: 3n };
  const op = (kind: WriteOp['kind'], byte?: number): WriteOp => ({
    key,
    kind,
    bytes: byte === undefined ? undefined : Uint8Array.of(byte),
    metadata: kind === 'creation' ? undefined : paid,
    previousSize: 0,
    isDelta: false,
  });
  const changes = (write: WriteOp): ChangeSet => ({ writes: new Map([[id, write]]), events: [] });
  const both = (first: WriteOp, second: WriteOp): WriteOp | undefined =>
    squash(changes(first), changes(second)).writes.get(id);

  it('make one of what was made and changed, changed and deleted, deleted and made again', () => {
    expect(both(op('creation', 1), op('modification', 2))).toMatchObject({
      kind: 'creation',
      bytes: Uint8Array.of(2),
    });
    expect(both(op('modification', 1), op('deletion'))).toMatchObject({ kind: 'deletion' });
    expect(both(op('creation', 1), op('deletion'))).toBeUndefined();
    // The slot was paid for before, and stays the one it was.
    expect(both(op('deletion'), op('creation', 2))).toMatchObject({
      kind: 'modification',
      bytes: Uint8Array.of(2),
      metadata: paid,
    });
  });

  it('refuse to contradict each other', () => {
    expect(() => both(op('modification', 1), op('creation', 2))).toThrow(
      expect.objectContaining({ code: 'aptos-squash' }),
    );
  });

  it('are seen by later sessions over what the chain has', () => {
    const state: AptosState = { read: () => ({ bytes: Uint8Array.of(7) }) };
    const base = new ReadState(state);
    expect(new StateView(base, changes(op('deletion'))).read(key)).toBeNull();
    expect(base.keys).toEqual([]);
    expect(new StateView(base, { writes: new Map(), events: [] }).read(key)?.bytes[0]).toBe(7);
    expect(base.keys).toEqual([key]);
  });

  it('find nothing on the chain under the handle of a new table', () => {
    const state: AptosState = {
      read: (wanted) => {
        throw new MissingStateError([wanted]);
      },
    };
    const base = new ReadState(state);
    const item: StateKey = { kind: 'tableItem', handle: address, key: Uint8Array.of(1) };
    expect(() => base.read(item)).toThrow(MissingStateError);
    base.addTable(Address.fromBytes(address));
    expect(base.read(item)).toBeNull();
  });
});
