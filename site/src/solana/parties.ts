/** Whom and what examples and lessons on the local Solana chain have to do with. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { Pubkey } from '../../../src/vm-preview/svm/pubkey';
import type { TokenRef } from './instructions';
import type { LocalnetInfo } from './localnet';

export const U64_MAX = 2n ** 64n - 1n;
/** No program is there: whoever is given the account has it for good. */
export const THIEF = Pubkey.fromBase58('Drain11111111111111111111111111111111111111');

export function tokenOf(info: LocalnetInfo, symbol: string): TokenRef {
  const token = info.tokens.find((one) => one.symbol === symbol);
  if (token === undefined) throw new Error(`the local chain has no ${symbol}`);
  return {
    mint: Pubkey.fromBase58(token.mint),
    program: Pubkey.fromBase58(token.program),
    decimals: token.decimals,
  };
}

/** An address that nobody has used; its key is thrown away. */
export function newWallet(): Pubkey {
  return Pubkey.from(ed25519.getPublicKey(ed25519.utils.randomSecretKey()));
}
