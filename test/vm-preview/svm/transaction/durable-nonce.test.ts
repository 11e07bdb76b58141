/** Durable nonces, beside litesvm where it follows agave and by agave's rules where it does not. */
import { SystemProgram, type TransactionInstruction } from '@solana/web3.js';
import { type Pubkey, SYSTEM_PROGRAM, TOKEN_PROGRAM } from '../../../../src/vm-preview/svm';
import {
  durableNonceFromBlockhash,
  encodeNonceState,
} from '../../../../src/vm-preview/svm/programs/system/nonce-state';
import type { SvmOutcome } from '../../../../src/vm-preview/svm/transaction/types';
import { differences, LitesvmWorld } from '../../../support/litesvm-world';
import { address, transaction, web3Key } from '../../../support/solana-transaction';

const payer = address(7);
const other = address(9);
const nonceAccount = address(5);
const authority = address(6);
const SOL = 1_000_000_000n;
/** Of an older blockhash. */
const nonce = durableNonceFromBlockhash(new Uint8Array(32).fill(33));

function nonceData(value: Uint8Array, version: 'legacy' | 'current' = 'current'): Uint8Array {
  return encodeNonceState({
    version,
    data: { authority, durableNonce: value, lamportsPerSignature: 1n },
  });
}

function world(data = nonceData(nonce), owner = SYSTEM_PROGRAM): LitesvmWorld {
  const made = new LitesvmWorld();
  made.set(payer, { lamports: 10n * SOL });
  made.set(nonceAccount, { lamports: SOL, data, owner });
  return made;
}

const advance = (signer: Pubkey = authority, account = nonceAccount) =>
  SystemProgram.nonceAdvance({
    noncePubkey: web3Key(account),
    authorizedPubkey: web3Key(signer),
  });

const transfer = (lamports: bigint, from = payer) =>
  SystemProgram.transfer({ fromPubkey: web3Key(from), toPubkey: web3Key(other), lamports });

const send = (...instructions: TransactionInstruction[]) =>
  transaction({ payer, blockhash: nonce, instructions });

const after = (outcome: SvmOutcome, key: Pubkey) =>
  outcome.accounts.find(({ address: of }) => of.equals(key))?.after;

/** The nonce account's data, advanced under the world's blockhash at the chain's price. */
function advanced(on: LitesvmWorld): Uint8Array {
  return encodeNonceState({
    version: 'current',
    data: {
      authority,
      durableNonce: durableNonceFromBlockhash(on.blockhash),
      lamportsPerSignature: 5000n,
    },
  });
}

test('a transaction that lives by a nonce runs and advances it', () => {
  const on = world();
  const { outcome } = on.runOurs(send(advance(), transfer(SOL)));
  expect(outcome).toMatchObject({ landing: 'executed', error: undefined });
  expect(after(outcome, nonceAccount)?.data).toEqual(advanced(on));
  expect(after(outcome, other)?.lamports).toBe(SOL);
});

test('litesvm runs the same, with the nonce itself in the place of the last blockhash', () => {
  const on = world();
  const bytes = send(advance(), transfer(SOL));
  const environment = on.environment();
  const ours = on.runOurs(bytes, {
    ...environment,
    blockhashes: { ...environment.blockhashes, last: nonce },
  });
  expect(differences(on.runNative(bytes), ours.result)).toEqual([]);
});

test('the nonce advances and the fee is paid when a later instruction fails', () => {
  const on = world();
  const { outcome } = on.runOurs(send(advance(), transfer(100n * SOL)));
  expect(outcome.landing).toBe('executed');
  expect(outcome.error).toEqual({ InstructionError: [1, { Custom: 1 }] });
  expect(after(outcome, nonceAccount)?.data).toEqual(advanced(on));
  expect(after(outcome, payer)?.lamports).toBe(10n * SOL - 10_000n);
  expect(after(outcome, other)).toBeUndefined();
});

test('the nonce advances when the transaction only pays', () => {
  const on = world();
  const missingProgram = { programId: web3Key(address(99)), keys: [], data: Buffer.alloc(0) };
  const { outcome } = on.runOurs(send(advance(), missingProgram));
  expect(outcome).toMatchObject({ landing: 'fees-only', error: 'ProgramAccountNotFound' });
  expect(after(outcome, nonceAccount)?.data).toEqual(advanced(on));
  expect(after(outcome, payer)?.lamports).toBe(10n * SOL - 10_000n);
});

test('a nonce account may pay, down to its rent minimum', () => {
  const on = world();
  const minimum = (128n + 80n) * 5080n;
  const paidBy = (lamports: bigint) => {
    on.set(nonceAccount, { lamports, data: nonceData(nonce), owner: SYSTEM_PROGRAM });
    return on.runOurs(
      transaction({
        payer: nonceAccount,
        blockhash: nonce,
        instructions: [advance(), transfer(SOL, authority)],
      }),
    ).outcome;
  };
  expect(paidBy(minimum + 9_999n).error).toBe('InsufficientFundsForFee');
  const failed = paidBy(minimum + 10_000n);
  expect(failed).toMatchObject({
    landing: 'executed',
    error: { InstructionError: [1, { Custom: 1 }] },
  });
  expect(after(failed, nonceAccount)).toMatchObject({ lamports: minimum, data: advanced(on) });
});

describe('is refused', () => {
  const cases: [string, LitesvmWorld, Uint8Array][] = [
    ['when the account holds another nonce', world(nonceData(new Uint8Array(32))), send(advance())],
    ['when the nonce is a legacy one', world(nonceData(nonce, 'legacy')), send(advance())],
    [
      'when another program owns the account',
      world(nonceData(nonce), TOKEN_PROGRAM),
      send(advance()),
    ],
    [
      'when the account is larger than a nonce',
      world(Uint8Array.from([...nonceData(nonce), 0])),
      send(advance()),
    ],
    ['when the account is uninitialized', world(new Uint8Array(80)), send(advance())],
    ['when another signs as the authority', world(), send(advance(other))],
    ['when the advance is not first', world(), send(transfer(1n), advance())],
    ['when there is no such account', world(), send(advance(authority, address(55)))],
  ];
  test.each(cases)('%s', (_name, on, bytes) => {
    const { outcome } = on.runOurs(bytes);
    expect(outcome).toMatchObject({ landing: 'refused', error: 'BlockhashNotFound' });
  });

  test('when the nonce was already advanced under the last blockhash', () => {
    const on = new LitesvmWorld();
    const current = durableNonceFromBlockhash(on.blockhash);
    on.set(payer, { lamports: 10n * SOL });
    on.set(nonceAccount, { lamports: SOL, data: nonceData(current), owner: SYSTEM_PROGRAM });
    const { outcome } = on.runOurs(
      transaction({ payer, blockhash: current, instructions: [advance()] }),
    );
    expect(outcome.error).toBe('BlockhashNotFound');
  });
});

test('an advance under a recent blockhash is an instruction like any other', () => {
  const on = world();
  const bytes = transaction({
    payer,
    blockhash: on.blockhash,
    instructions: [advance(), transfer(SOL)],
  });
  const { outcome } = on.expectSame(bytes);
  expect(outcome.error).toBeUndefined();
  expect(after(outcome, nonceAccount)?.data).toEqual(advanced(on));
});

test('the nonce instructions of the System program run as in agave', () => {
  const on = new LitesvmWorld();
  on.set(payer, { lamports: 10n * SOL });
  on.set(authority, { lamports: SOL });
  const made = SystemProgram.createNonceAccount({
    fromPubkey: web3Key(payer),
    noncePubkey: web3Key(nonceAccount),
    authorizedPubkey: web3Key(authority),
    lamports: Number(SOL),
  }).instructions;
  on.expectSame(transaction({ payer, blockhash: on.blockhash, instructions: made }));
  const kept = world();
  const withdraw = (lamports: bigint) =>
    SystemProgram.nonceWithdraw({
      noncePubkey: web3Key(nonceAccount),
      authorizedPubkey: web3Key(authority),
      toPubkey: web3Key(other),
      lamports: Number(lamports),
    });
  for (const lamports of [SOL, SOL / 2n, SOL - 1n, 2n * SOL]) {
    kept.expectSame(
      transaction({ payer, blockhash: kept.blockhash, instructions: [withdraw(lamports)] }),
    );
  }
  const authorize = SystemProgram.nonceAuthorize({
    noncePubkey: web3Key(nonceAccount),
    authorizedPubkey: web3Key(authority),
    newAuthorizedPubkey: web3Key(other),
  });
  kept.expectSame(transaction({ payer, blockhash: kept.blockhash, instructions: [authorize] }));
});
