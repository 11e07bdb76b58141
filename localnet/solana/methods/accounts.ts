import { base58 } from '@scure/base';
import type { Account } from 'litesvm/dist/internal';
import { asRecord, type Json } from '../../json';
import { invalidParams, type RpcMethods } from '../../rpc-server';
import { type AccountFormat, accountFormat, accountJson } from '../account-json';
import type { Bank } from '../bank';
import { equal } from '../blockhashes';
import {
  address,
  addressAt,
  base58Bytes,
  base64Bytes,
  configAt,
  listAt,
  unsigned,
} from '../params';
import {
  amountJson,
  isTokenProgram,
  readMint,
  readTokenAccount,
  TOKEN_2022_PROGRAM,
  TOKEN_PROGRAM,
} from '../token-json';
import { VERSION } from './chain';

const MAX_MULTIPLE_ACCOUNTS = 100;

export function accountMethods(bank: Bank): RpcMethods {
  const withContext = (value: Json): Json => ({
    context: { apiVersion: VERSION, slot: bank.slot },
    value,
  });
  const dataOf = (at: Uint8Array): Uint8Array | undefined => bank.account(at)?.data();
  const json = (account: Account | undefined, format: AccountFormat): Json =>
    account === undefined ? null : accountJson(account, format, dataOf);

  return {
    getBalance(params) {
      configAt(params, 1, bank.slot);
      return withContext(bank.account(addressAt(params, 0))?.lamports() ?? 0n);
    },
    getAccountInfo(params) {
      const format = accountFormat(configAt(params, 1, bank.slot));
      return withContext(json(bank.account(addressAt(params, 0)), format));
    },
    getMultipleAccounts(params) {
      const format = accountFormat(configAt(params, 1, bank.slot));
      const addresses = listAt(params, 0);
      if (addresses.length > MAX_MULTIPLE_ACCOUNTS) {
        throw invalidParams(`Too many inputs provided; max ${MAX_MULTIPLE_ACCOUNTS}`);
      }
      return withContext(addresses.map((one) => json(bank.account(address(one)), format)));
    },
    getProgramAccounts(params) {
      const config = configAt(params, 1, bank.slot);
      const format = accountFormat(config);
      const matches = filters(config['filters']);
      const found = keyed(bank, addressAt(params, 0))
        .filter(([, account]) => matches(account.data()))
        .map(([pubkey, account]) => ({ pubkey, account: json(account, format) }));
      return config['withContext'] === true ? withContext(found) : found;
    },
    getTokenAccountsByOwner(params) {
      const owner = addressAt(params, 0);
      const config = configAt(params, 2, bank.slot);
      const format = accountFormat(config);
      const { mint, programId } = asRecord(params[1]);
      const programs = programId === undefined ? BOTH : [base58.encode(address(programId))];
      if (!programs.every(isTokenProgram)) {
        throw invalidParams('Invalid param: unrecognized Token program id');
      }
      const wanted = mint === undefined ? undefined : address(mint);
      if (wanted !== undefined && dataOf(wanted) === undefined) {
        throw invalidParams('Invalid param: could not find mint');
      }
      const found = programs
        .flatMap((program) => keyed(bank, base58.decode(program)))
        .filter(([, account]) => {
          const token = readTokenAccount(account.data());
          if (token === undefined || !equal(token.owner, owner)) return false;
          return wanted === undefined || equal(token.mint, wanted);
        })
        .map(([pubkey, account]) => ({ pubkey, account: json(account, format) }));
      return withContext(found);
    },
    getTokenAccountBalance(params) {
      configAt(params, 1, bank.slot);
      const account = bank.account(addressAt(params, 0));
      const token = account && ofToken(account) ? readTokenAccount(account.data()) : undefined;
      const mint = token === undefined ? undefined : readMint(dataOf(token.mint) ?? NONE);
      if (token === undefined || mint === undefined) {
        throw invalidParams(
          `Invalid param: ${account === undefined ? 'could not find account' : 'not a Token account'}`,
        );
      }
      return withContext(amountJson(token.amount, mint.decimals));
    },
    getTokenSupply(params) {
      configAt(params, 1, bank.slot);
      const account = bank.account(addressAt(params, 0));
      const mint = account && ofToken(account) ? readMint(account.data()) : undefined;
      if (mint === undefined) {
        throw invalidParams(
          `Invalid param: ${account === undefined ? 'could not find account' : 'not a Token mint'}`,
        );
      }
      return withContext(amountJson(mint.supply, mint.decimals));
    },
  };
}

const BOTH = [TOKEN_PROGRAM, TOKEN_2022_PROGRAM];
const NONE = new Uint8Array();

function ofToken(account: Account): boolean {
  return isTokenProgram(base58.encode(account.owner()));
}

function keyed(bank: Bank, program: Uint8Array): readonly (readonly [string, Account])[] {
  return bank.svm
    .getProgramAccounts(program)
    .map((entry) => [base58.encode(entry.address), entry.account()] as const);
}

/** The filters of getProgramAccounts, of which all must hold. */
function filters(value: unknown): (data: Uint8Array) => boolean {
  if (value === undefined || value === null) return () => true;
  if (!Array.isArray(value)) throw invalidParams('Invalid params: filters must be a list.');
  const tests = value.map(filter);
  return (data) => tests.every((test) => test(data));
}

function filter(value: unknown): (data: Uint8Array) => boolean {
  const { dataSize, memcmp, tokenAccountState } = asRecord(value);
  if (dataSize !== undefined) {
    const size = Number(unsigned(dataSize));
    return (data) => data.length === size;
  }
  if (tokenAccountState !== undefined || value === 'tokenAccountState') {
    return (data) => readTokenAccount(data) !== undefined;
  }
  const { offset, bytes, encoding } = asRecord(memcmp);
  const wanted = encoding === 'base64' ? base64Bytes(bytes) : base58Bytes(bytes);
  if (wanted === undefined) throw invalidParams('Invalid params: unknown filter.');
  const start = Number(unsigned(offset));
  return (data) => equal(data.subarray(start, start + wanted.length), wanted);
}
