/** What a validator takes, and for whom. Source: agave `programs/vote/src/vote_state/mod.rs`. */
import { InstructionFailure } from '../../errors/instruction-error';
import type { Pubkey } from '../../pubkey';
import type { BorrowedAccount, InstructionContext, InvokeContext } from '../../runtime/types';
import { type EpochSchedule, type Rent, rentExemptMinimum } from '../../sysvars/sysvar-cache';
import { SYSTEM_PROGRAM } from '../ids';
import { requireSigner } from './authorize';
import { voteFailure } from './errors';
import type { CommissionKind } from './instruction';
import { readVoteState, type VoteState, writeVoteState } from './state';

/** Up to the middle of an epoch. */
function isUpdateAllowed(slot: bigint, schedule: EpochSchedule): boolean {
  if (schedule.slotsPerEpoch === 0n) return true;
  const normal = slot > schedule.firstNormalSlot ? slot - schedule.firstNormalSlot : 0n;
  return (normal % schedule.slotsPerEpoch) * 2n <= schedule.slotsPerEpoch;
}

/** An account that cannot be read counts as one whose commission is being raised. */
function isRaise(account: BorrowedAccount, percent: number): boolean {
  try {
    const { inflationRewardsCommission } = readVoteState(account);
    return percent > Math.min(Math.trunc(inflationRewardsCommission / 100), 255);
  } catch (thrown) {
    if (thrown instanceof InstructionFailure) return true;
    throw thrown;
  }
}

export function updateCommission(
  invoke: InvokeContext,
  instruction: InstructionContext,
  account: BorrowedAccount,
  percent: number,
): void {
  const { epochSchedule, clock } = invoke.sysvars;
  const isRuleEnforced =
    !invoke.features.isActive('delay_commission_updates') && isRaise(account, percent);
  if (isRuleEnforced && !isUpdateAllowed(clock.slot, epochSchedule)) {
    throw voteFailure('CommissionUpdateTooLate');
  }
  const state = readVoteState(account);
  requireSigner(state.authorizedWithdrawer, instruction.signers());
  state.inflationRewardsCommission = percent * 100;
  writeVoteState(account, state);
}

/** SIMD-0291. */
export function updateCommissionBps(
  invoke: InvokeContext,
  instruction: InstructionContext,
  account: BorrowedAccount,
  basisPoints: number,
  kind: CommissionKind,
): void {
  const { features } = invoke;
  if (
    !features.isActive('commission_rate_in_basis_points') ||
    !features.isActive('delay_commission_updates') ||
    (kind === 'BlockRevenue' && !features.isActive('block_revenue_sharing'))
  ) {
    throw new InstructionFailure('InvalidInstructionData');
  }
  const state = readVoteState(account);
  requireSigner(state.authorizedWithdrawer, instruction.signers());
  if (kind === 'InflationRewards') state.inflationRewardsCommission = basisPoints;
  else state.blockRevenueCommission = basisPoints;
  writeVoteState(account, state);
}

/** A collector that is held while it is checked; `undefined` for the vote account itself. */
export type Collector = BorrowedAccount | undefined;

export function borrowCollector(
  instruction: InstructionContext,
  voteAccount: BorrowedAccount,
  index: number,
): Collector {
  const isVoteAccount = instruction.keyOfAccount(index).equals(voteAccount.key);
  return isVoteAccount ? undefined : instruction.borrow(index);
}

/** SIMD-0232: the vote account, or a writable, rent-exempt account of the System program. */
export function resolveCollector(
  collector: Collector,
  voteAccount: BorrowedAccount,
  rent: Rent,
): Pubkey {
  if (collector === undefined) return voteAccount.key;
  if (!collector.owner.equals(SYSTEM_PROGRAM)) throw new InstructionFailure('InvalidAccountOwner');
  if (collector.lamports < rentExemptMinimum(rent, collector.data.length)) {
    throw new InstructionFailure('InsufficientFunds');
  }
  if (!collector.isWritable) throw new InstructionFailure('InvalidArgument');
  return collector.key;
}

function setCollector(state: VoteState, kind: CommissionKind, collector: Pubkey): void {
  if (kind === 'InflationRewards') state.inflationRewardsCollector = collector;
  else state.blockRevenueCollector = collector;
}

/** SIMD-0232. Account 1 is the new collector. */
export function updateCommissionCollector(
  invoke: InvokeContext,
  instruction: InstructionContext,
  account: BorrowedAccount,
  kind: CommissionKind,
): void {
  if (!invoke.features.isActive('custom_commission_collector')) {
    throw new InstructionFailure('InvalidInstructionData');
  }
  instruction.checkNumberOfAccounts(3);
  const collector = borrowCollector(instruction, account, 1);
  const { rent } = invoke.sysvars;
  const state = readVoteState(account);
  requireSigner(state.authorizedWithdrawer, instruction.signers());
  setCollector(state, kind, resolveCollector(collector, account, rent));
  writeVoteState(account, state);
}
