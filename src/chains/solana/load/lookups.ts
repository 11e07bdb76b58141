/** The addresses that a message takes from lookup tables. */
import type { Message, Pubkey } from '../../../vm-preview/svm';

/**
 * The message's keys as the chain orders them: static, then writable ones of all tables, then read-only
 * ones.
 *
 * @param tableAddresses - what a table holds; `undefined` for one that is not known or is none
 * @returns the keys that are known, and whether any is missing
 */
export function messageKeys(
  message: Message,
  tableAddresses: (table: Pubkey) => readonly Pubkey[] | undefined,
): { readonly keys: readonly Pubkey[]; readonly complete: boolean } {
  const writable: Pubkey[] = [];
  const readonly: Pubkey[] = [];
  let complete = true;
  for (const lookup of message.lookups) {
    const addresses = tableAddresses(lookup.table);
    const take = (indexes: Uint8Array, into: Pubkey[]) => {
      for (const index of indexes) {
        const address = addresses?.[index];
        if (address === undefined) complete = false;
        else into.push(address);
      }
    };
    take(lookup.writableIndexes, writable);
    take(lookup.readonlyIndexes, readonly);
  }
  return { keys: [...message.staticKeys, ...writable, ...readonly], complete };
}

/** Keys that the message may write, by `Pubkey.key`; those that the chain demotes are among them. */
export function writableKeys(
  message: Message,
  tableAddresses: (table: Pubkey) => readonly Pubkey[] | undefined,
): ReadonlySet<string> {
  const { header, staticKeys } = message;
  const signers = header.numRequiredSignatures;
  const writable = new Set<string>();
  staticKeys.forEach((key, index) => {
    const isWritable =
      index < signers
        ? index < signers - header.numReadonlySigned
        : index < staticKeys.length - header.numReadonlyUnsigned;
    if (isWritable) writable.add(key.key);
  });
  for (const lookup of message.lookups) {
    const addresses = tableAddresses(lookup.table);
    for (const index of lookup.writableIndexes) {
      const address = addresses?.[index];
      if (address !== undefined) writable.add(address.key);
    }
  }
  return writable;
}
