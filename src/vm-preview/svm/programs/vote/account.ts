/** Making, funding and emptying vote accounts. Source: agave `programs/vote/src/vote_state/mod.rs`. */
import { InstructionFailure } from '../../errors/instruction-error';
import type { Pubkey } from '../../pubkey';
import type { BorrowedAccount, InstructionContext, InvokeContext } from '../../runtime/types';
import { type Clock, rentExemptMinimum } from '../../sysvars/sysvar-cache';
import { BincodeWriter } from '../bincode';
import { SYSTEM_PROGRAM } from '../ids';
import { clockFromAccount, rentFromAccount } from '../sysvar-account';
import { refuseProofOfPossession, requireSigner } from './authorize';
import { borrowCollector, resolveCollector } from './commission';
import { voteFailure } from './errors';
import {
  newVoteState,
  readVoteState,
  readVoteStateV4,
  requireUninitialized,
  type VoteInit,
  type VoteState,
  writeVoteState,
} from './state';

const U64_MAX = 0xffff_ffff_ffff_ffffn;

/** Accounts: 0 the vote account, 1 Rent, 2 Clock, and the validator's identity among the signers. */
export function initializeAccount(
  invoke: InvokeContext,
  instruction: InstructionContext,
  account: BorrowedAccount,
  init: VoteInit,
): void {
  const rent = rentFromAccount(invoke, instruction, 1);
  if (account.lamports < rentExemptMinimum(rent, account.data.length)) {
    throw new InstructionFailure('InsufficientFunds');
  }
  const clock = clockFromAccount(invoke, instruction, 2);
  requireUninitialized(account);
  requireSigner(init.nodePubkey, instruction.signers());
  writeVoteState(account, newVoteState(account.key, init, clock.epoch));
}

const INITIALIZE_V2_FEATURES = [
  'bls_pubkey_management_in_vote_account',
  'commission_rate_in_basis_points',
  'custom_commission_collector',
  'block_revenue_sharing',
  'vote_account_initialize_v2',
] as const;

/** Checked as far as the proof of possession, which is not verified here. */
export function initializeAccountV2(
  invoke: InvokeContext,
  instruction: InstructionContext,
  account: BorrowedAccount,
  nodePubkey: Pubkey,
): void {
  if (!INITIALIZE_V2_FEATURES.every((feature) => invoke.features.isActive(feature))) {
    throw new InstructionFailure('InvalidInstructionData');
  }
  instruction.checkNumberOfAccounts(4);
  const inflation = borrowCollector(instruction, account, 2);
  const revenue = borrowCollector(instruction, account, 3);
  const { rent } = invoke.sysvars;
  requireUninitialized(account);
  requireSigner(nodePubkey, instruction.signers());
  resolveCollector(inflation, account, rent);
  resolveCollector(revenue, account, rent);
  refuseProofOfPossession();
}

/** A validator that earned credits in this epoch or the last is still voting. */
function requireIdle(state: VoteState, clock: Clock): void {
  const last = state.epochCredits.at(-1);
  if (last === undefined) return;
  if (clock.epoch < last.epoch || clock.epoch - last.epoch < 2n) {
    throw voteFailure('ActiveVoteAccountClose');
  }
}

/** Accounts: 0 the vote account, 1 the recipient, and the withdrawer among the signers. */
export function withdraw(
  invoke: InvokeContext,
  instruction: InstructionContext,
  lamports: bigint,
): void {
  const { rent, clock } = invoke.sysvars;
  const account = instruction.borrow(0);
  const state = readVoteState(account);
  requireSigner(state.authorizedWithdrawer, instruction.signers());
  if (lamports > account.lamports) throw new InstructionFailure('InsufficientFunds');
  const remaining = account.lamports - lamports;
  if (remaining === 0n) {
    if (state.pendingDelegatorRewards > 0n) throw new InstructionFailure('InsufficientFunds');
    requireIdle(state, clock);
    account.dataMut().fill(0);
  } else {
    const minimum = rentExemptMinimum(rent, account.data.length) + state.pendingDelegatorRewards;
    if (minimum > U64_MAX) throw new InstructionFailure('ArithmeticOverflow');
    if (remaining < minimum) throw new InstructionFailure('InsufficientFunds');
  }
  account.checkedSubLamports(lamports);
  account.release();
  instruction.borrow(1).checkedAddLamports(lamports);
}

const DEPOSIT_FEATURES = [
  'commission_rate_in_basis_points',
  'custom_commission_collector',
  'block_revenue_sharing',
] as const;

/** SIMD-0123. Accounts: 0 the vote account, 1 the payer. */
export function depositDelegatorRewards(
  invoke: InvokeContext,
  instruction: InstructionContext,
  account: BorrowedAccount,
  lamports: bigint,
): void {
  if (!DEPOSIT_FEATURES.every((feature) => invoke.features.isActive(feature))) {
    throw new InstructionFailure('InvalidInstructionData');
  }
  instruction.checkNumberOfAccounts(2);
  const payer = instruction.keyOfAccount(1);
  requireSigner(payer, instruction.signers());
  const state = readVoteStateV4(account);
  account.release();
  const accounts = [
    { pubkey: payer, isSigner: true, isWritable: true },
    { pubkey: account.key, isSigner: false, isWritable: true },
  ];
  const data = new BincodeWriter().u32(2).u64(lamports).finish();
  invoke.nativeInvoke({ programId: SYSTEM_PROGRAM, accounts, data }, []);
  const funded = instruction.borrow(0);
  state.pendingDelegatorRewards += lamports;
  if (state.pendingDelegatorRewards > U64_MAX) throw new InstructionFailure('ArithmeticOverflow');
  writeVoteState(funded, state);
}
