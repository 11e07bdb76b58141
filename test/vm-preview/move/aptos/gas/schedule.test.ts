import { CannotPreview } from '../../../../../src/vm-preview/errors';
import { AptosGas } from '../../../../../src/vm-preview/move/aptos/gas';
import {
  KNOWN_FEATURE_VERSION,
  keysOf,
  parseGasSchedule,
  parseGasScheduleV1,
} from '../../../../../src/vm-preview/move/aptos/gas/schedule';
import { parseStorageGas } from '../../../../../src/vm-preview/move/aptos/gas/storage-gas';
import { BcsReader } from '../../../../../src/vm-preview/move/core/bcs';
import { genesisResource, hasGenesis } from './recorded';
import { chainResource, schedule } from './schedules';

/** Keys in the recorded resource itself. */
function recordedKeys(bytes: Uint8Array, hasVersion: boolean): string[] {
  const reader = new BcsReader(bytes);
  if (hasVersion) reader.u64('version');
  return reader.list('entries', () => {
    const key = reader.string('key');
    reader.u64('price');
    return key;
  });
}

/** How many each release of the chain has, counted in its source. */
const COUNTS = new Map([
  [0, 209],
  [3, 214],
  [13, 404],
  [24, 447],
  [36, 477],
  [43, 509],
  [52, 520],
]);

describe('names of gas parameters', () => {
  test.each([...COUNTS])('version %d has %d', (version, count) => {
    expect(new Set(keysOf(version)).size).toBe(count);
    expect(keysOf(version)).toHaveLength(count);
  });
});

const RECORDED = [
  { network: 'mainnet', resource: 'GasScheduleV2', version: 3 },
  { network: 'testnet', resource: 'GasSchedule', version: 0 },
  { network: 'devnet', resource: 'GasScheduleV2', version: 54 },
] as const;

describe.each(RECORDED)(
  'the schedule that $network began with',
  ({ network, resource, version }) => {
    const run = hasGenesis(network) ? test : test.skip;
    const bytes = hasGenesis(network)
      ? genesisResource(network, 'gas_schedule', resource)
      : undefined;
    const parse = version === 0 ? parseGasScheduleV1 : parseGasSchedule;

    run('has every name of its version, and those only where the version is known', () => {
      const parsed = parse(bytes ?? new Uint8Array());
      expect(parsed.version).toBe(version);
      expect(parsed.isKnownVersion).toBe(version <= KNOWN_FEATURE_VERSION);
      const recorded = recordedKeys(bytes ?? new Uint8Array(), version > 0);
      const known = keysOf(version);
      expect(known.filter((key) => !recorded.includes(key))).toEqual([]);
      if (parsed.isKnownVersion)
        expect(recorded.filter((key) => !known.includes(key))).toEqual(UNUSED.get(version));
    });

    run('gives a meter all it asks for', () => {
      const meter = () =>
        new AptosGas({
          schedule: parse(bytes ?? new Uint8Array()),
          features: { isEnabled: () => true },
          modules: { size: () => 0, neighbours: () => [] },
          maxGasAmount: 1000n,
          gasUnitPrice: 100n,
        });
      // The first schedule, long gone, gave integers of each kind a size of their own.
      if (version === 0) expect(meter).toThrow('gas that depends on the kind of an integer');
      else expect(meter().balance.remaining).toBe(1000n);
    });
  },
);

/** Entries that were there and that nodes did not read. */
const UNUSED = new Map([
  [
    0,
    [
      'move_stdlib.unit_test.create_signers_for_testing.base',
      'move_stdlib.unit_test.create_signers_for_testing.unit',
      'aptos_framework.hash.keccak256.base',
      'aptos_framework.hash.keccak256.per_byte',
    ],
  ],
  [3, []],
]);

describe('prices', () => {
  test('a renamed parameter is found by its name of today', () => {
    expect(
      schedule(9, { 'txn.load_data.base': 7n }).price('txn.storage_io_per_state_slot_read'),
    ).toBe(7n);
    expect(
      schedule(10, { 'txn.storage_io_per_state_slot_read': 8n }).price(
        'txn.storage_io_per_state_slot_read',
      ),
    ).toBe(8n);
    expect(schedule(10).price('txn.load_data.base')).toBe(0n);
  });

  test('what a version does not have yet, or has no more, costs nothing', () => {
    expect(schedule(13).price('instr.subst_ty_per_node')).toBe(0n);
    expect(schedule(29).price('aptos_framework.permissioned_signer.permission_address.base')).toBe(
      0n,
    );
    expect(schedule(30).price('aptos_framework.permissioned_signer.permission_address.base')).toBe(
      1n,
    );
    expect(schedule(31).price('aptos_framework.permissioned_signer.permission_address.base')).toBe(
      0n,
    );
  });

  test('a name that no version has is no price', () => {
    expect(() => schedule(52).price('instr.fly')).toThrow(CannotPreview);
  });

  test('a schedule that lacks a price of its version is refused, as the chain refuses to start', () => {
    const entries = keysOf(20)
      .filter((key) => key !== 'txn.max_ty_depth')
      .map((key) => [key, 1n] as const);
    expect(() => parseGasSchedule(chainResource(20, entries))).toThrow(
      'cannot preview: a gas schedule without the price txn.max_ty_depth',
    );
  });

  test('bytes that are no schedule are refused', () => {
    const bytes = chainResource(3, []);
    expect(() => parseGasSchedule(bytes.subarray(0, 8))).toThrow('cut off');
    expect(() => parseGasSchedule(Uint8Array.of(...bytes, 0))).toThrow();
  });
});

(hasGenesis('mainnet') ? test : test.skip)('mainnet began with prices for storage', () => {
  const bytes = genesisResource('mainnet', 'storage_gas', 'StorageGas');
  const prices = parseStorageGas(bytes ?? new Uint8Array());
  // Its curves begin at these minima (storage_gas.move, `initialize`).
  expect(prices).toEqual({
    perItemRead: 300000,
    perItemCreate: 5000000,
    perItemWrite: 300000,
    perByteRead: 300,
    perByteCreate: 5000,
    perByteWrite: 5000,
  });
});
