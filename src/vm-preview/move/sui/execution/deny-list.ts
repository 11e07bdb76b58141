/** Coins whose issuer may deny them to an address (sui-types, deny_list_v2.rs). */
import { bytesToHex } from '@noble/hashes/utils.js';
import { BcsReader, BcsWriter } from '../../core/bcs';
import { type StructTag, type TypeTag, typeTagText } from '../../core/types';
import { Address } from '../../core/values';
import { coinCurrency, SUI, sameType } from '../data';
import type { Id } from '../linkage';
import { dynamicFieldId } from '../natives';
import { readTogether, type SuiObject, type SuiState } from '../state';
import { ExecutionError } from './error';
import { sorted } from './results';

/** `0x403`, the object under which all deny lists are. */
export const DENY_LIST: Id = '403'.padStart(64, '0');
/** Bytes that reading a setting is charged as. */
const SETTING_SIZE = 1000;
export const COIN_TYPE_INDEX = 0n;

interface Owners {
  /** As the chain writes it, without 0x. */
  readonly coinType: string;
  readonly owners: readonly Id[];
}

/**
 * Who gets coins other than SUI, by the coins' type.
 *
 * @param balances - of those who get or spend what is kept outside of objects
 */
export function newCoinOwners(
  written: ReadonlyMap<Id, SuiObject>,
  balances: readonly { readonly currency: TypeTag; readonly owner: Id }[] = [],
): readonly Owners[] {
  const found = new Map<string, Set<Id>>();
  const add = (currency: TypeTag, owner: Id): void => {
    const coinType = canonicalText(currency);
    const owners = found.get(coinType) ?? new Set<Id>();
    owners.add(owner);
    found.set(coinType, owners);
  };
  for (const { currency, owner } of balances) if (!sameType(currency, SUI)) add(currency, owner);
  for (const [, { data, owner }] of sorted(written)) {
    if (data.kind !== 'move' || owner.kind !== 'address') continue;
    const currency = coinCurrency(data.type);
    if (currency === undefined || sameType(currency, SUI)) continue;
    add(currency, bytesToHex(owner.address));
  }
  return [...found]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([coinType, owners]) => ({ coinType, owners: [...owners].sort() }));
}

/** Bytes that the check is charged as. @param price - for a byte */
export function denyListBytes(all: readonly Owners[], price: number): number {
  return all.reduce((sum, { owners }) => sum + owners.length, 0) * SETTING_SIZE * price;
}

/** @throws ExecutionError CoinTypeGlobalPause, AddressDeniedForCoin; MissingObjectsError */
export function requireNotDenied(state: SuiState, epoch: bigint, all: readonly Owners[]): void {
  const configs = readTogether(
    all.map(
      ({ coinType }) =>
        () =>
          configOf(state, coinType),
    ),
  );
  readTogether(
    all.map((one, i) => () => {
      const config = configs[i];
      if (config !== undefined) requireOwnersAllowed(state, epoch, config, one);
    }),
  );
}

function requireOwnersAllowed(
  state: SuiState,
  epoch: bigint,
  config: Uint8Array,
  { coinType, owners }: Owners,
): void {
  readTogether([
    () => {
      if (isPaused(state, config, epoch))
        throw new ExecutionError({ kind: 'CoinTypeGlobalPause', coinType });
    },
    ...owners.map((owner) => () => {
      const address = Address.parse(owner).bytes;
      if (isDenied(state, config, address, epoch))
        throw new ExecutionError({ kind: 'AddressDeniedForCoin', address, coinType });
    }),
  ]);
}

/** @param epoch - in which it is asked; undefined for what will be */
export function isPaused(state: SuiState, config: Uint8Array, epoch: bigint | undefined): boolean {
  // An empty struct has one byte, which is 0.
  return setting(state, config, 'GlobalPauseKey', Uint8Array.of(0), epoch);
}

/** @param epoch - in which it is asked; undefined for what will be */
export function isDenied(
  state: SuiState,
  config: Uint8Array,
  address: Uint8Array,
  epoch: bigint | undefined,
): boolean {
  return setting(state, config, 'AddressKey', address, epoch);
}

const named = (module: string, name: string, ...typeArguments: TypeTag[]): StructTag => ({
  kind: 'struct',
  address: Address.parse('0x2').bytes,
  module,
  name,
  typeArguments,
});

const CONFIG_KEY = named('dynamic_object_field', 'Wrapper', named('deny_list', 'ConfigKey'));

/** Id of a coin's configuration object, 32 bytes: the field's value. */
export function configOf(state: SuiState, coinType: string): Uint8Array | undefined {
  const key = new BcsWriter().u64(COIN_TYPE_INDEX).string(coinType).finish();
  const value = fieldValue(state, Address.parse(DENY_LIST).bytes, CONFIG_KEY, key);
  return value?.length === 32 ? value : undefined;
}

/** `Setting<bool>` as it is in an epoch; false where there is none. */
function setting(
  state: SuiState,
  config: Uint8Array,
  keyType: string,
  key: Uint8Array,
  epoch: bigint | undefined,
): boolean {
  const value = fieldValue(state, config, named('deny_list', keyType), key);
  if (value === undefined) return false;
  const flag = (inner: BcsReader): boolean => inner.bool('setting');
  const reader = new BcsReader(value);
  const data = reader.option('setting', (inner) => ({
    newerSince: inner.u64('epoch'),
    newer: inner.option('newer value', flag),
    older: inner.option('older value', flag),
  }));
  if (data === undefined) return false;
  const isNewer = epoch === undefined || epoch > data.newerSince;
  return (isNewer ? data.newer : data.older) ?? false;
}

/** BCS of the value of a dynamic field as it is now; undefined where there is none. */
export function fieldValue(
  state: SuiState,
  parent: Uint8Array,
  keyType: TypeTag,
  key: Uint8Array,
): Uint8Array | undefined {
  const id = dynamicFieldId(parent, keyType, key);
  const object = state.object({ id, bound: { kind: 'latest' }, parent });
  if (object?.data.kind !== 'move') return undefined;
  // `Field { id, name, value }`
  return object.data.contents.subarray(32 + key.length);
}

/** Addresses of 64 digits and no prefix. */
export function canonicalText(tag: TypeTag): string {
  return typeTagText(tag, 'full')
    .replace(/0x(?=[0-9a-f]{64}::)/g, '')
    .replaceAll(', ', ',');
}
