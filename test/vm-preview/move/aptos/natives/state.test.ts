import {
  AggregatorStore,
  PublishRequestBox,
  timedFeatures,
} from '../../../../../src/vm-preview/move/aptos/natives/state';
import { Address } from '../../../../../src/vm-preview/move/core/values';

const HANDLE = Address.parse('0xa');
const key = (last: number): Uint8Array => Uint8Array.of(0, last);

describe('aggregators in a session', () => {
  const open = () => {
    const loaded: string[] = [];
    const store = new AggregatorStore((_, at) => {
      loaded.push(at.join());
      return at[1] === 1 ? 100n : null;
    });
    return { store, loaded };
  };

  it('are loaded once, and written only when they change', () => {
    const { store, loaded } = open();
    expect([store.read(HANDLE, key(1)), store.read(HANDLE, key(1))]).toEqual([100n, 100n]);
    expect(loaded).toEqual(['0,1']);
    expect(store.changes()).toEqual([]);
    store.write(HANDLE, key(1), 7n);
    expect(store.changes()).toEqual([{ handle: HANDLE, key: key(1), kind: 'modify', value: 7n }]);
  });

  it('leave nothing when they are made and destroyed, and a deletion when they were there', () => {
    const { store } = open();
    store.create(HANDLE, key(2), 0n);
    expect(store.inUse).toBe(1);
    store.destroy(HANDLE, key(2));
    store.destroy(HANDLE, key(1));
    expect(store.inUse).toBe(0);
    expect(store.changes()).toEqual([{ handle: HANDLE, key: key(1), kind: 'delete', value: 0n }]);
    expect(() => store.read(HANDLE, key(1))).toThrow('an aggregator that has no value');
  });

  it('must have a value', () => {
    expect(() => open().store.read(HANDLE, key(3))).toThrow('an aggregator that has no value');
  });
});

it('a session asks for one publication, and none when it was taken', () => {
  const request = {
    destination: HANDLE,
    bundle: [],
    expectedModules: [],
    allowedDependencies: undefined,
    checkCompatibility: true,
  };
  const box = new PublishRequestBox();
  box.request(request);
  expect(() => box.request(request)).toThrow(`ABORTED: ${0x030000}`);
  expect(box.take()).toBe(request);
  expect(box.take()).toBeUndefined();
  expect(() => box.request(request)).toThrow(`ABORTED: ${0x030000}`);
});

it('fixes come when each network took them, and are always on elsewhere', () => {
  const at = (time: string): bigint => BigInt(Date.parse(time)) * 1000n;
  const isOn = (chainId: number, time: string) =>
    timedFeatures(chainId, at(time)).isEnabled('FixTableNativesMemoryDoubleCounting');
  // timed_features.rs: testnet 2025-10-16 17:00, mainnet 2025-10-21 10:00, both of Los Angeles.
  expect(isOn(1, '2025-10-21T09:59:59-07:00')).toBe(false);
  expect(isOn(1, '2025-10-21T10:00:00-07:00')).toBe(true);
  expect(isOn(2, '2025-10-16T16:59:59-07:00')).toBe(false);
  expect(isOn(2, '2025-10-16T17:00:00-07:00')).toBe(true);
  expect(isOn(4, '1970-01-01T00:00:00Z')).toBe(true);
  const bytes = (time: string) => timedFeatures(1, at(time)).isEnabled('ChargeBytesForPrints');
  expect([bytes('2025-03-11T16:59:59-07:00'), bytes('2025-03-11T17:00:00-07:00')]).toEqual([
    false,
    true,
  ]);
  const sizes = (chainId: number, time: string) =>
    timedFeatures(chainId, at(time)).isEnabled('ConstantSerializedSizeLocalCache');
  expect(sizes(2, '2026-03-11T20:59:59-07:00')).toBe(false);
  expect(sizes(2, '2026-03-11T21:00:00-07:00')).toBe(true);
  expect(sizes(1, '2026-03-13T10:00:00-07:00')).toBe(true);
  const memory = (time: string) => timedFeatures(2, at(time)).isEnabled('FixMemoryUsageTracking');
  expect([memory('2025-03-07T11:59:59-08:00'), memory('2025-03-07T12:00:00-08:00')]).toEqual([
    false,
    true,
  ]);
});
