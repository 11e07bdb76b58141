/**
 * Address lookup tables. Source: agave `accounts-db/src/accounts.rs`
 * (`load_lookup_table_addresses_into`); solana-sdk `address-lookup-table-interface/src/state.rs`.
 */
import type { Account } from '../account';
import { InstructionFailure } from '../errors/instruction-error';
import { TransactionFailure } from '../errors/transaction-error';
import { decodeState } from '../programs/bincode';
import { ADDRESS_LOOKUP_TABLE_PROGRAM } from '../programs/ids';
import { PUBKEY_BYTES, Pubkey } from '../pubkey';
import type { StateReader } from '../state';
import type { SysvarCache } from '../sysvars/sysvar-cache';
import type { AddressTableLookup } from './message';

/** Bytes before a table's addresses. */
const META_BYTES = 56;
/** Of a table that was never deactivated. */
const NEVER = 0xffff_ffff_ffff_ffffn;

export interface LookupTable {
  readonly deactivationSlot: bigint;
  readonly lastExtendedSlot: bigint;
  /** Addresses from this index on were added in `lastExtendedSlot`. */
  readonly lastExtendedSlotStartIndex: number;
  readonly addresses: readonly Pubkey[];
}

/** `undefined` when the account's data is no table. */
export function decodeLookupTable(data: Uint8Array): LookupTable | undefined {
  if (data.length < META_BYTES || (data.length - META_BYTES) % PUBKEY_BYTES !== 0) return undefined;
  try {
    return decodeState(data, (reader) => {
      if (reader.u32() !== 1) reader.unknownVariant();
      const meta = {
        deactivationSlot: reader.u64(),
        lastExtendedSlot: reader.u64(),
        lastExtendedSlotStartIndex: reader.u8(),
      };
      reader.option(() => reader.pubkey());
      const addresses: Pubkey[] = [];
      for (let offset = META_BYTES; offset < data.length; offset += PUBKEY_BYTES) {
        addresses.push(Pubkey.from(data.subarray(offset, offset + PUBKEY_BYTES)));
      }
      return { ...meta, addresses };
    });
  } catch (thrown) {
    if (thrown instanceof InstructionFailure) return undefined;
    throw thrown;
  }
}

/** A deactivated table still works until its slot has left the SlotHashes sysvar. */
function isActive(table: LookupTable, sysvars: SysvarCache): boolean {
  const { deactivationSlot } = table;
  return (
    deactivationSlot === NEVER ||
    deactivationSlot === sysvars.clock.slot ||
    slotHashes(sysvars).some(({ slot }) => slot === deactivationSlot)
  );
}

function slotHashes(sysvars: SysvarCache): SysvarCache['slotHashes'] {
  try {
    return sysvars.slotHashes;
  } catch (thrown) {
    if (thrown instanceof InstructionFailure) throw new TransactionFailure('AccountNotFound');
    throw thrown;
  }
}

/** Addresses added in the current slot cannot be used yet. */
function activeAddresses(table: LookupTable, sysvars: SysvarCache): readonly Pubkey[] {
  if (!isActive(table, sysvars)) throw new TransactionFailure('AddressLookupTableNotFound');
  if (sysvars.clock.slot > table.lastExtendedSlot) return table.addresses;
  if (table.lastExtendedSlotStartIndex > table.addresses.length) {
    throw new TransactionFailure('InvalidAddressLookupTableData');
  }
  return table.addresses.slice(0, table.lastExtendedSlotStartIndex);
}

function tableOf(account: Account | undefined): LookupTable {
  if (account === undefined) throw new TransactionFailure('AddressLookupTableNotFound');
  if (!account.owner.equals(ADDRESS_LOOKUP_TABLE_PROGRAM)) {
    throw new TransactionFailure('InvalidAddressLookupTableOwner');
  }
  const table = decodeLookupTable(account.data);
  if (table === undefined) throw new TransactionFailure('InvalidAddressLookupTableData');
  return table;
}

export interface LoadedAddresses {
  readonly writable: readonly Pubkey[];
  readonly readonly: readonly Pubkey[];
}

/**
 * @throws TransactionFailure AddressLookupTableNotFound, InvalidAddressLookupTableOwner,
 * InvalidAddressLookupTableData, InvalidAddressLookupTableIndex
 */
export function resolveLookups(
  lookups: readonly AddressTableLookup[],
  state: StateReader,
  sysvars: SysvarCache,
): LoadedAddresses {
  const writable: Pubkey[] = [];
  const readonly: Pubkey[] = [];
  for (const lookup of lookups) {
    const addresses = activeAddresses(tableOf(state.get(lookup.table)), sysvars);
    const at = (index: number): Pubkey => {
      const address = addresses[index];
      if (address === undefined) throw new TransactionFailure('InvalidAddressLookupTableIndex');
      return address;
    };
    for (const index of lookup.writableIndexes) writable.push(at(index));
    for (const index of lookup.readonlyIndexes) readonly.push(at(index));
  }
  return { writable, readonly };
}
