import type { Value } from '../../core/values';
import type { NativeGas } from '../natives/context';
import type { AbstractSizes } from './abstract-size';
import type { GasBalance } from './balance';
import type { MemoryQuota } from './memory';
import type { GasSchedule } from './schedule';
import type { StorageGas } from './storage-gas';

/**
 * Gas as natives see it. Before release 1.32 the chain adds up what a native charges and takes it when the
 * native ends or has asked for more than is left: the sum and the outcome are the same.
 */
export class MeteredNativeGas implements NativeGas {
  readonly version: number;

  constructor(
    private readonly prices: NativePrices,
    private readonly sizes: AbstractSizes,
    private readonly balance: GasBalance,
    private readonly memory: MemoryQuota,
  ) {
    this.version = prices.version;
  }

  price(name: string): bigint {
    return this.prices.price(name);
  }

  charge(amount: bigint): void {
    this.balance.chargeExecution(Number(amount));
  }

  valueSize(value: Value): bigint {
    return BigInt(this.sizes.total(value));
  }

  countHeap(value: Value): void {
    this.memory.use(this.sizes.heap(value));
  }
}

/** For prologues and epilogues, which nobody pays for. */
export function unmeteredNativeGas(prices: NativePrices, sizes: AbstractSizes): NativeGas {
  return {
    version: prices.version,
    price: (name) => prices.price(name),
    charge: () => undefined,
    valueSize: (value) => BigInt(sizes.total(value)),
    countHeap: () => undefined,
  };
}

/** Prices of natives; those of loading a table's item follow the prices of io (aptos-vm-environment, gas.rs). */
export class NativePrices {
  readonly version: number;
  readonly #known: Map<string, bigint>;

  constructor(
    private readonly schedule: GasSchedule,
    storageGas?: StorageGas,
  ) {
    this.version = schedule.version;
    this.#known = new Map(tableLoad(schedule, storageGas));
  }

  /** @throws CannotPreview */
  price(name: string): bigint {
    let price = this.#known.get(name);
    if (price === undefined) {
      price = this.schedule.price(name);
      this.#known.set(name, price);
    }
    return price;
  }
}

function tableLoad(
  schedule: GasSchedule,
  storageGas: StorageGas | undefined,
): readonly (readonly [string, bigint])[] {
  const { version } = schedule;
  if (version < 2 || (version < 10 && storageGas === undefined)) return [];
  const [perItem, perByte] =
    version < 10 && storageGas !== undefined
      ? [BigInt(storageGas.perItemRead), BigInt(storageGas.perByteRead)]
      : [
          schedule.price('txn.storage_io_per_state_slot_read'),
          schedule.price('txn.storage_io_per_state_byte_read'),
        ];
  const isLegacy = version < 7;
  return [
    ['table.common.load.base', isLegacy ? perItem : 0n],
    ['table.common.load.base_new', isLegacy ? 0n : perItem],
    ['table.common.load.per_byte', perByte],
    ['table.common.load.failure', 0n],
  ];
}
