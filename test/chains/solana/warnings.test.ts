/** Each warning on a transaction that deserves it, run on the local chain's real programs. */

import {
  AddressLookupTableAccount,
  ComputeBudgetProgram,
  Keypair,
  PublicKey,
  SystemProgram,
  TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import { type SolanaLocalnet, startSolanaLocalnet } from '../../../localnet/solana';
import type { Network } from '../../../src/chains/chain';
import {
  createSolanaCache,
  latestBlockhash,
  previewTransaction,
  type SolanaPreview,
} from '../../../src/chains/solana';
import { localNetwork } from '../../support/local-network';
import {
  associatedToken,
  createAssociatedToken,
  TOKEN,
  TOKEN_2022,
  tokenAmount,
  tokenInstruction,
  transactionBytes,
  transferChecked,
} from './support';

// Runs real programs on one of a busy machine's cores.
jest.setTimeout(60_000);

let net: SolanaLocalnet;
let network: Network;
const cache = createSolanaCache();

beforeAll(async () => {
  net = await startSolanaLocalnet({ slotMilliseconds: 0 });
  network = localNetwork('solana', net.url, net.genesisHash);
});
afterAll(() => net.close());

const MEMO = new PublicKey('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr');
const SOL = 1_000_000_000;
const U64_MAX = 2n ** 64n - 1n;

interface Case {
  readonly instructions: readonly TransactionInstruction[];
  readonly user: PublicKey;
  readonly payer?: PublicKey;
  readonly base?: SolanaPreview;
  readonly blockhash?: string;
}

async function preview({ base, blockhash, instructions, payer, user }: Case) {
  const recent = blockhash ?? (await latestBlockhash(network)).blockhash;
  return previewTransaction({
    network,
    cache,
    account: user.toBase58(),
    transaction: transactionBytes(payer ?? user, recent, instructions),
    ...(base === undefined ? {} : { base }),
  });
}

const codes = ({ preview: { warnings } }: SolanaPreview) => warnings.map(({ code }) => code);

function token(symbol: string) {
  const found = net.tokens.find((one) => one.symbol === symbol);
  if (found === undefined) throw new Error(`no token ${symbol}`);
  return found;
}

const wallet = (name: 'alice' | 'bob' | 'carol' | 'faucet') => net.wallets[name].publicKey;
const usdl = () => {
  const { decimals, mint } = token('USDL');
  return { mint, decimals, of: (owner: PublicKey) => associatedToken(owner, mint, TOKEN) };
};
const approve = (amount: bigint, delegate: PublicKey) =>
  tokenInstruction(
    TOKEN,
    [4, ...tokenAmount(amount)],
    [
      [usdl().of(wallet('alice')), 'w'],
      [delegate, 'r'],
      [wallet('alice'), 's'],
    ],
  );
const setAuthority = (kind: number, to: PublicKey) =>
  tokenInstruction(
    TOKEN,
    [6, kind, 1, ...to.toBytes()],
    [
      [usdl().of(wallet('alice')), 'w'],
      [wallet('alice'), 's'],
    ],
  );
const sendUsdl = (to: PublicKey, amount: bigint) => {
  const { decimals, mint, of } = usdl();
  const alice = wallet('alice');
  return [
    createAssociatedToken(alice, to, mint, TOKEN),
    transferChecked(of(alice), mint, of(to), alice, amount, decimals, TOKEN),
  ];
};
const sendSol = (from: PublicKey, to: PublicKey, lamports: number) =>
  SystemProgram.transfer({ fromPubkey: from, toPubkey: to, lamports });

const somebody = Keypair.generate().publicKey;

const CASES: readonly (readonly [title: string, make: () => Case, expected: readonly string[]])[] =
  [
    [
      'a small transfer deserves none',
      () => ({ user: wallet('alice'), instructions: [sendSol(wallet('alice'), somebody, SOL)] }),
      [],
    ],
    [
      'nor does a token transfer that opens an account',
      () => ({ user: wallet('alice'), instructions: sendUsdl(somebody, 1_000_000n) }),
      [],
    ],
    [
      'half of the coins',
      () => ({
        user: wallet('alice'),
        instructions: [sendSol(wallet('alice'), somebody, 50 * SOL)],
      }),
      [],
    ],
    [
      'nine tenths of the coins',
      () => ({
        user: wallet('alice'),
        instructions: [sendSol(wallet('alice'), somebody, 90 * SOL)],
      }),
      ['most-of-coin-leaves'],
    ],
    [
      'all of a token',
      () => ({ user: wallet('alice'), instructions: sendUsdl(somebody, 1_000_000_000n) }),
      ['all-of-token-leaves'],
    ],
    [
      'a delegate for some',
      () => ({ user: wallet('alice'), instructions: [approve(5n, somebody)] }),
      ['approval'],
    ],
    [
      'a delegate for any amount',
      () => ({ user: wallet('alice'), instructions: [approve(U64_MAX, somebody)] }),
      ['unlimited-approval'],
    ],
    [
      'a token account goes to somebody else',
      () => ({ user: wallet('alice'), instructions: [setAuthority(2, somebody)] }),
      ['token-account-handed-over', 'all-of-token-leaves'],
    ],
    [
      'the right to close goes to somebody else',
      () => ({ user: wallet('alice'), instructions: [setAuthority(3, somebody)] }),
      ['authority-handed-over'],
    ],
    [
      'the wallet goes to a program',
      () => ({
        user: wallet('carol'),
        instructions: [SystemProgram.assign({ accountPubkey: wallet('carol'), programId: MEMO })],
      }),
      ['account-owner-changed'],
    ],
    [
      'tokens for a mint',
      () => ({ user: wallet('alice'), instructions: sendUsdl(usdl().mint, 5n) }),
      ['sent-to-mint'],
    ],
    [
      'tokens for a program',
      () => ({ user: wallet('alice'), instructions: sendUsdl(MEMO, 5n) }),
      ['sent-to-program'],
    ],
    [
      'coins for a mint',
      () => ({
        user: wallet('alice'),
        instructions: [sendSol(wallet('alice'), usdl().mint, SOL)],
      }),
      ['sent-to-mint'],
    ],
    [
      'a blockhash that the network does not know',
      () => ({
        user: wallet('alice'),
        instructions: [sendSol(wallet('alice'), somebody, SOL)],
        blockhash: PublicKey.default.toBase58(),
      }),
      ['would-be-refused', 'blockhash-unknown'],
    ],
    [
      'somebody else pays',
      () => ({
        user: wallet('alice'),
        payer: wallet('bob'),
        instructions: [sendSol(wallet('alice'), somebody, SOL)],
      }),
      ['signs-without-paying'],
    ],
    [
      'more than there is',
      () => ({ user: wallet('alice'), instructions: [sendSol(wallet('alice'), somebody, 1e12)] }),
      ['would-fail'],
    ],
    [
      'a priority fee of one coin',
      () => ({
        user: wallet('alice'),
        instructions: [
          ComputeBudgetProgram.setComputeUnitLimit({ units: 100_000 }),
          ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 10_000_000_000 }),
          sendSol(wallet('alice'), somebody, SOL),
        ],
      }),
      ['high-fee'],
    ],
    [
      'a token with a fee on each transfer',
      () => {
        const { decimals, mint } = token('FEES');
        const of = (owner: PublicKey) => associatedToken(owner, mint, TOKEN_2022);
        const alice = wallet('alice');
        return {
          user: alice,
          instructions: [
            createAssociatedToken(alice, somebody, mint, TOKEN_2022),
            transferChecked(of(alice), mint, of(somebody), alice, 100n, decimals, TOKEN_2022),
          ],
        };
      },
      ['transfer-fee'],
    ],
  ];

test.each(CASES)('%s', async (_title, make, expected) => {
  const found = await preview(make());
  expect(codes(found)).toEqual(expected);
  for (const warning of found.preview.warnings) {
    expect(warning.text).toMatch(/^[A-Z0-9].*\.$/s);
    for (const { value } of warning.evidence) expect(value).not.toBe('');
  }
});

test('a durable nonce never expires', async () => {
  const account = net.bank.account(net.nonceAccount.toBytes());
  if (account === undefined) throw new Error('no nonce account');
  const nonce = new PublicKey(account.data().slice(40, 72)).toBase58();
  const authority = new PublicKey(account.data().slice(8, 40));
  const found = await preview({
    user: authority,
    blockhash: nonce,
    instructions: [
      SystemProgram.nonceAdvance({ noncePubkey: net.nonceAccount, authorizedPubkey: authority }),
      sendSol(authority, somebody, SOL),
    ],
  });
  expect(found.preview.verdict.kind).toBe('success');
  expect(codes(found)).toEqual(['durable-nonce']);
  expect(found.preview.provenance.expiry.kind).toBe('never');
  expect(found.preview.changes).toContainEqual(
    expect.objectContaining({ kind: 'nonce', action: 'advanced' }),
  );
});

test('an account closed to somebody else, on the state that the transaction before leaves', async () => {
  const { mint } = token('LOOK');
  const bob = wallet('bob');
  const account = associatedToken(bob, mint, TOKEN_2022);
  const opened = await preview({
    user: bob,
    instructions: [createAssociatedToken(bob, bob, mint, TOKEN_2022)],
  });
  expect(codes(opened)).toEqual([]);
  const close = (to: PublicKey) => ({
    user: bob,
    base: opened,
    instructions: [
      tokenInstruction(
        TOKEN_2022,
        [9],
        [
          [account, 'w'],
          [to, 'w'],
          [bob, 's'],
        ],
      ),
    ],
  });
  expect(codes(await preview(close(bob)))).toEqual([]);
  const toOthers = await preview(close(somebody));
  expect(toOthers.preview.verdict.kind).toBe('success');
  expect(codes(toOthers)).toEqual(['account-closed-to-others']);
  expect(toOthers.preview.provenance.assumptions).toHaveLength(1);
});

test('what fails says why in words, and where', async () => {
  const found = await preview({
    user: wallet('alice'),
    instructions: [sendSol(wallet('alice'), somebody, 1e12)],
  });
  expect(found.preview.verdict).toEqual({
    kind: 'failure',
    error: {
      code: 'InstructionError: Custom(1)',
      text: 'Instruction 1 failed: the account has not enough coins (error 1).',
      at: 0,
      program: SystemProgram.programId.toBase58(),
    },
  });
  expect(found.preview.changes).toEqual([
    expect.objectContaining({ kind: 'balance', delta: '-5000' }),
  ]);
});

test('a program that we do not know, given an account of the user’s to write to', async () => {
  // The memo program under another address: it does nothing, but who would know.
  const stranger = Keypair.generate().publicKey;
  net.bank.svm.addProgram(stranger.toBytes(), memoElf());
  net.advanceSlots(1);
  const alice = wallet('alice');
  const call = (programId: PublicKey, isWritable: boolean) =>
    new TransactionInstruction({
      programId,
      keys: isWritable ? [{ pubkey: alice, isSigner: true, isWritable }] : [],
      data: Buffer.from('hi'),
    });
  const given = await preview({ user: alice, instructions: [call(stranger, true)] });
  expect(given.preview.verdict.kind).toBe('success');
  expect(codes(given)).toEqual(['unknown-program']);
  expect(given.preview.warnings[0]?.evidence).toEqual([
    { label: 'program', value: stranger.toBase58() },
    { label: 'your account', value: alice.toBase58() },
  ]);
  expect(codes(await preview({ user: alice, instructions: [call(stranger, false)] }))).toEqual([]);
  expect(codes(await preview({ user: alice, instructions: [call(MEMO, true)] }))).toEqual([]);
});

/** The memo program's ELF, from its account or the one that holds its data. */
function memoElf(): Uint8Array {
  const account = net.bank.account(MEMO.toBytes());
  const data = account?.data();
  if (data === undefined) throw new Error('no memo program');
  if (data.length > 36) return data;
  const programData = net.bank.account(data.slice(4, 36))?.data();
  if (programData === undefined) throw new Error('no memo program data');
  return programData.slice(45);
}

describe('lookup tables that are none', () => {
  const lookUpIn = (table: PublicKey, addresses: PublicKey[]) => {
    const message = new TransactionMessage({
      payerKey: wallet('alice'),
      recentBlockhash: PublicKey.default.toBase58(),
      instructions: [sendSol(wallet('alice'), somebody, SOL)],
    }).compileToV0Message([
      new AddressLookupTableAccount({
        key: table,
        state: {
          addresses,
          authority: wallet('alice'),
          deactivationSlot: 2n ** 64n - 1n,
          lastExtendedSlot: 0,
          lastExtendedSlotStartIndex: 0,
        },
      }),
    ]);
    return new VersionedTransaction(message);
  };

  test.each([
    ['a wallet', () => wallet('bob'), 'InvalidAddressLookupTableOwner'],
    ['nothing', () => Keypair.generate().publicKey, 'AddressLookupTableNotFound'],
    ['a table too short', () => net.lookupTable, 'InvalidAddressLookupTableIndex'],
  ])('%s', async (_what, table, code) => {
    const filler = Array.from({ length: 255 }, () => Keypair.generate().publicKey);
    const transaction = lookUpIn(table(), [...filler, somebody]);
    transaction.message.recentBlockhash = (await latestBlockhash(network)).blockhash;
    const found = await previewTransaction({
      network,
      cache,
      account: wallet('alice').toBase58(),
      transaction: transaction.serialize(),
    });
    expect(found.preview.verdict).toMatchObject({ kind: 'refused', error: { code } });
    expect(found.preview.changes).toEqual([]);
    expect(codes(found)).toEqual(['would-be-refused']);
  });
});
