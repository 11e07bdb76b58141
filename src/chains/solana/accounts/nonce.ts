/** Durable nonce accounts. Source: solana-sdk `nonce/src/{versions,state}.rs`. */
import type { Account } from '../../../vm-preview/svm/account';
import { ByteReader, tryRead } from '../bytes';
import { SYSTEM_PROGRAM } from '../programs';

export const NONCE_BYTES = 80;

export interface Nonce {
  readonly authority: string;
  readonly nonce: Uint8Array;
}

/** An initialized nonce, or `undefined`. */
export function parseNonce(account: Account | undefined): Nonce | undefined {
  if (account?.data.length !== NONCE_BYTES || account.owner.toBase58() !== SYSTEM_PROGRAM) {
    return undefined;
  }
  return tryRead(() => {
    const reader = new ByteReader(account.data);
    const version = reader.u32();
    const state = reader.u32();
    if (version > 1 || state !== 1) return undefined;
    return { authority: reader.pubkey().toBase58(), nonce: reader.take(32) };
  });
}
