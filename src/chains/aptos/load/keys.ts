/** Keys that usual transactions read, so that they can be asked for at once. */
import type { StateKey } from '../../../vm-preview/move/aptos/state';
import { parseTypeTag, type StructTag } from '../../../vm-preview/move/core/types';
import { APT_METADATA, APTOS_COIN, addressBytes, FRAMEWORK, primaryStore } from '../address';

function structTag(type: string): StructTag {
  const tag = parseTypeTag(type);
  if (tag.kind !== 'struct') throw new TypeError(`${type} is no struct`);
  return tag;
}

export function resourceKey(address: string, type: string | StructTag): StateKey {
  const tag = typeof type === 'string' ? structTag(type) : type;
  return { kind: 'resource', address: addressBytes(address), type: tag };
}

const OBJECT_GROUP = structTag('0x1::object::ObjectGroup');

/** All resources of an object in one value. */
export function objectKey(address: string): StateKey {
  return { kind: 'group', address: addressBytes(address), type: OBJECT_GROUP };
}

export function moduleKey(address: string, name: string): StateKey {
  return { kind: 'module', address: addressBytes(address), name };
}

export const TIMESTAMP = resourceKey(FRAMEWORK, '0x1::timestamp::CurrentTimeMicroseconds');

/**
 * What the prologue, the epilogue and gas read of the chain, whatever the transaction: today's framework
 * and those before it, which paid from coin stores.
 */
const CHAIN_RESOURCES = [
  '0x1::chain_id::ChainId',
  '0x1::features::Features',
  '0x1::gas_schedule::GasScheduleV2',
  '0x1::transaction_fee::AptosFABurnCapabilities',
  '0x1::transaction_fee::AptosCoinCapabilities',
  '0x1::coin::CoinConversionMap',
  '0x1::storage_gas::StorageGas',
] as const;

export function chainKeys(): StateKey[] {
  return [
    TIMESTAMP,
    ...CHAIN_RESOURCES.map((type) => resourceKey(FRAMEWORK, type)),
    objectKey(APT_METADATA),
  ];
}

/** What an account that signs, pays or is paid has. */
export function accountKeys(address: string): StateKey[] {
  return [
    resourceKey(address, '0x1::account::Account'),
    resourceKey(address, `0x1::coin::CoinStore<${APTOS_COIN}>`),
    objectKey(primaryStore(address, APT_METADATA)),
  ];
}

/** An account's hold on a coin, in both of its forms. */
export function coinKeys(address: string, coin: string, metadata: string): StateKey[] {
  return [
    resourceKey(address, `0x1::coin::CoinStore<${coin}>`),
    objectKey(primaryStore(address, metadata)),
    objectKey(metadata),
  ];
}

export function packageKey(address: string): StateKey {
  return resourceKey(address, '0x1::code::PackageRegistry');
}
