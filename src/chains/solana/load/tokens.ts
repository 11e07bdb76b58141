/** Names and decimals of the tokens that a transaction touches. */
import type { Asset } from '../../../vm-preview/model/preview';
import type { Account, Pubkey } from '../../../vm-preview/svm';
import type { Network } from '../../chain';
import type { TokenInfo } from '../../hints';
import { metadataAddress, parseMetadata } from '../accounts/metadata';
import { parseMint } from '../accounts/token';
import { NATIVE_MINTS } from '../programs';

type Lookup = (address: Pubkey) => Account | null | undefined;

/** Names longer than this are cut: they are shown in a small window. */
const MAX_NAME = 64;
const MAX_SYMBOL = 16;

const MAINNET_GENESIS = '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d';
/** Tokens that we name ourselves, so that an impostor's metadata cannot. */
const MAINNET_TOKENS: Readonly<Record<string, { symbol: string; name: string }>> = {
  EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v: { symbol: 'USDC', name: 'USD Coin' },
  Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB: { symbol: 'USDT', name: 'Tether USD' },
};

/** Addresses that name the mint and are not read yet. */
export function namingAddresses(mint: Pubkey, read: Lookup): Pubkey[] {
  const account = read(mint);
  const needed = account === undefined ? [mint] : [];
  if (NATIVE_MINTS.has(mint.toBase58())) return needed;
  if (parseMint(account ?? undefined)?.metadata) return needed;
  const metadata = metadataAddress(mint);
  if (metadata !== undefined && read(metadata) === undefined) needed.push(metadata);
  return needed;
}

/** What the mint and its metadata say, or `undefined` when the mint is none. */
export function tokenInfo(mint: Pubkey, read: Lookup): TokenInfo | undefined {
  const state = parseMint(read(mint) ?? undefined);
  if (state === undefined) return undefined;
  const address = state.metadata ? undefined : metadataAddress(mint);
  const named =
    state.metadata ?? (address && parseMetadata(read(address) ?? undefined, mint)) ?? undefined;
  const symbol = named?.symbol.trim().slice(0, MAX_SYMBOL);
  const name = named?.name.trim().slice(0, MAX_NAME);
  return {
    decimals: state.decimals,
    ...(symbol ? { symbol } : {}),
    ...(name ? { name } : {}),
  };
}

/** The token as it is shown. A symbol from metadata is the issuer's claim and says so. */
export function tokenAsset(mint: string, info: TokenInfo, network: Network): Asset {
  const base = { kind: 'token', id: mint, decimals: info.decimals } as const;
  if (NATIVE_MINTS.has(mint)) {
    return { ...base, symbol: `W${network.coin.symbol}`, named: 'builtin' };
  }
  const known =
    network.genesis === MAINNET_GENESIS && Object.hasOwn(MAINNET_TOKENS, mint)
      ? MAINNET_TOKENS[mint]
      : undefined;
  if (known !== undefined) {
    return { ...base, symbol: known.symbol, untrustedName: known.name, named: 'builtin' };
  }
  if (info.symbol === undefined && info.name === undefined) return { ...base, named: 'none' };
  return {
    ...base,
    ...(info.symbol === undefined ? {} : { symbol: info.symbol }),
    ...(info.name === undefined ? {} : { untrustedName: info.name }),
    named: 'metadata',
  };
}
