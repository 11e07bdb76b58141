/** Token accounts and mints, read for the RPC. Source: agave `account-decoder/src/parse_token.rs`. */
import { base58 } from '@scure/base';
import type { Json } from '../json';

export const TOKEN_PROGRAM = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
export const TOKEN_2022_PROGRAM = 'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb';

const PROGRAM_NAMES: Readonly<Record<string, string>> = {
  [TOKEN_PROGRAM]: 'spl-token',
  [TOKEN_2022_PROGRAM]: 'spl-token-2022',
};

const MINT_BYTES = 82;
const ACCOUNT_BYTES = 165;
/** After 165 bytes, Token-2022 says which of the two it is. */
const MINT_TYPE = 1;
const ACCOUNT_TYPE = 2;

const STATES = ['uninitialized', 'initialized', 'frozen'] as const;

export interface TokenAccount {
  readonly mint: Uint8Array;
  readonly owner: Uint8Array;
  readonly amount: bigint;
  readonly delegate: Uint8Array | undefined;
  readonly state: (typeof STATES)[number];
  readonly delegatedAmount: bigint;
  /** Lamports kept back when it wraps SOL. */
  readonly rentExemptReserve: bigint | undefined;
  readonly closeAuthority: Uint8Array | undefined;
}

export interface Mint {
  readonly mintAuthority: Uint8Array | undefined;
  readonly supply: bigint;
  readonly decimals: number;
  readonly freezeAuthority: Uint8Array | undefined;
}

export function isTokenProgram(program: string): boolean {
  return Object.hasOwn(PROGRAM_NAMES, program);
}

/** `undefined` when the data is no token account. */
export function readTokenAccount(data: Uint8Array): TokenAccount | undefined {
  const extended = data.length > ACCOUNT_BYTES && data[ACCOUNT_BYTES] === ACCOUNT_TYPE;
  if (data.length !== ACCOUNT_BYTES && !extended) return undefined;
  const view = viewOf(data);
  const state = STATES[data[108] ?? 0];
  if (state === undefined || state === 'uninitialized') return undefined;
  return {
    mint: data.slice(0, 32),
    owner: data.slice(32, 64),
    amount: view.getBigUint64(64, true),
    delegate: optionalAddress(data, 72),
    state,
    rentExemptReserve: view.getUint32(109, true) === 1 ? view.getBigUint64(113, true) : undefined,
    delegatedAmount: view.getBigUint64(121, true),
    closeAuthority: optionalAddress(data, 129),
  };
}

/** `undefined` when the data is no mint. */
export function readMint(data: Uint8Array): Mint | undefined {
  const extended = data.length > ACCOUNT_BYTES && data[ACCOUNT_BYTES] === MINT_TYPE;
  if ((data.length !== MINT_BYTES && !extended) || data[45] !== 1) return undefined;
  return {
    mintAuthority: optionalAddress(data, 0),
    supply: viewOf(data).getBigUint64(36, true),
    decimals: data[44] ?? 0,
    freezeAuthority: optionalAddress(data, 46),
  };
}

function optionalAddress(data: Uint8Array, offset: number): Uint8Array | undefined {
  return viewOf(data).getUint32(offset, true) === 1
    ? data.slice(offset + 4, offset + 36)
    : undefined;
}

function viewOf(data: Uint8Array): DataView {
  return new DataView(data.buffer, data.byteOffset, data.byteLength);
}

export function amountJson(amount: bigint, decimals: number): Json {
  const digits = amount.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  const text = fraction === '' ? whole : `${whole}.${fraction}`;
  return { amount: amount.toString(), decimals, uiAmount: Number(text), uiAmountString: text };
}

/** The `jsonParsed` form, or `undefined` when there is none: extensions are left out of it. */
export function parseTokenData(
  data: Uint8Array,
  owner: string,
  dataOf: (address: Uint8Array) => Uint8Array | undefined,
): Json | undefined {
  const program = PROGRAM_NAMES[owner];
  if (program === undefined) return undefined;
  const parsed = (type: string, info: Json): Json => ({
    program,
    parsed: { type, info },
    space: data.length,
  });
  const mint = readMint(data);
  if (mint !== undefined) return parsed('mint', mintInfo(mint));
  const account = readTokenAccount(data);
  if (account === undefined) return undefined;
  const mintData = dataOf(account.mint);
  const decimals = mintData === undefined ? undefined : readMint(mintData)?.decimals;
  return decimals === undefined ? undefined : parsed('account', accountInfo(account, decimals));
}

function mintInfo(mint: Mint): Json {
  return {
    mintAuthority: optionalText(mint.mintAuthority),
    supply: mint.supply.toString(),
    decimals: mint.decimals,
    isInitialized: true,
    freezeAuthority: optionalText(mint.freezeAuthority),
  };
}

function accountInfo(account: TokenAccount, decimals: number): Json {
  const { delegate, closeAuthority, rentExemptReserve } = account;
  return {
    mint: base58.encode(account.mint),
    owner: base58.encode(account.owner),
    tokenAmount: amountJson(account.amount, decimals),
    state: account.state,
    isNative: rentExemptReserve !== undefined,
    rentExemptReserve:
      rentExemptReserve === undefined ? undefined : amountJson(rentExemptReserve, decimals),
    delegate: delegate === undefined ? undefined : base58.encode(delegate),
    delegatedAmount:
      delegate === undefined ? undefined : amountJson(account.delegatedAmount, decimals),
    closeAuthority: closeAuthority === undefined ? undefined : base58.encode(closeAuthority),
  };
}

function optionalText(address: Uint8Array | undefined): Json {
  return address === undefined ? null : base58.encode(address);
}
