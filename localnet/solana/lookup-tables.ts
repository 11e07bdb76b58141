import type { ParsedTransaction } from '../../src/vm-preview/svm/transaction/message';

/** Bytes before a table's addresses. */
const TABLE_HEADER_BYTES = 56;

/**
 * The addresses that a transaction loads through tables: the writable ones of all tables first.
 * One that a table does not have is left out; running the transaction fails then.
 */
export function loadedAddresses(
  transaction: Pick<ParsedTransaction, 'lookups'>,
  dataOf: (address: Uint8Array) => Uint8Array | undefined,
): readonly Uint8Array[] {
  const { writable, readonly } = loadedByAccess(transaction, dataOf);
  return [...writable, ...readonly];
}

export function loadedByAccess(
  transaction: Pick<ParsedTransaction, 'lookups'>,
  dataOf: (address: Uint8Array) => Uint8Array | undefined,
): { readonly writable: readonly Uint8Array[]; readonly readonly: readonly Uint8Array[] } {
  const at = (table: Uint8Array, indexes: Uint8Array): Uint8Array[] => {
    const data = dataOf(table) ?? new Uint8Array();
    return [...indexes]
      .map((index) => TABLE_HEADER_BYTES + index * 32)
      .filter((start) => start + 32 <= data.length)
      .map((start) => data.slice(start, start + 32));
  };
  const { lookups } = transaction;
  return {
    writable: lookups.flatMap(({ table, writableIndexes }) => at(table.bytes, writableIndexes)),
    readonly: lookups.flatMap(({ table, readonlyIndexes }) => at(table.bytes, readonlyIndexes)),
  };
}
