/** Keys of the chain's own values. */
import { fullAddress } from '../../src/chains/aptos/address';
import { objectKey, resourceKey } from '../../src/chains/aptos/load/keys';

export { objectKey, resourceKey };

export const accountKey = (address: Uint8Array): string => fullAddress(address);

export const CHAIN_ID = resourceKey('0x1', '0x1::chain_id::ChainId');
export const TIMESTAMP = resourceKey('0x1', '0x1::timestamp::CurrentTimeMicroseconds');
export const CONFIGURATION = resourceKey('0x1', '0x1::reconfiguration::Configuration');
export const GAS_SCHEDULE = resourceKey('0x1', '0x1::gas_schedule::GasScheduleV2');

export const accountResource = (address: string) => resourceKey(address, '0x1::account::Account');
