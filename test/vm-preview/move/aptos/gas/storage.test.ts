import { checkChangeSet } from '../../../../../src/vm-preview/move/aptos/gas/change-set-limits';
import { ioPricing } from '../../../../../src/vm-preview/move/aptos/gas/io-pricing';
import { spacePricing } from '../../../../../src/vm-preview/move/aptos/gas/space-pricing';
import type { StateWrite } from '../../../../../src/vm-preview/move/aptos/gas/state-write';
import type { StateMetadata } from '../../../../../src/vm-preview/move/aptos/state';
import { type Prices, schedule } from './schedules';

const METADATA: StateMetadata = { slotDeposit: 0n, bytesDeposit: 0n, creationTimeMicros: 0n };

function write(kind: StateWrite['kind'], parts: Partial<StateWrite>): StateWrite {
  return {
    kind,
    keySize: 3,
    encodedKeySize: 5,
    size: 0,
    previousSize: 0,
    metadata: METADATA,
    ...parts,
  };
}

const deposits = ({ slotDeposit, bytesDeposit }: StateMetadata = METADATA) => [
  slotDeposit,
  bytesDeposit,
];

describe('storage fees with deposits', () => {
  // The cases of `test_bytes_deposit` in aptos-vm-types, storage/space_pricing.rs.
  const fee = (perByte: bigint, change: StateWrite) =>
    spacePricing(
      schedule(52, {
        'txn.storage_fee_per_state_byte': perByte,
        'txn.storage_fee_per_state_slot': 1000n,
      }),
      true,
    ).write(change);
  const modified = (bytesDeposit: bigint, previousSize: number, size: number) =>
    write('modification', {
      size,
      previousSize,
      metadata: { ...METADATA, slotDeposit: 1000n, bytesDeposit },
    });

  test('a new slot pays for itself and its bytes', () => {
    const { charge, refund, metadata } = fee(5n, write('creation', { size: 2 }));
    expect([charge, refund, ...deposits(metadata)]).toEqual([1025n, 0n, 1000n, 25n]);
  });

  test.each([
    ['as large as before', 5n, 0n, 2, 2, 0n, 0n],
    ['grows at a new price', 20n, 0n, 2, 4, 40n, 40n],
    ['grows by a byte at a lower price', 10n, 40n, 4, 5, 10n, 50n],
    ['grows up to what it would cost today', 6n, 50n, 5, 6, 4n, 54n],
    ['has already paid more than it would cost today', 5n, 54n, 6, 7, 0n, 54n],
    ['shrinks', 5n, 54n, 7, 2, 0n, 54n],
  ])('a slot that %s', (_, perByte, before, previousSize, size, paid, after) => {
    const { charge, refund, metadata } = fee(perByte, modified(before, previousSize, size));
    expect([charge, refund, ...deposits(metadata)]).toEqual([paid, 0n, 1000n, after]);
  });

  test('a slot that is freed gives back all', () => {
    const freed = write('deletion', {
      previousSize: 2,
      metadata: { ...METADATA, slotDeposit: 1000n, bytesDeposit: 54n },
    });
    const { charge, refund } = fee(5n, freed);
    expect([charge, refund]).toEqual([0n, 1054n]);
  });

  test('a value without metadata gets some', () => {
    const legacy = write('modification', { size: 4, previousSize: 2, metadata: undefined });
    expect(deposits(fee(5n, legacy).metadata)).toEqual([0n, 10n]);
  });

  test('events and transactions cost nothing, and an account needs 300 bytes', () => {
    const pricing = spacePricing(
      schedule(52, {
        'txn.storage_fee_per_state_byte': 40n,
        'txn.storage_fee_per_state_slot': 40_000n,
      }),
      true,
    );
    expect(pricing.events([10_000])).toBe(0n);
    expect(pricing.transaction(10_000)).toBe(0n);
    expect(pricing.accountCreation).toBe(52_000n);
    expect(pricing.accountCreationMinimum).toBe(48_320n);
  });

  test('a first transfer as the chain recorded it', () => {
    // e2e-tests/goldens, create_account: an object of 246 bytes at a group of 0x1::object::ObjectGroup.
    const pricing = spacePricing(
      schedule(43, {
        'txn.storage_fee_per_state_byte': 40n,
        'txn.storage_fee_per_state_slot': 40_000n,
      }),
      true,
    );
    const key = 32 + 1 + 32 + (1 + 'object'.length) + (1 + 'ObjectGroup'.length) + 1;
    const { charge, metadata } = pricing.write(write('creation', { keySize: key, size: 246 }));
    expect([charge, metadata?.bytesDeposit]).toEqual([53_240n, 13_240n]);
  });
});

describe('storage fees with free bytes', () => {
  const prices: Prices = {
    'txn.legacy_storage_fee_per_state_slot_create': 50_000n,
    'txn.legacy_storage_fee_per_excess_state_byte': 50n,
    'txn.legacy_storage_fee_per_event_byte': 20n,
    'txn.legacy_storage_fee_per_transaction_byte': 20n,
    'txn.legacy_free_event_bytes_quota': 1024n,
    'txn.free_write_bytes_quota': 1024n,
    'txn.large_transaction_cutoff': 600n,
  };
  const pricing = spacePricing(schedule(14, prices), false);

  test('bytes over a kilobyte are paid at each write', () => {
    expect(pricing.write(write('creation', { size: 1021 })).charge).toBe(50_000n);
    expect(pricing.write(write('creation', { size: 1023 })).charge).toBe(50_100n);
    expect(pricing.write(write('modification', { size: 1023, previousSize: 1023 })).charge).toBe(
      100n,
    );
  });

  test('a slot remembers its deposit where the chain keeps metadata', () => {
    expect(deposits(pricing.write(write('creation', {})).metadata)).toEqual([50_000n, 0n]);
    expect(pricing.write(write('creation', { metadata: undefined })).metadata).toBeUndefined();
  });

  test('a freed slot gives its deposit back', () => {
    const freed = write('deletion', { metadata: { ...METADATA, slotDeposit: 7n } });
    expect(pricing.write(freed).refund).toBe(7n);
  });

  test('events share a kilobyte, a transaction has its cutoff', () => {
    expect(pricing.events([500, 524])).toBe(0n);
    expect(pricing.events([500, 525])).toBe(20n);
    expect(pricing.transaction(600)).toBe(0n);
    expect(pricing.transaction(602)).toBe(40n);
  });

  test('the first versions with fees name them otherwise', () => {
    const early = schedule(7, {
      'txn.storage_fee_per_state_slot_create': 3n,
      'txn.storage_fee_per_excess_state_byte': 1n,
      'txn.free_write_bytes_quota': 1024n,
    });
    expect(spacePricing(early, true).write(write('creation', { size: 1 })).charge).toBe(3n);
  });
});

describe('io', () => {
  const SLOTS: Prices = {
    'txn.storage_io_per_state_slot_read': 302_385n,
    'txn.storage_io_per_state_byte_read': 151n,
    'txn.storage_io_per_state_slot_write': 89_568n,
    'txn.storage_io_per_state_byte_write': 89n,
    'txn.storage_io_per_event_byte_write': 89n,
    'txn.storage_io_per_transaction_byte_write': 89n,
    'txn.free_write_bytes_quota': 1024n,
  };
  const CURVES = {
    perItemRead: 300,
    perItemCreate: 5000,
    perItemWrite: 600,
    perByteRead: 3,
    perByteCreate: 50,
    perByteWrite: 7,
  };

  test('since version 12 reads are of whole pages, and nothing is written for free', () => {
    const io = ioPricing(schedule(12, SLOTS), undefined);
    expect([0, 1, 4096, 4097].map((bytes) => io.read(true, bytes))).toEqual([
      302_385,
      302_385 + 4096 * 151,
      302_385 + 4096 * 151,
      302_385 + 8192 * 151,
    ]);
    expect(io.write(write('creation', { size: 100 }))).toBe(89_568 + 103 * 89);
    expect(io.write(write('deletion', { previousSize: 100 }))).toBe(89_568 + 3 * 89);
    expect([io.event(10), io.transaction(10)]).toEqual([0, 0]);
    const later = ioPricing(schedule(16, SLOTS), undefined);
    expect([later.event(10), later.transaction(10)]).toEqual([890, 890]);
  });

  test('versions 10 and 11 let a kilobyte be written for free', () => {
    const io = ioPricing(schedule(11, SLOTS), undefined);
    expect(io.read(false, 10)).toBe(302_385 + 1510);
    expect(io.write(write('modification', { size: 1021 }))).toBe(89_568);
    expect(io.write(write('creation', { size: 1022 }))).toBe(89_568 + 89);
    expect(io.write(write('deletion', {}))).toBe(0);
  });

  test('before, prices are those of the epoch', () => {
    const io = ioPricing(schedule(3), CURVES);
    expect(io.read(false, 10)).toBe(330);
    expect(io.write(write('creation', { size: 1022 }))).toBe(5050);
    expect(io.write(write('modification', { size: 1023 }))).toBe(614);
    expect(io.write(write('deletion', {}))).toBe(0);
    // Without a free kilobyte, and with all of the key's BCS.
    expect(ioPricing(schedule(2), CURVES).write(write('creation', { size: 1 }))).toBe(5300);
    expect(
      ioPricing(schedule(5, { 'txn.free_write_bytes_quota': 0n }), CURVES).write(
        write('modification', { size: 1 }),
      ),
    ).toBe(628);
  });

  test('the first version, and a chain without prices of the epoch, have fixed ones', () => {
    const prices: Prices = {
      'txn.load_data.base': 1000n,
      'txn.load_data.per_byte': 2n,
      'txn.load_data.failure': 5n,
      'txn.write_data.per_op': 100n,
      'txn.write_data.per_byte_in_key': 10n,
      'txn.write_data.new_item': 7000n,
      'txn.write_data.per_byte_in_val': 3n,
    };
    for (const io of [
      ioPricing(schedule(0, prices), CURVES),
      ioPricing(schedule(4, prices), undefined),
    ]) {
      expect([io.read(true, 10), io.read(false, 10)]).toEqual([1020, 1005]);
      expect(io.write(write('creation', { size: 4 }))).toBe(7162);
      expect(io.write(write('modification', { size: 4 }))).toBe(162);
      expect(io.write(write('deletion', { size: 4 }))).toBe(150);
    }
  });
});

describe('limits of a change set', () => {
  const limits: Prices = {
    'txn.max_write_ops_per_transaction': 3n,
    'txn.max_bytes_per_write_op': 100n,
    'txn.max_bytes_all_write_ops_per_transaction': 150n,
    'txn.max_bytes_per_event': 50n,
    'txn.max_bytes_all_events_per_transaction': 70n,
  };
  const check =
    (version: number, sizes: readonly number[], events: readonly number[] = []) =>
    () =>
      checkChangeSet(
        schedule(version, limits),
        sizes.map((size) => write('modification', { size })),
        events,
      );

  test.each([
    ['as much as may be', [97, 47], [50, 20], true],
    ['a write too large with its key', [98], [], false],
    ['writes too large together', [97, 48], [], false],
    ['an event too large', [], [51], false],
    ['events too large together', [], [50, 21], false],
    ['too many writes', [0, 0, 0, 0], [], false],
  ])('%s', (_, sizes, events, fits) => {
    const checked = expect(check(52, sizes, events));
    if (fits) checked.not.toThrow();
    else checked.toThrow('STORAGE_WRITE_LIMIT_REACHED');
  });

  test('a deletion has no size', () => {
    const deletion = write('deletion', { previousSize: 1000 });
    expect(() => checkChangeSet(schedule(52, limits), [deletion], [])).not.toThrow();
  });

  test('the number of writes is limited since version 11, sizes since 3', () => {
    expect(check(10, [0, 0, 0, 0])).not.toThrow();
    expect(check(4, [2 ** 20 - 3, 2 ** 20 - 3])).not.toThrow();
    expect(check(4, [2 ** 20 - 2])).toThrow('STORAGE_WRITE_LIMIT_REACHED');
    expect(check(2, [2 ** 21], [2 ** 21])).not.toThrow();
  });
});
