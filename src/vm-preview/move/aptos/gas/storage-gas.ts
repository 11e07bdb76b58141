import { BcsReader } from '../../core/bcs';

/** Prices that 0x1::storage_gas has for the epoch, in internal units; for feature versions 1 to 9. */
export interface StorageGas {
  readonly perItemRead: number;
  readonly perItemCreate: number;
  readonly perItemWrite: number;
  readonly perByteRead: number;
  readonly perByteCreate: number;
  readonly perByteWrite: number;
}

/** @param bytes - BCS of the resource 0x1::storage_gas::StorageGas. @throws BcsError */
export function parseStorageGas(bytes: Uint8Array): StorageGas {
  const reader = new BcsReader(bytes);
  const price = (what: string): number => Number(reader.u64(what));
  const prices: StorageGas = {
    perItemRead: price('price of an item read'),
    perItemCreate: price('price of an item created'),
    perItemWrite: price('price of an item written'),
    perByteRead: price('price of a byte read'),
    perByteCreate: price('price of a byte created'),
    perByteWrite: price('price of a byte written'),
  };
  reader.end('the storage prices');
  return prices;
}
