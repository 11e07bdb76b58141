import {
  Authorized,
  Lockup,
  type PublicKey,
  StakeAuthorizationLayout,
  StakeProgram,
  type TransactionInstruction,
} from '@solana/web3.js';
import { type Bench, SOL } from '../bench';
import { at, type Cell, custom } from '../cell';
import { voteAccount } from '../vote';

const program = 'Stake';
const BYTES = 200;

function creation(
  bench: Bench,
  lamports: bigint,
  lockup = Lockup.default,
): TransactionInstruction[] {
  return StakeProgram.createAccount({
    fromPubkey: bench.payer,
    stakePubkey: bench.key('stake'),
    authorized: new Authorized(bench.payer, bench.payer),
    lockup,
    lamports: Number(lamports),
  }).instructions;
}

function setUp(bench: Bench, lockup?: Lockup): PublicKey {
  bench.run(...creation(bench, 10n * SOL, lockup));
  return bench.key('stake');
}

function delegate(bench: Bench): TransactionInstruction[] {
  return StakeProgram.delegate({
    stakePubkey: bench.key('stake'),
    authorizedPubkey: bench.payer,
    votePubkey: voteAccount(bench),
  }).instructions;
}

function withdraw(bench: Bench, lamports: bigint): TransactionInstruction[] {
  return StakeProgram.withdraw({
    stakePubkey: bench.key('stake'),
    authorizedPubkey: bench.payer,
    toPubkey: bench.payer,
    lamports: Number(lamports),
  }).instructions;
}

export const STAKE_CELLS: readonly Cell[] = [
  {
    program,
    instruction: 'Initialize',
    outcome: 'success',
    build: (bench) => bench.transaction(creation(bench, 10n * SOL)),
  },
  {
    program,
    instruction: 'DelegateStake',
    outcome: 'success',
    build: (bench) => {
      setUp(bench);
      return bench.transaction(delegate(bench));
    },
  },
  {
    program,
    instruction: 'DelegateStake',
    outcome: 'wrong authority',
    error: at(0, 'MissingRequiredSignature'),
    build: (bench) => {
      setUp(bench);
      const [instruction] = delegate(bench);
      if (instruction === undefined) throw new Error('no instruction');
      for (const key of instruction.keys) if (key.isSigner) key.pubkey = bench.key('alice');
      return bench.transaction([instruction]);
    },
  },
  {
    program,
    instruction: 'Deactivate',
    outcome: 'success',
    build: (bench) => {
      const stakePubkey = setUp(bench);
      bench.run(...delegate(bench));
      return bench.transaction(
        StakeProgram.deactivate({ stakePubkey, authorizedPubkey: bench.payer }).instructions,
      );
    },
  },
  {
    program,
    instruction: 'Withdraw',
    outcome: 'everything, never delegated',
    build: (bench) => {
      setUp(bench);
      return bench.transaction(withdraw(bench, 10n * SOL));
    },
  },
  {
    program,
    instruction: 'Withdraw',
    outcome: 'what is staked',
    error: at(0, 'InsufficientFunds'),
    build: (bench) => {
      setUp(bench);
      bench.run(...delegate(bench));
      return bench.transaction(withdraw(bench, 10n * SOL));
    },
  },
  {
    program,
    instruction: 'Withdraw',
    outcome: 'locked up',
    error: custom(0, 1),
    build: (bench) => {
      setUp(bench, new Lockup(0, 500, bench.key('custodian')));
      return bench.transaction(withdraw(bench, SOL));
    },
  },
  {
    program,
    instruction: 'Split',
    outcome: 'success',
    build: (bench) => {
      const stakePubkey = setUp(bench);
      bench.run(...delegate(bench));
      const fields = {
        stakePubkey,
        authorizedPubkey: bench.payer,
        splitStakePubkey: bench.key('split'),
        lamports: Number(4n * SOL),
      };
      return bench.transaction(StakeProgram.split(fields, Number(bench.rent(BYTES))).instructions);
    },
  },
  {
    program,
    instruction: 'Authorize',
    outcome: 'success',
    build: (bench) => {
      const fields = {
        stakePubkey: setUp(bench),
        authorizedPubkey: bench.payer,
        newAuthorizedPubkey: bench.key('alice'),
        stakeAuthorizationType: StakeAuthorizationLayout.Withdrawer,
      };
      return bench.transaction(StakeProgram.authorize(fields).instructions);
    },
  },
  {
    program,
    instruction: 'Merge',
    outcome: 'success',
    build: (bench) => {
      const stakePubkey = setUp(bench);
      const source = bench.key('split');
      const fields = {
        stakePubkey,
        authorizedPubkey: bench.payer,
        splitStakePubkey: source,
        lamports: Number(4n * SOL),
      };
      bench.run(...StakeProgram.split(fields, Number(bench.rent(BYTES))).instructions);
      return bench.transaction(
        StakeProgram.merge({
          stakePubkey,
          sourceStakePubKey: source,
          authorizedPubkey: bench.payer,
        }).instructions,
      );
    },
  },
];
