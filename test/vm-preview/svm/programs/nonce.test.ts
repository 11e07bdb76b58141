import {
  NonceAccount,
  PublicKey,
  SystemProgram,
  type TransactionInstruction,
} from '@solana/web3.js';
import type { Account } from '../../../../src/vm-preview/svm/account';
import { SYSTEM_PROGRAM } from '../../../../src/vm-preview/svm/programs/ids';
import {
  decodeNonceState,
  durableNonceFromBlockhash,
  encodeNonceState,
  matchingNonce,
  NONCE_STATE_BYTES,
  type NonceState,
} from '../../../../src/vm-preview/svm/programs/system/nonce-state';
import { systemProgram } from '../../../../src/vm-preview/svm/programs/system/program';
import { Pubkey } from '../../../../src/vm-preview/svm/pubkey';
import { type BuiltinResult, type BuiltinRun, newPubkey, runBuiltin } from './run-builtin';

const NonceNoRecentBlockhashes = { Custom: 6 };
const NonceBlockhashNotExpired = { Custom: 7 };
const OLD = new Uint8Array(32).fill(1);
const BLOCKHASH = new Uint8Array(32).fill(9);

const nonce = newPubkey();
const authority = newPubkey();
const other = newPubkey();
const web3 = (key: Pubkey): PublicKey => new PublicKey(key.bytes);

function stored(state: NonceState, length = NONCE_STATE_BYTES): Uint8Array {
  const data = new Uint8Array(length);
  data.set(encodeNonceState(state));
  return data;
}

const uninitialized = stored({ version: 'current', data: undefined });
const initialized = stored({
  version: 'current',
  data: { authority, durableNonce: durableNonceFromBlockhash(OLD), lamportsPerSignature: 7n },
});
const fresh = stored({
  version: 'current',
  data: { authority, durableNonce: durableNonceFromBlockhash(BLOCKHASH), lamportsPerSignature: 7n },
});

function run(
  instruction: TransactionInstruction,
  fields: Partial<Account>,
  more: Partial<BuiltinRun> & { readonly unsigned?: boolean; readonly readonly?: boolean } = {},
): BuiltinResult {
  return runBuiltin({
    program: systemProgram,
    programId: SYSTEM_PROGRAM,
    data: instruction.data,
    accounts: [
      [nonce, fields],
      [authority, {}],
      [other, {}],
    ],
    metas: instruction.keys.map((key) => ({
      pubkey: Pubkey.from(key.pubkey.toBytes()),
      isSigner: key.isSigner && more.unsigned !== true,
      isWritable: key.isWritable && more.readonly !== true,
    })),
    blockhash: BLOCKHASH,
    ...more,
  });
}

const pair = { noncePubkey: web3(nonce), authorizedPubkey: web3(authority) };
const advance = SystemProgram.nonceAdvance(pair);
// nonceInitialize is private; createNonceAccount ends with it.
const initialize = SystemProgram.createNonceAccount({
  fromPubkey: web3(other),
  lamports: 0,
  ...pair,
}).instructions[1] as TransactionInstruction;
const withdraw = (lamports: number): TransactionInstruction =>
  SystemProgram.nonceWithdraw({ ...pair, toPubkey: web3(other), lamports });
const authorize = SystemProgram.nonceAuthorize({ ...pair, newAuthorizedPubkey: web3(other) });

/** What web3.js reads in the account. */
function read(result: BuiltinResult): NonceAccount {
  return NonceAccount.fromAccountData(result.accounts[0]?.data ?? new Uint8Array());
}

test('the state reads back, and web3.js reads the same', () => {
  expect(decodeNonceState(initialized).data?.authority.equals(authority)).toBe(true);
  const account = NonceAccount.fromAccountData(initialized);
  expect(account.authorizedPubkey.toBase58()).toBe(authority.toBase58());
  expect(account.nonce).toBe(new PublicKey(durableNonceFromBlockhash(OLD)).toBase58());
  expect(account.feeCalculator.lamportsPerSignature).toBe(7);
  expect(
    matchingNonce(decodeNonceState(initialized), durableNonceFromBlockhash(OLD)),
  ).toBeDefined();
  expect(matchingNonce(decodeNonceState(initialized), OLD)).toBeUndefined();
});

describe('advance', () => {
  test('takes the blockhash and its fee', () => {
    const result = run(advance, { data: initialized, lamports: 5n });
    expect(result.error).toBeUndefined();
    expect(read(result).nonce).toBe(new PublicKey(durableNonceFromBlockhash(BLOCKHASH)).toBase58());
    expect(read(result).feeCalculator.lamportsPerSignature).toBe(5000);
  });

  test('why not', () => {
    const cases = [
      [{ data: fresh }, {}, NonceBlockhashNotExpired, 'nonce can only advance once per slot'],
      [{ data: uninitialized }, {}, 'InvalidAccountData', `Account ${nonce} state is invalid`],
      [
        { data: initialized },
        { unsigned: true },
        'MissingRequiredSignature',
        `Account ${authority} must be a signer`,
      ],
      [
        { data: initialized },
        { readonly: true },
        'InvalidArgument',
        `Account ${nonce} must be writeable`,
      ],
      [
        { data: initialized },
        { sysvars: { blockhashes: 0 } },
        NonceNoRecentBlockhashes,
        'recent blockhash list is empty',
      ],
    ] as const;
    for (const [fields, more, error, text] of cases) {
      const result = run(advance, fields, more);
      expect(result.error).toEqual(error);
      expect(result.logs).toEqual([`Advance nonce account: ${text}`]);
    }
    expect(run(advance, {}).error).toBe('InvalidAccountData');
    expect(run(advance, { data: initialized }, { metas: [] }).error).toBe('MissingAccount');
    const only = [{ pubkey: nonce, isSigner: true, isWritable: true }];
    expect(run(advance, { data: initialized }, { metas: only }).error).toBe('MissingAccount');
    const wrong = [...only, { pubkey: other }, { pubkey: authority, isSigner: true }];
    expect(run(advance, { data: initialized }, { metas: wrong }).error).toBe('InvalidArgument');
  });
});

describe('initialize', () => {
  test('needs rent', () => {
    const sysvars = { lamportsPerByte: 2n };
    const poor = run(initialize, { data: uninitialized, lamports: 415n }, { sysvars });
    expect(poor.error).toBe('InsufficientFunds');
    expect(poor.logs).toEqual(['Initialize nonce account: insufficient lamports 415, need 416']);
    const result = run(initialize, { data: uninitialized, lamports: 416n }, { sysvars });
    expect(result.error).toBeUndefined();
    expect(read(result).authorizedPubkey.toBase58()).toBe(authority.toBase58());
  });

  test('only once, and only with room', () => {
    expect(run(initialize, { data: initialized }).error).toBe('InvalidAccountData');
    expect(run(initialize, { data: new Uint8Array(79) }).error).toBe('AccountDataTooSmall');
    expect(run(initialize, { data: uninitialized }, { sysvars: { blockhashes: 0 } }).error).toEqual(
      NonceNoRecentBlockhashes,
    );
  });
});

describe('withdraw', () => {
  const sysvars = { lamportsPerByte: 1n };

  test('a part leaves rent; all of it ends the nonce', () => {
    const lamports = 308n;
    const part = run(withdraw(100), { data: initialized, lamports }, { sysvars });
    expect(part.error).toBeUndefined();
    expect(part.accounts.map((account) => account.lamports)).toEqual([208n, 0n, 100n]);
    const tooMuch = run(withdraw(101), { data: initialized, lamports }, { sysvars });
    expect(tooMuch.error).toBe('InsufficientFunds');
    expect(tooMuch.logs).toEqual(['Withdraw nonce account: insufficient lamports 308, need 309']);
    const all = run(withdraw(308), { data: initialized, lamports }, { sysvars });
    expect(all.error).toBeUndefined();
    expect(decodeNonceState(all.accounts[0]?.data ?? new Uint8Array()).data).toBeUndefined();
    // Only the two tags are written; what was behind them stays.
    expect(all.accounts[0]?.data.subarray(8)).toEqual(initialized.subarray(8));
  });

  test('why not', () => {
    const lamports = 308n;
    expect(run(withdraw(308), { data: fresh, lamports }, { sysvars }).error).toEqual(
      NonceBlockhashNotExpired,
    );
    const unsigned = run(withdraw(1), { data: initialized, lamports }, { sysvars, unsigned: true });
    expect(unsigned.error).toBe('MissingRequiredSignature');
    expect(unsigned.logs).toEqual([`Withdraw nonce account: Account ${authority} must sign`]);
    const strange = run(withdraw(1), { data: uninitialized, lamports }, { sysvars });
    expect(strange.logs).toEqual([`Withdraw nonce account: Account ${nonce} must sign`]);
    const over = run(withdraw(309), { data: uninitialized, lamports }, { sysvars });
    expect(over.logs).toEqual(['Withdraw nonce account: insufficient lamports 308, need 309']);
  });
});

describe('authorize and upgrade', () => {
  test('the version stays', () => {
    const legacy = stored({
      version: 'legacy',
      data: { authority, durableNonce: OLD, lamportsPerSignature: 7n },
    });
    for (const [data, version] of [
      [initialized, 'current'],
      [legacy, 'legacy'],
    ] as const) {
      const result = run(authorize, { data });
      const state = decodeNonceState(result.accounts[0]?.data ?? new Uint8Array());
      expect(state.version).toBe(version);
      expect(state.data?.authority.equals(other)).toBe(true);
    }
    const unsigned = run(authorize, { data: initialized }, { unsigned: true });
    expect(unsigned.logs).toEqual([`Authorize nonce account: Account ${authority} must sign`]);
    expect(run(authorize, { data: uninitialized }).error).toBe('InvalidAccountData');
  });

  test('an upgrade hashes the legacy blockhash', () => {
    const legacy = stored({
      version: 'legacy',
      data: { authority, durableNonce: OLD, lamportsPerSignature: 7n },
    });
    const upgrade = (data: Uint8Array, fields: Partial<Account> = {}, isWritable = true) =>
      runBuiltin({
        program: systemProgram,
        programId: SYSTEM_PROGRAM,
        data: Uint8Array.of(12, 0, 0, 0),
        accounts: [[nonce, { data, ...fields }]],
        metas: [{ pubkey: nonce, isWritable }],
      });
    const state = decodeNonceState(upgrade(legacy).accounts[0]?.data ?? new Uint8Array());
    expect(state.version).toBe('current');
    expect(state.data?.durableNonce).toEqual(durableNonceFromBlockhash(OLD));
    expect(upgrade(initialized).error).toBe('InvalidArgument');
    expect(upgrade(uninitialized).error).toBe('InvalidArgument');
    expect(upgrade(legacy, {}, false).error).toBe('InvalidArgument');
    expect(upgrade(legacy, { owner: other }).error).toBe('InvalidAccountOwner');
  });
});
