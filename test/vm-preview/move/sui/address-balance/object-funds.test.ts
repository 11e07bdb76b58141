/** What is taken beyond what the transaction reserves: from the balances of objects. */
import { CannotPreview, StateError } from '../../../../../src/vm-preview/errors';
import { Address } from '../../../../../src/vm-preview/move/core/values';
import {
  type AccumulatorWrite,
  balanceChange,
  mergedWrites,
  requireObjectFunds,
  requireRepresentable,
  settledFunds,
} from '../../../../../src/vm-preview/move/sui/address-balance';
import {
  addressBalanceObject,
  balanceOf,
  GAS_COIN,
  SUI,
} from '../../../../../src/vm-preview/move/sui/data';
import type { SuiObject, SuiState } from '../../../../../src/vm-preview/move/sui/state';

const OBJECT = Address.parse('0x0b1').bytes;
const STAMP = { version: 1n, previousTransaction: new Uint8Array(32), storageRebate: 0n };

function holding(value: bigint): SuiState {
  const kept = addressBalanceObject({ owner: OBJECT, currency: SUI, value }, STAMP);
  return {
    object: ({ id }): SuiObject | null =>
      id.every((byte, i) => byte === kept.id[i]) ? kept : null,
  };
}

const changes = (...amounts: readonly bigint[]): readonly AccumulatorWrite[] =>
  amounts.map((amount) => balanceChange(OBJECT, amount));

describe('a withdrawal that nothing reserves', () => {
  it('is of what is there at each point of the run', () => {
    expect(() => requireObjectFunds(changes(-60n, -40n), [], holding(100n))).not.toThrow();
    expect(() => requireObjectFunds(changes(-60n, 60n, -60n), [], holding(60n))).not.toThrow();
    expect(() => requireObjectFunds(changes(-60n, -41n), [], holding(100n))).toThrow(CannotPreview);
    // That it comes back later is too late.
    expect(() => requireObjectFunds(changes(-101n, 50n), [], holding(100n))).toThrow(CannotPreview);
    expect(() => requireObjectFunds(changes(50n, -101n), [], holding(51n))).not.toThrow();
  });

  it('may be covered by what is reserved', () => {
    const reserved = [{ owner: OBJECT, currency: SUI, amount: 70n }];
    expect(() => requireObjectFunds(changes(-70n), reserved, holding(0n))).not.toThrow();
    expect(() => requireObjectFunds(changes(-71n), reserved, holding(0n))).toThrow(CannotPreview);
    const others = [{ owner: OBJECT, currency: GAS_COIN, amount: 70n }];
    expect(() => requireObjectFunds(changes(-1n), others, holding(0n))).toThrow(CannotPreview);
  });

  it('is of balances alone', () => {
    const owner = Address.fromBytes(OBJECT);
    expect(settledFunds(holding(7n))(owner, balanceOf(SUI))).toBe(7n);
    expect(settledFunds(holding(7n))(owner, balanceOf(GAS_COIN))).toBe(0n);
    expect(() => settledFunds(holding(7n))(owner, GAS_COIN)).toThrow(CannotPreview);
  });

  it('is not of what a node says of another', () => {
    const kept = addressBalanceObject({ owner: OBJECT, currency: SUI, value: 5n }, STAMP);
    const lying: SuiState = { object: () => kept };
    expect(() => settledFunds(lying)(Address.parse('0x0b2'), balanceOf(SUI))).toThrow(StateError);
  });
});

describe('writes of a balance', () => {
  it('are netted into one, in the order of their fields', () => {
    const other = balanceChange(Address.parse('0xfe').bytes, 4n);
    const merged = mergedWrites([...changes(100n, 50n, -30n), other, ...changes(-200n)]);
    expect(merged).toHaveLength(2);
    expect(merged.map(({ id }) => id)).toEqual(merged.map(({ id }) => id).sort());
    const own = merged.find(({ address }) => address === OBJECT);
    expect(own).toMatchObject({ operation: 'split', value: { value: 80n } });
  });

  // sui-types, effects/object_change.rs: its own tests
  it.each([
    [[100n], 'merge', 100n],
    [[100n, 50n, -30n], 'merge', 120n],
    [[50n, -100n, -30n], 'split', 80n],
    [[100n, -100n], 'merge', 0n],
    [[100n, 200n, 300n], 'merge', 600n],
    [[-100n, -200n, -50n], 'split', 350n],
  ] as const)('come to what the chain makes of them', (amounts, operation, value) => {
    expect(mergedWrites(changes(...amounts))).toMatchObject([{ operation, value: { value } }]);
  });

  it('move no more SUI than there is', () => {
    const all = 10n ** 19n;
    expect(() => requireRepresentable(changes(all, -all))).not.toThrow();
    expect(() => requireRepresentable(changes(all, 1n))).toThrow();
    const elsewhere = balanceChange(Address.parse('0xfe').bytes, -1n);
    expect(() => requireRepresentable([...changes(-all), elsewhere])).toThrow();
  });
});
