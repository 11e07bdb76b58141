import { checkGas, type GasBid } from '../../../../../src/vm-preview/move/aptos/gas/check';
import { type Prices, schedule } from './schedules';

const DEFAULT_ACCOUNT_RESOURCE = 91;
const FUNGIBLE_STORE = 90;
const REFUNDABLE_BYTES = 51;

const PRICES: Prices = {
  'txn.max_transaction_size_in_bytes': 1000n,
  'txn.max_transaction_size_in_bytes.gov': 5000n,
  'txn.maximum_number_of_gas_units': 2000n,
  'txn.min_price_per_gas_unit': 100n,
  'txn.max_price_per_gas_unit': 500n,
  'txn.encrypted_txn_min_price_per_gas_unit': 200n,
  'txn.gas_unit_scaling_factor': 10n,
  'txn.min_transaction_gas_units': 95n,
  'txn.large_transaction_cutoff': 600n,
  'txn.intrinsic_gas_per_byte': 3n,
  'txn.keyless.base': 40n,
  'txn.slh_dsa_sha2_128s.base': 50n,
  'txn.encrypted_txn_decryption.base': 60n,
  'txn.storage_fee_per_state_slot': 40_000n,
  'txn.storage_fee_per_state_byte': 40n,
};

const BID: GasBid = {
  size: 600,
  scriptSize: 0,
  maxGasAmount: 2000n,
  gasUnitPrice: 100n,
  surcharges: [],
  isGovernance: false,
  createsAccount: false,
};

const refusal = (parts: Partial<GasBid>, flags: readonly number[] = [], version = 52) =>
  checkGas(
    schedule(version, PRICES),
    { isEnabled: (flag) => flags.includes(flag) },
    { ...BID, ...parts },
  );

test.each<[string, Partial<GasBid>, string | undefined]>([
  ['that is as it should be', {}, undefined],
  ['of the largest size', { size: 1000 }, undefined],
  ['too large', { size: 1001 }, 'EXCEEDED_MAX_TRANSACTION_SIZE'],
  ['with too much gas', { maxGasAmount: 2001n }, 'MAX_GAS_UNITS_EXCEEDS_MAX_GAS_UNITS_BOUND'],
  ['with just enough gas', { maxGasAmount: 10n }, undefined],
  ['with too little gas', { maxGasAmount: 9n }, 'MAX_GAS_UNITS_BELOW_MIN_TRANSACTION_GAS_UNITS'],
  [
    'with bytes to pay for',
    { maxGasAmount: 10n, size: 602 },
    'MAX_GAS_UNITS_BELOW_MIN_TRANSACTION_GAS_UNITS',
  ],
  ['with bytes paid for', { maxGasAmount: 11n, size: 605 }, undefined],
  ['too cheap', { gasUnitPrice: 99n }, 'GAS_UNIT_PRICE_BELOW_MIN_BOUND'],
  ['of the highest price', { gasUnitPrice: 500n }, undefined],
  ['too dear', { gasUnitPrice: 501n }, 'GAS_UNIT_PRICE_ABOVE_MAX_BOUND'],
  ['keyless', { maxGasAmount: 14n, surcharges: ['keyless'] }, undefined],
  [
    'keyless with too little gas',
    { maxGasAmount: 13n, surcharges: ['keyless'] },
    'MAX_GAS_UNITS_BELOW_MIN_TRANSACTION_GAS_UNITS',
  ],
  [
    'signed with SLH-DSA, with too little gas',
    { maxGasAmount: 14n, surcharges: ['slhDsaSha2128s'] },
    'MAX_GAS_UNITS_BELOW_MIN_TRANSACTION_GAS_UNITS',
  ],
  [
    'encrypted, too cheap',
    { surcharges: ['encrypted'] },
    'ENCRYPTED_TXN_GAS_UNIT_PRICE_BELOW_MIN_BOUND',
  ],
  ['encrypted', { surcharges: ['encrypted'], gasUnitPrice: 200n }, undefined],
  ['of governance', { isGovernance: true, size: 5000, scriptSize: 4000 }, undefined],
  [
    'of governance with too much beside its script',
    { isGovernance: true, size: 5000, scriptSize: 3999 },
    'EXCEEDED_MAX_TRANSACTION_SIZE',
  ],
  [
    'of governance, too large',
    { isGovernance: true, size: 5001, scriptSize: 4999 },
    'EXCEEDED_MAX_TRANSACTION_SIZE',
  ],
])('a transaction %s', (_, parts, expected) => {
  expect(refusal(parts)).toBe(expected);
});

test('a governance transaction had a megabyte before the schedule said so', () => {
  const governance = { isGovernance: true, scriptSize: 2 ** 20 };
  expect(refusal({ ...governance, size: 2 ** 20, maxGasAmount: 2000n }, [], 17)).toBe(
    'MAX_GAS_UNITS_BELOW_MIN_TRANSACTION_GAS_UNITS',
  );
  expect(refusal({ ...governance, size: 2 ** 20 + 1 }, [], 17)).toBe(
    'EXCEEDED_MAX_TRANSACTION_SIZE',
  );
});

describe('a transaction that makes its sender an account', () => {
  // One slot is reckoned with 40,000 and 300 bytes of 40 octas each.
  const SLOT = 52_000n;

  test.each<[string, bigint, readonly number[], boolean]>([
    [
      'with its store among its objects',
      10n + SLOT / 100n,
      [REFUNDABLE_BYTES, FUNGIBLE_STORE],
      true,
    ],
    ['a unit short', 9n + SLOT / 100n, [REFUNDABLE_BYTES, FUNGIBLE_STORE], false],
    ['with a coin store', 10n + (2n * SLOT) / 100n, [REFUNDABLE_BYTES], true],
    ['with a coin store, a unit short', 9n + (2n * SLOT) / 100n, [REFUNDABLE_BYTES], false],
  ])('%s', (_, maxGasAmount, flags, isTaken) => {
    expect(refusal({ createsAccount: true, maxGasAmount }, flags)).toBe(
      isTaken ? undefined : 'MAX_GAS_UNITS_BELOW_MIN_TRANSACTION_GAS_UNITS',
    );
  });

  test('pays nothing where gas is free', () => {
    const free = { ...PRICES, 'txn.min_price_per_gas_unit': 0n };
    const bid = { ...BID, gasUnitPrice: 0n, createsAccount: true };
    const on = { isEnabled: (flag: number) => flag === DEFAULT_ACCOUNT_RESOURCE };
    expect(checkGas(schedule(52, free), on, bid)).toBeUndefined();
    expect(checkGas(schedule(52, free), { isEnabled: () => false }, bid)).toBe(
      'MAX_GAS_UNITS_BELOW_MIN_TRANSACTION_GAS_UNITS',
    );
  });
});
