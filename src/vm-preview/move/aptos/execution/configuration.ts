/** What the chain's state says of how transactions run. Source: aptos-core `types/src/on_chain_config`. */
import { CannotPreview, StateError } from '../../../errors';
import { BcsReader } from '../../core/bcs';
import type { StructTag } from '../../core/types';
import { Address } from '../../core/values';
import { type GasSchedule, parseGasSchedule } from '../gas/schedule';
import type { AptosFeatures } from '../natives/context';
import type { StateKey } from '../state';
import type { ReadState } from '../storage';

export interface Configuration {
  readonly chainId: number;
  /** Of the block, since 1970. */
  readonly timestampMicros: bigint;
  readonly features: AptosFeatures;
  readonly schedule: GasSchedule;
}

const SYSTEM = Address.parse('0x1');

export function systemResource(module: string, name: string): StateKey {
  const type: StructTag = {
    kind: 'struct',
    address: SYSTEM.bytes,
    module,
    name,
    typeArguments: [],
  };
  return { kind: 'resource', address: SYSTEM.bytes, type };
}

export const CONFIGURATION_KEYS = {
  features: systemResource('features', 'Features'),
  gasSchedule: systemResource('gas_schedule', 'GasScheduleV2'),
  storageGas: systemResource('storage_gas', 'StorageGas'),
  chainId: systemResource('chain_id', 'ChainId'),
  timestamp: systemResource('timestamp', 'CurrentTimeMicroseconds'),
} as const;

/** @throws MissingStateError, CannotPreview, StateError */
export function readConfiguration(state: ReadState, chainId: number): Configuration {
  const bytes = (key: StateKey): Uint8Array | undefined => state.read(key)?.bytes;
  const schedule = bytes(CONFIGURATION_KEYS.gasSchedule);
  if (schedule === undefined)
    throw new CannotPreview('aptos-gas-schedule', 'a chain without a gas schedule');
  const own = bytes(CONFIGURATION_KEYS.chainId)?.[0];
  if (own !== chainId)
    throw new StateError('aptos-chain-id', `the state is that of chain ${own}`, { chainId });
  const timestamp = bytes(CONFIGURATION_KEYS.timestamp);
  return {
    chainId,
    timestampMicros: timestamp === undefined ? 0n : new BcsReader(timestamp).u64('timestamp'),
    features: parseFeatures(bytes(CONFIGURATION_KEYS.features)),
    schedule: scheduleOf(schedule),
  };
}

const schedules = new WeakMap<Uint8Array, GasSchedule>();

/** Read once for the same bytes: it has hundreds of prices. */
function scheduleOf(bytes: Uint8Array): GasSchedule {
  let schedule = schedules.get(bytes);
  if (schedule === undefined) {
    schedule = parseGasSchedule(bytes);
    schedules.set(bytes, schedule);
  }
  return schedule;
}

/** @param bytes - BCS of 0x1::features::Features: a vector of bytes, flag 0 the lowest bit */
export function parseFeatures(bytes: Uint8Array | undefined): AptosFeatures {
  const set = bytes === undefined ? new Uint8Array() : new BcsReader(bytes).blob('features');
  return { isEnabled: (flag) => ((set[flag >> 3] ?? 0) & (1 << (flag & 7))) !== 0 };
}

const MAINNET = 1;
const TESTNET = 2;

/** When signatures began to count for the size of a transaction, in microseconds (timed_features.rs). */
const SIGNATURES_COUNT_SINCE: ReadonlyMap<number, bigint> = new Map([
  // 2026-02-09T20:00Z and 2026-02-03T06:00Z
  [MAINNET, 1_770_667_200_000_000n],
  [TESTNET, 1_770_098_400_000_000n],
]);

/** Whether a transaction is measured with its signatures. */
export function countsSignatures({ chainId, timestampMicros }: Configuration): boolean {
  return timestampMicros >= (SIGNATURES_COUNT_SINCE.get(chainId) ?? 0n);
}
