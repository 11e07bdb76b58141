/** Accounts of the upgradeable loader. Source: solana-sdk `loader-v3-interface/src/state.rs`. */
import type { Account } from '../../../vm-preview/svm/account';
import { findProgramAddress } from '../../../vm-preview/svm/address';
import { Pubkey } from '../../../vm-preview/svm/pubkey';
import { ByteReader, tryRead } from '../bytes';
import { LOADER_V3 } from '../programs';

/** In bytes; the ELF follows. */
export const PROGRAM_DATA_HEADER_BYTES = 45;
const LOADER = Pubkey.fromBase58(LOADER_V3);

export type LoaderState =
  | { readonly kind: 'uninitialized' }
  | { readonly kind: 'buffer'; readonly authority: string | null }
  | { readonly kind: 'program'; readonly programData: Pubkey }
  | { readonly kind: 'program-data'; readonly slot: bigint; readonly authority: string | null };

/** The state of an account that belongs to the upgradeable loader. */
export function parseLoaderState(account: Account | undefined): LoaderState | undefined {
  if (account === undefined || !account.owner.equals(LOADER)) return undefined;
  return tryRead((): LoaderState | undefined => {
    const reader = new ByteReader(account.data);
    switch (reader.u32()) {
      case 0:
        return { kind: 'uninitialized' };
      case 1:
        return { kind: 'buffer', authority: reader.optionPubkey()?.toBase58() ?? null };
      case 2:
        return { kind: 'program', programData: reader.pubkey() };
      case 3:
        return {
          kind: 'program-data',
          slot: reader.u64(),
          authority: reader.optionPubkey()?.toBase58() ?? null,
        };
      default:
        return undefined;
    }
  });
}

/** Where the upgradeable loader keeps a program's ELF: known without asking. */
export function programDataAddressOf(program: Pubkey): Pubkey | undefined {
  return findProgramAddress([program.bytes], LOADER)?.address;
}
