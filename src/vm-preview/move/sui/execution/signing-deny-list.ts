/**
 * Coins that validators sign nothing of for an address (sui-types, deny_list_v1.rs and deny_list_v2.rs,
 * `check_coin_deny_list_v2_during_signing`).
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import { BcsReader, BcsWriter } from '../../core/bcs';
import type { TypeTag } from '../../core/types';
import { Address } from '../../core/values';
import { coinCurrency, SUI, sameType } from '../data';
import type { ProtocolConfig } from '../protocol';
import { readTogether, type SuiObject, type SuiState } from '../state';
import {
  COIN_TYPE_INDEX,
  canonicalText,
  configOf,
  DENY_LIST,
  fieldValue,
  isDenied,
  isPaused,
} from './deny-list';
import { RefusedError } from './refused';

const ID_LENGTH = 32;
const BYTES: TypeTag = { kind: 'vector', element: { kind: 'u8' } };

/**
 * @param objects - all that the transaction names, those to be received among them
 * @throws RefusedError where the sender may not use one of the coins
 */
export function requireSignable(
  state: SuiState,
  protocol: ProtocolConfig,
  sender: Uint8Array,
  objects: readonly SuiObject[],
): void {
  const coinTypes = coinTypesOf(objects);
  if (coinTypes.length === 0) return;
  const configured = protocol.feature('enable_coin_deny_list_v2') ? coinTypes : [];
  readTogether([
    () => {
      if (protocol.feature('enable_coin_deny_list')) requireUnlisted(state, sender, coinTypes);
    },
    ...configured.map((coinType) => () => requireAllowed(state, sender, coinType)),
  ]);
}

/** Other than SUI, in the order of their texts. */
function coinTypesOf(objects: readonly SuiObject[]): readonly string[] {
  const found = new Set<string>();
  for (const { data } of objects) {
    const currency = data.kind === 'move' ? coinCurrency(data.type) : undefined;
    if (currency !== undefined && !sameType(currency, SUI)) found.add(canonicalText(currency));
  }
  return [...found].sort();
}

/** The settings as the next epoch will have them. */
function requireAllowed(state: SuiState, sender: Uint8Array, coinType: string): void {
  const config = configOf(state, coinType);
  if (config === undefined) return;
  readTogether([
    () => {
      if (isPaused(state, config, undefined))
        throw new RefusedError(
          { kind: 'CoinTypeGlobalPause', coinType },
          `coins of ${coinType} are paused`,
        );
    },
    () => {
      if (isDenied(state, config, sender, undefined)) throw denied(sender, coinType);
    },
  ]);
}

/** The older list: `PerTypeList` with a table of how often an address is denied, and one of who is. */
function requireUnlisted(state: SuiState, sender: Uint8Array, coinTypes: readonly string[]): void {
  const list = coinList(state);
  if (list === undefined) return;
  const count = fieldValue(state, list.counts, { kind: 'address' }, sender);
  if (count === undefined || new BcsReader(count).u64('count') === 0n) return;
  readTogether(
    coinTypes.map((coinType) => () => {
      if (isListed(state, list.addresses, sender, coinType)) throw denied(sender, coinType);
    }),
  );
}

/** @param addresses - table of those that are denied, by the coin */
function isListed(
  state: SuiState,
  addresses: Uint8Array,
  sender: Uint8Array,
  coinType: string,
): boolean {
  const key = new BcsWriter().string(coinType).finish();
  const value = fieldValue(state, addresses, BYTES, key);
  if (value === undefined) return false;
  const listed = new BcsReader(value).list('addresses', (inner) =>
    bytesToHex(inner.take(ID_LENGTH, 'address')),
  );
  return listed.includes(bytesToHex(sender));
}

/** Ids of the tables, 32 bytes. */
function coinList(
  state: SuiState,
): { readonly counts: Uint8Array; readonly addresses: Uint8Array } | undefined {
  const id = Address.parse(DENY_LIST).bytes;
  const root = state.object({ id, bound: { kind: 'latest' } });
  if (root?.data.kind !== 'move') return undefined;
  // `DenyList { id, lists: Bag { id, size } }`
  const bag = root.data.contents.subarray(ID_LENGTH, 2 * ID_LENGTH);
  const key = new BcsWriter().u64(COIN_TYPE_INDEX).finish();
  const value = fieldValue(state, bag, { kind: 'u64' }, key);
  if (value === undefined) return undefined;
  const reader = new BcsReader(value);
  reader.take(ID_LENGTH, 'id');
  const counts = reader.take(ID_LENGTH, 'counts').slice();
  reader.u64('size');
  return { counts, addresses: reader.take(ID_LENGTH, 'addresses').slice() };
}

const denied = (address: Uint8Array, coinType: string): RefusedError =>
  new RefusedError(
    { kind: 'AddressDeniedForCoin', address, coinType },
    `the sender is denied coins of ${coinType}`,
  );
