import {
  PublicKey,
  type TransactionInstruction,
  VoteAccount,
  VoteAuthorizationLayout,
  VoteInit,
  VoteProgram,
} from '@solana/web3.js';
import { CannotPreview } from '../../../../src/vm-preview/errors';
import type { Account } from '../../../../src/vm-preview/svm/account';
import { createWithSeed } from '../../../../src/vm-preview/svm/address';
import { FeatureSet } from '../../../../src/vm-preview/svm/features/feature-set';
import { FEATURE_IDS, type FeatureName } from '../../../../src/vm-preview/svm/features/ids';
import { SYSTEM_PROGRAM, VOTE_PROGRAM } from '../../../../src/vm-preview/svm/programs/ids';
import { voteProgram } from '../../../../src/vm-preview/svm/programs/vote/program';
import { VOTE_STATE_BYTES } from '../../../../src/vm-preview/svm/programs/vote/state';
import { Pubkey } from '../../../../src/vm-preview/svm/pubkey';
import { type BuiltinResult, type BuiltinRun, newPubkey, runBuiltin } from './run-builtin';

const TooSoonToReauthorize = { Custom: 5 };
const ActiveVoteAccountClose = { Custom: 18 };
const CommissionUpdateTooLate = { Custom: 19 };

const vote = newPubkey();
const node = newPubkey();
const voter = newPubkey();
const withdrawer = newPubkey();
const other = newPubkey();
const web3 = (key: Pubkey): PublicKey => new PublicKey(key.bytes);

/** Mainnet's: the gates that change votes' fields beyond v4 are off. */
const LATER: readonly FeatureName[] = [
  'bls_pubkey_management_in_vote_account',
  'commission_rate_in_basis_points',
  'custom_commission_collector',
  'block_revenue_sharing',
  'vote_account_initialize_v2',
  'delay_commission_updates',
];
const features = new FeatureSet(
  (Object.keys(FEATURE_IDS) as FeatureName[]).filter((name) => !LATER.includes(name)),
);

function run(
  instruction: TransactionInstruction,
  fields: Partial<Account>,
  more: Partial<BuiltinRun> & { readonly unsigned?: Pubkey } = {},
): BuiltinResult {
  return runBuiltin({
    program: voteProgram,
    programId: VOTE_PROGRAM,
    data: instruction.data,
    accounts: [
      [vote, { owner: VOTE_PROGRAM, ...fields }],
      [node, {}],
      [voter, {}],
      [withdrawer, {}],
      [other, {}],
    ],
    metas: instruction.keys.map((key) => {
      const pubkey = Pubkey.from(key.pubkey.toBytes());
      return {
        pubkey,
        isSigner: key.isSigner && more.unsigned?.equals(pubkey) !== true,
        isWritable: key.isWritable,
      };
    }),
    features,
    ...more,
  });
}

const initialize = VoteProgram.initializeAccount({
  votePubkey: web3(vote),
  nodePubkey: web3(node),
  voteInit: new VoteInit(web3(node), web3(voter), web3(withdrawer), 5),
});

function dataOf(result: BuiltinResult): Uint8Array {
  expect(result.error).toBeUndefined();
  return result.accounts[0]?.data ?? new Uint8Array();
}

function newVoteAccount(): Uint8Array {
  return dataOf(
    run(initialize, { data: new Uint8Array(VOTE_STATE_BYTES) }, { sysvars: { epoch: 4n } }),
  );
}

/** Offsets of VoteStateV4. */
const AT = { withdrawer: 36, inflationCollector: 68, revenueCollector: 100, commission: 132 };
const at = (data: Uint8Array, offset: number): string =>
  new PublicKey(data.subarray(offset, offset + 32)).toBase58();
const u16 = (data: Uint8Array, offset: number): number =>
  (data[offset] ?? 0) | ((data[offset + 1] ?? 0) << 8);

const authorizeType = VoteAuthorizationLayout;

test('initialize writes a v4 state with the defaults of SIMD-0185', () => {
  const data = newVoteAccount();
  expect(data.length).toBe(VOTE_STATE_BYTES);
  expect([...data.subarray(0, 4)]).toEqual([3, 0, 0, 0]);
  expect(at(data, 4)).toBe(node.toBase58());
  expect(at(data, AT.withdrawer)).toBe(withdrawer.toBase58());
  expect(at(data, AT.inflationCollector)).toBe(vote.toBase58());
  expect(at(data, AT.revenueCollector)).toBe(node.toBase58());
  expect(u16(data, AT.commission)).toBe(500);
  expect(u16(data, AT.commission + 2)).toBe(10_000);
});

test('initialize: why not', () => {
  const blank = { data: new Uint8Array(VOTE_STATE_BYTES) };
  const result = run(initialize, blank);
  expect(result.units).toBe(2_100);
  expect(run(initialize, blank, { unsigned: node }).error).toBe('MissingRequiredSignature');
  expect(run(initialize, { data: new Uint8Array(3731) }).error).toBe('InvalidAccountData');
  expect(run(initialize, { data: newVoteAccount() }).error).toBe('AccountAlreadyInitialized');
  expect(run(initialize, blank, { sysvars: { lamportsPerByte: 1n } }).error).toBe(
    'InsufficientFunds',
  );
  expect(run(initialize, { ...blank, owner: SYSTEM_PROGRAM }).error).toBe('InvalidAccountOwner');
});

/** An older state as web3.js, which knows only those, would read it. */
function olderState(version: 1 | 2, voters: readonly (readonly [bigint, Pubkey])[]): Uint8Array {
  const data = new Uint8Array(version === 1 ? 3731 : VOTE_STATE_BYTES);
  const view = new DataView(data.buffer);
  view.setUint32(0, version, true);
  data.set(node.bytes, 4);
  data.set(withdrawer.bytes, 36);
  data[68] = 7;
  let offset = 69;
  view.setBigUint64(offset, 1n, true);
  offset += 8;
  if (version === 2) view.setUint8(offset++, 3);
  view.setBigUint64(offset, 55n, true);
  view.setUint32(offset + 8, 2, true);
  offset += 12;
  view.setUint8(offset++, 1);
  view.setBigUint64(offset, 44n, true);
  offset += 8;
  view.setBigUint64(offset, BigInt(voters.length), true);
  offset += 8;
  for (const [epoch, key] of voters) {
    view.setBigUint64(offset, epoch, true);
    data.set(key.bytes, offset + 8);
    offset += 40;
  }
  offset += 32 * 48 + 8;
  view.setUint8(offset++, 1);
  view.setBigUint64(offset, 1n, true);
  offset += 8;
  for (const value of [2n, 30n, 20n]) {
    view.setBigUint64(offset, value, true);
    offset += 8;
  }
  return data;
}

describe('older versions', () => {
  const authorize = VoteProgram.authorize({
    votePubkey: web3(vote),
    authorizedPubkey: web3(withdrawer),
    newAuthorizedPubkey: web3(other),
    voteAuthorizationType: authorizeType.Withdrawer,
  }).instructions[0] as TransactionInstruction;

  test('v3 becomes v4 with votes, root and credits kept', () => {
    const old = olderState(2, [[0n, voter]]);
    const data = dataOf(run(authorize, { data: old }));
    expect([...data.subarray(0, 4)]).toEqual([3, 0, 0, 0]);
    expect(at(data, AT.withdrawer)).toBe(other.toBase58());
    expect(u16(data, AT.commission)).toBe(700);
    const view = new DataView(data.buffer);
    // pending rewards, no BLS key, one vote with its latency, the root, one voter, one epoch.
    expect(view.getBigUint64(136, true)).toBe(0n);
    expect(data[144]).toBe(0);
    expect(view.getBigUint64(145, true)).toBe(1n);
    expect(data[153]).toBe(3);
    expect(view.getBigUint64(154, true)).toBe(55n);
    expect(view.getUint32(162, true)).toBe(2);
    expect(data[166]).toBe(1);
    expect(view.getBigUint64(167, true)).toBe(44n);
    expect(view.getBigUint64(175, true)).toBe(1n);
    expect(at(data, 191)).toBe(voter.toBase58());
    expect([223, 231, 239, 247].map((offset) => view.getBigUint64(offset, true))).toEqual([
      1n,
      2n,
      30n,
      20n,
    ]);
  });

  test('v1.14.11 grows first, if its balance allows it', () => {
    const old = olderState(1, [[0n, voter]]);
    // The version that web3.js reads, too.
    const { commission, votes, rootSlot } = VoteAccount.fromAccountData(old);
    expect({ commission, votes, rootSlot }).toEqual({
      commission: 7,
      votes: [{ slot: 55, confirmationCount: 2 }],
      rootSlot: 44,
    });
    const sysvars = { lamportsPerByte: 1n };
    const rent = BigInt(VOTE_STATE_BYTES + 128);
    expect(run(authorize, { data: old, lamports: rent - 1n }, { sysvars }).error).toBe(
      'AccountNotRentExempt',
    );
    const grown = dataOf(run(authorize, { data: old, lamports: rent }, { sysvars }));
    expect(grown.length).toBe(VOTE_STATE_BYTES);
    // It has no latencies: zero.
    expect(grown[153]).toBe(0);
  });

  test('one without voters counts as uninitialized; version 0 is none', () => {
    expect(run(authorize, { data: olderState(2, []) }).error).toBe('UninitializedAccount');
    expect(run(authorize, { data: new Uint8Array(VOTE_STATE_BYTES) }).error).toBe(
      'InvalidAccountData',
    );
    expect(run(authorize, { data: new Uint8Array(3) }).error).toBe('InvalidAccountData');
  });
});

describe('authorize', () => {
  const change = (by: Pubkey): TransactionInstruction =>
    VoteProgram.authorize({
      votePubkey: web3(vote),
      authorizedPubkey: web3(by),
      newAuthorizedPubkey: web3(other),
      voteAuthorizationType: authorizeType.Voter,
    }).instructions[0] as TransactionInstruction;

  test('a voter, by voter or withdrawer, from the epoch after next', () => {
    const sysvars = { epoch: 5n, leaderScheduleEpoch: 6n };
    for (const by of [voter, withdrawer]) {
      const data = dataOf(run(change(by), { data: newVoteAccount() }, { sysvars }));
      const view = new DataView(data.buffer);
      // No votes, no root; voters of epochs 4 (kept: the last), 5 (cached) and 7.
      expect(view.getBigUint64(145, true)).toBe(0n);
      expect(view.getBigUint64(154, true)).toBe(3n);
      expect([162, 202, 242].map((offset) => view.getBigUint64(offset, true))).toEqual([
        4n,
        5n,
        7n,
      ]);
      expect(at(data, 250)).toBe(other.toBase58());
      expect(run(change(by), { data }, { sysvars }).error).toEqual(TooSoonToReauthorize);
    }
    expect(run(change(other), { data: newVoteAccount() }, { sysvars }).error).toBe(
      'MissingRequiredSignature',
    );
  });

  test('a withdrawer derived with a seed', () => {
    const seed = 'vote seed';
    const derived = createWithSeed(other, new TextEncoder().encode(seed), SYSTEM_PROGRAM);
    const owned = newVoteAccount();
    owned.set(derived.bytes, AT.withdrawer);
    const instruction = VoteProgram.authorizeWithSeed({
      currentAuthorityDerivedKeyBasePubkey: web3(other),
      currentAuthorityDerivedKeyOwnerPubkey: web3(SYSTEM_PROGRAM),
      currentAuthorityDerivedKeySeed: seed,
      newAuthorizedPubkey: web3(node),
      voteAuthorizationType: authorizeType.Withdrawer,
      votePubkey: web3(vote),
    }).instructions[0] as TransactionInstruction;
    expect(at(dataOf(run(instruction, { data: owned })), AT.withdrawer)).toBe(node.toBase58());
    expect(run(instruction, { data: owned }, { unsigned: other }).error).toBe(
      'MissingRequiredSignature',
    );
  });
});

describe('withdraw', () => {
  const withdraw = (lamports: number): TransactionInstruction =>
    VoteProgram.withdraw({
      votePubkey: web3(vote),
      authorizedWithdrawerPubkey: web3(withdrawer),
      lamports,
      toPubkey: web3(other),
    }).instructions[0] as TransactionInstruction;
  const sysvars = { lamportsPerByte: 1n };
  const rent = BigInt(VOTE_STATE_BYTES + 128);

  test('what is above rent', () => {
    const fields = { data: newVoteAccount(), lamports: rent + 10n };
    const result = run(withdraw(10), fields, { sysvars });
    expect(result.error).toBeUndefined();
    expect(result.accounts[0]?.lamports).toBe(rent);
    expect(result.accounts[4]?.lamports).toBe(10n);
    expect(run(withdraw(11), fields, { sysvars }).error).toBe('InsufficientFunds');
    expect(run(withdraw(10), fields, { sysvars, unsigned: withdrawer }).error).toBe(
      'MissingRequiredSignature',
    );
  });

  test('all of it, once the validator has stopped voting', () => {
    const all = withdraw(Number(rent));
    const closed = run(all, { data: newVoteAccount(), lamports: rent }, { sysvars });
    expect(closed.error).toBeUndefined();
    expect(closed.accounts[0]?.data.every((byte) => byte === 0)).toBe(true);
    const active = { data: olderState(2, [[0n, voter]]), lamports: rent };
    expect(run(all, active, { sysvars: { ...sysvars, epoch: 3n } }).error).toEqual(
      ActiveVoteAccountClose,
    );
    expect(run(all, active, { sysvars: { ...sysvars, epoch: 4n } }).error).toBeUndefined();
  });
});

describe('commission and identity', () => {
  const updateCommission = (percent: number): TransactionInstruction => ({
    ...initialize,
    data: Buffer.from([5, 0, 0, 0, percent]),
    keys: [
      { pubkey: web3(vote), isSigner: false, isWritable: true },
      { pubkey: web3(withdrawer), isSigner: true, isWritable: false },
    ],
    programId: VoteProgram.programId,
  });

  test('a commission is raised only in the first half of an epoch', () => {
    const data = newVoteAccount();
    const late = { sysvars: { slot: 51n, slotsPerEpoch: 100n } };
    const early = { sysvars: { slot: 50n, slotsPerEpoch: 100n } };
    expect(run(updateCommission(6), { data }, late).error).toEqual(CommissionUpdateTooLate);
    expect(u16(dataOf(run(updateCommission(5), { data }, late)), AT.commission)).toBe(500);
    expect(u16(dataOf(run(updateCommission(6), { data }, early)), AT.commission)).toBe(600);
    // An unreadable account counts as one that is raised.
    expect(run(updateCommission(0), {}, late).error).toEqual(CommissionUpdateTooLate);
    expect(run(updateCommission(0), {}, early).error).toBe('InvalidAccountData');
  });

  test('a new identity takes the block revenue along', () => {
    const instruction: TransactionInstruction = {
      ...updateCommission(0),
      data: Buffer.from([4, 0, 0, 0]),
      keys: [
        { pubkey: web3(vote), isSigner: false, isWritable: true },
        { pubkey: web3(other), isSigner: true, isWritable: false },
        { pubkey: web3(withdrawer), isSigner: true, isWritable: false },
      ],
    };
    const data = dataOf(run(instruction, { data: newVoteAccount() }));
    expect(at(data, 4)).toBe(other.toBase58());
    expect(at(data, AT.revenueCollector)).toBe(other.toBase58());
    for (const unsigned of [other, withdrawer]) {
      expect(run(instruction, { data: newVoteAccount() }, { unsigned }).error).toBe(
        'MissingRequiredSignature',
      );
    }
  });

  test('instructions behind gates are no instructions', () => {
    for (const bytes of [
      [17, 0, 0, 0, 0, 0, 0, 0],
      [18, 0, 0, 0, 1, 0, 0, 0, 0, 0],
      [19, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
      [20, 0, 0, 0],
    ]) {
      const instruction = { ...updateCommission(0), data: Buffer.from(bytes) };
      expect(run(instruction, { data: newVoteAccount() }).error).toBe('InvalidInstructionData');
    }
  });

  test("a validator's vote cannot be previewed", () => {
    const tower = { ...updateCommission(0), data: Buffer.from([14, 0, 0, 0]) };
    expect(() => run(tower, { data: newVoteAccount() })).toThrow(CannotPreview);
  });
});
