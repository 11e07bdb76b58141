/** Address Lookup Table Program. Source: solana-sdk `address-lookup-table-interface/src/instruction.rs`. */
import type { DecodedField } from '../../../vm-preview/model/preview';
import { type DataField, field, type InstructionSet, tagged, u32Tag } from './row';

const { hidden, u64 } = field;

const newAddresses: DataField = (reader) => {
  const fields: DecodedField[] = [];
  for (let left = reader.u64(); left > 0n; left -= 1n) {
    fields.push({ kind: 'address', label: 'new address', value: reader.pubkey().toBase58() });
  }
  return fields;
};

export const lookupTableInstructions: InstructionSet = tagged(u32Tag, {
  0: {
    name: 'CreateLookupTable',
    data: [u64('recent slot'), hidden(1)],
    accounts: ['table', 'authority', 'payer'],
  },
  1: { name: 'FreezeLookupTable', accounts: ['table', 'authority'] },
  2: {
    name: 'ExtendLookupTable',
    data: [newAddresses],
    accounts: ['table', 'authority', 'payer'],
  },
  3: { name: 'DeactivateLookupTable', accounts: ['table', 'authority'] },
  4: { name: 'CloseLookupTable', accounts: ['table', 'authority', 'recipient'] },
});
