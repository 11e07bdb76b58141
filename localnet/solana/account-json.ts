/** Accounts as the RPC writes them. Source: agave `account-decoder/src`. */
import { base58 } from '@scure/base';
import type { Account } from 'litesvm/dist/internal';
import { asRecord, type Json } from '../json';
import { invalidParams, RpcError } from '../rpc-server';
import { unsigned } from './params';
import { parseTokenData } from './token-json';

/** Above this, base58 is refused. */
const MAX_BASE58_BYTES = 128;

export interface AccountFormat {
  readonly encoding: 'base58' | 'base64' | 'jsonParsed' | 'binary';
  readonly slice: { readonly offset: number; readonly length: number } | undefined;
}

export function accountFormat(config: Readonly<Record<string, unknown>>): AccountFormat {
  const { encoding, dataSlice } = config;
  return { encoding: knownEncoding(encoding), slice: slice(dataSlice) };
}

function knownEncoding(encoding: unknown): AccountFormat['encoding'] {
  switch (encoding) {
    case undefined:
    case null:
      return 'binary';
    case 'base58':
    case 'base64':
    case 'jsonParsed':
      return encoding;
    default:
      throw invalidParams(`Invalid params: the encoding ${String(encoding)} is not served here.`);
  }
}

function slice(value: unknown): AccountFormat['slice'] {
  if (value === undefined || value === null) return undefined;
  const { offset, length } = asRecord(value);
  return { offset: Number(unsigned(offset)), length: Number(unsigned(length)) };
}

/** @param dataOf - the data of another account: a token account's mint tells its decimals */
export function accountJson(
  account: Account,
  format: AccountFormat,
  dataOf: (address: Uint8Array) => Uint8Array | undefined,
): Json {
  const data = account.data();
  const owner = base58.encode(account.owner());
  return {
    data: dataJson(data, owner, format, dataOf),
    executable: account.executable(),
    lamports: account.lamports(),
    owner,
    rentEpoch: account.rentEpoch(),
    space: data.length,
  };
}

function dataJson(
  whole: Uint8Array,
  owner: string,
  { encoding, slice: part }: AccountFormat,
  dataOf: (address: Uint8Array) => Uint8Array | undefined,
): Json {
  if (encoding === 'jsonParsed') {
    const parsed = parseTokenData(whole, owner, dataOf);
    if (parsed !== undefined) return parsed;
  }
  const data = part === undefined ? whole : whole.subarray(part.offset, part.offset + part.length);
  if (encoding === 'base64' || encoding === 'jsonParsed') {
    return [Buffer.from(data).toString('base64'), 'base64'];
  }
  if (data.length > MAX_BASE58_BYTES) {
    throw new RpcError(
      -32600,
      'Encoded binary (base 58) data should be less than 128 bytes, please use Base64 encoding.',
    );
  }
  const text = base58.encode(data);
  // Without an encoding the old form is given: the text alone.
  return encoding === 'binary' ? text : [text, 'base58'];
}
