/** Gas schedules made up for tests. */
import {
  type GasSchedule,
  keysOf,
  parseGasSchedule,
} from '../../../../../src/vm-preview/move/aptos/gas/schedule';
import { BcsWriter } from '../../../../../src/vm-preview/move/core/bcs';

export type Prices = Readonly<Record<string, bigint>>;

/** BCS of 0x1::gas_schedule::GasScheduleV2. */
export function chainResource(
  version: number,
  entries: readonly (readonly [string, bigint])[],
): Uint8Array {
  const writer = new BcsWriter();
  writer.u64(BigInt(version));
  writer.list(entries, (_, [key, price]) => {
    writer.string(key);
    writer.u64(price);
  });
  return writer.finish();
}

/** What prices of values are in every schedule of the chain, and room to run. */
const USUAL: Prices = {
  'txn.gas_unit_scaling_factor': 1n,
  'txn.maximum_number_of_gas_units': BigInt(Number.MAX_SAFE_INTEGER),
  'txn.memory_quota': 10_000_000n,
  'txn.max_execution_gas': 1_000_000_000n,
  'txn.max_io_gas': 1_000_000_000n,
  'txn.max_storage_fee': 1_000_000_000n,
  'misc.abs_val.per_u8_packed': 1n,
  'misc.abs_val.per_u16_packed': 2n,
  'misc.abs_val.per_u32_packed': 4n,
  'misc.abs_val.per_u64_packed': 8n,
  'misc.abs_val.per_u128_packed': 16n,
  'misc.abs_val.per_u256_packed': 32n,
  'misc.abs_val.per_address_packed': 32n,
};

/** Each price 1, each value 40 units, but for those given. */
export function schedule(version: number, prices: Prices = {}): GasSchedule {
  const given: Prices = { ...USUAL, ...prices };
  const entries = keysOf(version).map((key): readonly [string, bigint] => [
    key,
    given[key] ?? (/^misc\.abs_val\.(?!per_)/.test(key) ? 40n : 1n),
  ]);
  return parseGasSchedule(chainResource(version, entries));
}
