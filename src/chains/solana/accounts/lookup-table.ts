/** Address lookup tables. Source: solana-sdk `address-lookup-table-interface/src/state.rs`. */
import type { Account } from '../../../vm-preview/svm/account';
import { Pubkey } from '../../../vm-preview/svm/pubkey';
import { ByteReader, tryRead } from '../bytes';
import { LOOKUP_TABLE_PROGRAM } from '../programs';

/** In bytes; the addresses follow. */
export const LOOKUP_TABLE_HEADER_BYTES = 56;
const ACTIVE = 0xffff_ffff_ffff_ffffn;

export interface LookupTable {
  readonly authority: string | null;
  readonly deactivated: boolean;
  readonly addresses: readonly Pubkey[];
}

/** A lookup table, or `undefined` when the account is none. */
export function parseLookupTable(account: Account | undefined): LookupTable | undefined {
  if (account?.owner.toBase58() !== LOOKUP_TABLE_PROGRAM) return undefined;
  const { data } = account;
  return tryRead(() => {
    const reader = new ByteReader(data);
    if (reader.u32() !== 1) return undefined;
    const deactivationSlot = reader.u64();
    reader.skip(9);
    const authority = reader.optionPubkey()?.toBase58() ?? null;
    const listed = data.length - LOOKUP_TABLE_HEADER_BYTES;
    if (listed < 0 || listed % 32 !== 0) return undefined;
    const addresses: Pubkey[] = [];
    for (let offset = LOOKUP_TABLE_HEADER_BYTES; offset < data.length; offset += 32) {
      addresses.push(Pubkey.from(data.subarray(offset, offset + 32)));
    }
    return { authority, deactivated: deactivationSlot !== ACTIVE, addresses };
  });
}
