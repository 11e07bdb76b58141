/** Metaplex token metadata: the account that says the name and symbol of a mint. */
import type { Account } from '../../../vm-preview/svm/account';
import { findProgramAddress } from '../../../vm-preview/svm/address';
import { Pubkey } from '../../../vm-preview/svm/pubkey';
import { ByteReader, tryRead } from '../bytes';
import { METADATA_PROGRAM } from '../programs';

const PROGRAM = Pubkey.fromBase58(METADATA_PROGRAM);
const SEED = new TextEncoder().encode('metadata');
/** `Key::MetadataV1`. */
const METADATA_V1 = 4;

/** The one address where a mint's Metaplex metadata can be. */
export function metadataAddress(mint: Pubkey): Pubkey | undefined {
  return findProgramAddress([SEED, PROGRAM.bytes, mint.bytes], PROGRAM)?.address;
}

/** Name and symbol, if the account is the metadata of this mint. Both are the issuer's own claim. */
export function parseMetadata(
  account: Account | undefined,
  mint: Pubkey,
): { readonly name: string; readonly symbol: string } | undefined {
  if (account?.owner.toBase58() !== METADATA_PROGRAM) return undefined;
  return tryRead(() => {
    const reader = new ByteReader(account.data);
    if (reader.u8() !== METADATA_V1) return undefined;
    reader.skip(32);
    if (!reader.pubkey().equals(mint)) return undefined;
    return { name: unpad(reader.string32()), symbol: unpad(reader.string32()) };
  });
}

/** Old metadata is filled up with zero bytes. */
function unpad(text: string): string {
  return text.replace(/\0+$/, '');
}
