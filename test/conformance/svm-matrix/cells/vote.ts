import { TransactionInstruction, VoteAuthorizationLayout, VoteProgram } from '@solana/web3.js';
import type { Bench } from '../bench';
import { at, type Cell, custom } from '../cell';
import { createVoteAccount, olderVoteAccount, VOTE_BYTES, voteAccount } from '../vote';

const program = 'Vote';

function withdraw(bench: Bench, lamports: bigint): TransactionInstruction[] {
  return VoteProgram.withdraw({
    votePubkey: bench.key('vote'),
    authorizedWithdrawerPubkey: bench.payer,
    lamports: Number(lamports),
    toPubkey: bench.payer,
  }).instructions;
}

function updateCommission(bench: Bench, percent: number): TransactionInstruction {
  return new TransactionInstruction({
    programId: VoteProgram.programId,
    keys: [
      { pubkey: voteAccount(bench), isSigner: false, isWritable: true },
      { pubkey: bench.payer, isSigner: true, isWritable: false },
    ],
    data: Buffer.from([5, 0, 0, 0, percent]),
  });
}

function authorizeWithdrawer(
  bench: Bench,
  version: 'v1.14.11' | 'v3',
  lamports: bigint,
): TransactionInstruction[] {
  return VoteProgram.authorize({
    votePubkey: olderVoteAccount(bench, version, lamports),
    authorizedPubkey: bench.payer,
    newAuthorizedPubkey: bench.key('alice'),
    voteAuthorizationType: VoteAuthorizationLayout.Withdrawer,
  }).instructions;
}

export const VOTE_CELLS: readonly Cell[] = [
  {
    program,
    instruction: 'InitializeAccount',
    outcome: 'success',
    build: (bench) => bench.transaction(createVoteAccount(bench)),
  },
  {
    program,
    instruction: 'Authorize',
    outcome: 'a new voter',
    build: (bench) =>
      bench.transaction(
        VoteProgram.authorize({
          votePubkey: voteAccount(bench),
          authorizedPubkey: bench.payer,
          newAuthorizedPubkey: bench.key('alice'),
          voteAuthorizationType: VoteAuthorizationLayout.Voter,
        }).instructions,
      ),
  },
  {
    program,
    instruction: 'Authorize',
    outcome: 'not the withdrawer',
    error: at(0, 'MissingRequiredSignature'),
    build: (bench) =>
      bench.transaction(
        VoteProgram.authorize({
          votePubkey: voteAccount(bench),
          authorizedPubkey: bench.key('alice'),
          newAuthorizedPubkey: bench.key('alice'),
          voteAuthorizationType: VoteAuthorizationLayout.Withdrawer,
        }).instructions,
      ),
  },
  {
    program,
    instruction: 'Withdraw',
    outcome: 'what is above rent',
    build: (bench) => {
      voteAccount(bench, 777n);
      return bench.transaction(withdraw(bench, 777n));
    },
  },
  {
    program,
    instruction: 'Withdraw',
    outcome: 'more than that',
    error: at(0, 'InsufficientFunds'),
    build: (bench) => {
      voteAccount(bench, 777n);
      return bench.transaction(withdraw(bench, 778n));
    },
  },
  {
    program,
    instruction: 'Withdraw',
    outcome: 'everything',
    build: (bench) => {
      voteAccount(bench);
      return bench.transaction(withdraw(bench, bench.rent(VOTE_BYTES)));
    },
  },
  {
    program,
    instruction: 'UpdateCommission',
    outcome: 'raised late in an epoch',
    error: custom(0, 19),
    world: { features: ['vote_state_v4'] },
    build: (bench) => {
      const instruction = updateCommission(bench, 50);
      const { firstNormalSlot, slotsPerEpoch } = bench.world.native.getEpochSchedule();
      bench.warp(firstNormalSlot + slotsPerEpoch - 1n);
      return bench.transaction([instruction]);
    },
  },
  {
    program,
    instruction: 'UpdateCommission',
    outcome: 'success',
    build: (bench) => bench.transaction([updateCommission(bench, 50)]),
  },
  {
    program,
    instruction: 'Authorize',
    outcome: 'an account of version 3 becomes version 4',
    build: (bench) => bench.transaction(authorizeWithdrawer(bench, 'v3', bench.rent(VOTE_BYTES))),
  },
  {
    program,
    instruction: 'Authorize',
    outcome: 'an account of version 1.14.11 grows',
    build: (bench) =>
      bench.transaction(authorizeWithdrawer(bench, 'v1.14.11', bench.rent(VOTE_BYTES))),
  },
  {
    program,
    instruction: 'Authorize',
    outcome: 'an account of version 1.14.11 that cannot pay for growth',
    error: at(0, 'AccountNotRentExempt'),
    build: (bench) =>
      bench.transaction(authorizeWithdrawer(bench, 'v1.14.11', bench.rent(VOTE_BYTES) - 1n)),
  },
];
