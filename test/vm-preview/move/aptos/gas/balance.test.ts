import { GasBalance } from '../../../../../src/vm-preview/move/aptos/gas/balance';
import { type Prices, schedule } from './schedules';

const SCALE: Prices = {
  'txn.gas_unit_scaling_factor': 100n,
  'txn.maximum_number_of_gas_units': 2n ** 60n,
  'txn.max_execution_gas': 5_000n,
  'txn.max_io_gas': 3_000n,
  'txn.max_storage_fee': 700n,
  'txn.max_execution_gas.gov': 8_000n,
  'txn.max_io_gas.gov': 4_000n,
  'txn.max_storage_fee.gov': 900n,
};

const balance = (version: number, maxGasAmount: bigint, isGovernance = false) =>
  new GasBalance(schedule(version, SCALE), maxGasAmount, isGovernance);

/** Gas units used in all, for execution and io, and octas for storage. */
const spent = (gas: GasBalance) => [gas.used, gas.executionGas, gas.ioGas, gas.storageFee];

test('each category is rounded up, the sum is what is missing from what is left', () => {
  const gas = balance(52, 100n);
  gas.chargeExecution(110);
  gas.chargeIo(120);
  expect(spent(gas)).toEqual([3n, 2n, 2n, 0n]);
  expect([gas.executionInternal, gas.ioInternal, gas.remaining]).toEqual([110, 120, 97n]);
});

test('a storage fee is turned into gas at the price of the transaction, rounded up', () => {
  const gas = balance(52, 100n);
  gas.chargeStorageFee(500n, 300n);
  // 500 octas of 300 a unit: 166.67 of 100 internal units for one.
  expect(gas.storageInternal).toBe(167);
  expect(spent(gas)).toEqual([2n, 0n, 0n, 500n]);
});

describe('gas that runs out', () => {
  test.each([
    ['in execution', (gas: GasBalance) => gas.chargeExecution(901), [10n, 10n, 0n, 0n]],
    ['in io', (gas: GasBalance) => gas.chargeIo(901), [10n, 1n, 9n, 0n]],
    ['in storage', (gas: GasBalance) => gas.chargeStorageFee(10n, 1n), [10n, 1n, 0n, 10n]],
  ])('%s is used up', (_, charge, figures) => {
    const gas = balance(52, 10n);
    gas.chargeExecution(100);
    expect(() => charge(gas)).toThrow('OUT_OF_GAS');
    expect(spent(gas)).toEqual(figures);
    expect(gas.remaining).toBe(0n);
  });

  test('before version 12 what was left counts for nothing', () => {
    const gas = balance(11, 10n);
    gas.chargeExecution(100);
    expect(() => gas.chargeExecution(901)).toThrow('OUT_OF_GAS');
    expect(spent(gas)).toEqual([10n, 1n, 0n, 0n]);
    const storage = balance(11, 10n);
    expect(() => storage.chargeStorageFee(11n, 1n)).toThrow('OUT_OF_GAS');
    expect(spent(storage)).toEqual([10n, 0n, 0n, 0n]);
  });

  test('all of it can be spent', () => {
    const gas = balance(52, 10n);
    gas.chargeExecution(1000);
    gas.chargeIo(0);
    expect(gas.remaining).toBe(0n);
    expect(() => gas.chargeExecution(1)).toThrow('OUT_OF_GAS');
  });
});

describe('limits', () => {
  test('the charge that goes past a limit is counted', () => {
    const gas = balance(52, 1000n);
    gas.chargeExecution(5000);
    expect(() => gas.chargeExecution(7)).toThrow('EXECUTION_LIMIT_REACHED');
    expect(gas.executionInternal).toBe(5007);
    const io = balance(52, 1000n);
    io.chargeIo(3000);
    expect(() => io.chargeIo(1)).toThrow('IO_LIMIT_REACHED');
    expect(io.ioInternal).toBe(3001);
    const storage = balance(52, 1000n);
    storage.chargeStorageFee(700n, 10n);
    expect(() => storage.chargeStorageFee(1n, 10n)).toThrow('STORAGE_LIMIT_REACHED');
    expect(storage.storageFee).toBe(701n);
  });

  test('a limit does not hide that gas is gone', () => {
    const gas = balance(52, 51n);
    gas.chargeExecution(5000);
    expect(() => gas.chargeExecution(101)).toThrow('OUT_OF_GAS');
  });

  test('io leaves the limit of execution alone', () => {
    const gas = balance(52, 1000n);
    gas.chargeExecution(4000);
    gas.chargeIo(2000);
    gas.chargeExecution(1000);
    expect(() => gas.chargeExecution(1)).toThrow('EXECUTION_LIMIT_REACHED');
  });

  test('there are none before version 7', () => {
    const gas = balance(6, 1000n);
    gas.chargeExecution(50_000);
    gas.chargeIo(40_000);
    expect(gas.remaining).toBe(100n);
  });

  test('governance has its own since version 18', () => {
    balance(18, 1000n, true).chargeExecution(8000);
    balance(18, 1000n, true).chargeIo(4000);
    expect(() => balance(18, 1000n, true).chargeExecution(8001)).toThrow('EXECUTION_LIMIT_REACHED');
    expect(() => balance(17, 1000n, true).chargeExecution(5001)).toThrow('EXECUTION_LIMIT_REACHED');
  });
});

test('gas held back while accounts authenticate themselves comes on top', () => {
  const gas = new GasBalance(schedule(52, SCALE), 50n, false, 10n);
  expect(() => new GasBalance(schedule(52, SCALE), 50n, false, 10n).chargeExecution(1001)).toThrow(
    'OUT_OF_GAS',
  );
  gas.chargeExecution(600);
  gas.inject(40n);
  gas.chargeExecution(4000);
  expect(spent(gas)).toEqual([46n, 46n, 0n, 0n]);
});

test('a schedule of zeros does not divide by zero', () => {
  const gas = new GasBalance(schedule(52, { ...SCALE, 'txn.gas_unit_scaling_factor': 0n }), 5n);
  gas.chargeExecution(2);
  expect(gas.remaining).toBe(3n);
});

test('an amount that a double does not hold is not reckoned with', () => {
  expect(() => balance(52, 2n ** 50n)).toThrow('cannot preview: gas of');
});

test('an amount over the bound of the schedule is cut to it', () => {
  const bound = { ...SCALE, 'txn.maximum_number_of_gas_units': 20n };
  expect(new GasBalance(schedule(52, bound), 2n ** 63n).remaining).toBe(20n);
});
