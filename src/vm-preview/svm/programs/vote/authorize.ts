/** Who may vote, withdraw and validate. Source: agave `programs/vote/src/vote_state/{mod,handler}.rs`. */
import { CannotPreview } from '../../../errors';
import { InstructionFailure } from '../../errors/instruction-error';
import type { Pubkey } from '../../pubkey';
import type { BorrowedAccount, InstructionContext, InvokeContext } from '../../runtime/types';
import type { Clock } from '../../sysvars/sysvar-cache';
import { clockFromAccount } from '../sysvar-account';
import { addressWithSeed } from '../with-seed';
import { voteFailure } from './errors';
import type { DerivedAuthority, VoteAuthorize } from './instruction';
import { readVoteState, type VoteState, writeVoteState } from './state';

export function requireSigner(key: Pubkey, signers: ReadonlySet<string>): void {
  if (!signers.has(key.key)) throw new InstructionFailure('MissingRequiredSignature');
}

/** @throws always: proofs of possession of BLS keys are not checked here */
export function refuseProofOfPossession(): never {
  throw new CannotPreview('vote-bls-proof', 'a proof of possession of a BLS voting key');
}

/** The voter of an epoch, kept as that epoch's own; voters of epochs before the last are forgotten. */
function voterOfEpoch({ authorizedVoters }: VoteState, epoch: bigint): Pubkey {
  let latest: bigint | undefined;
  for (const candidate of authorizedVoters.keys()) {
    if (candidate <= epoch && (latest === undefined || candidate > latest)) latest = candidate;
  }
  const voter = latest === undefined ? undefined : authorizedVoters.get(latest);
  if (voter === undefined) throw new InstructionFailure('InvalidAccountData');
  authorizedVoters.set(epoch, voter);
  const oldestKept = epoch > 0n ? epoch - 1n : 0n;
  for (const candidate of [...authorizedVoters.keys()]) {
    if (candidate < oldestKept) authorizedVoters.delete(candidate);
  }
  return voter;
}

function setVoter(
  state: VoteState,
  authority: Pubkey,
  signers: ReadonlySet<string>,
  clock: Clock,
): void {
  const isWithdrawerSigner = signers.has(state.authorizedWithdrawer.key);
  const targetEpoch = clock.leaderScheduleEpoch + 1n;
  if (targetEpoch > 0xffff_ffff_ffff_ffffn) throw new InstructionFailure('InvalidAccountData');
  const current = voterOfEpoch(state, clock.epoch);
  if (!isWithdrawerSigner) requireSigner(current, signers);
  if (state.authorizedVoters.has(targetEpoch)) throw voteFailure('TooSoonToReauthorize');
  state.authorizedVoters.set(targetEpoch, authority);
}

function authorizeAs(
  invoke: InvokeContext,
  account: BorrowedAccount,
  authority: Pubkey,
  role: VoteAuthorize,
  signers: ReadonlySet<string>,
  clock: Clock,
): void {
  const state = readVoteState(account);
  const hasBls = invoke.features.isActive('bls_pubkey_management_in_vote_account');
  if (role === 'Voter') {
    if (hasBls && state.blsPublicKey !== undefined) {
      throw new InstructionFailure('InvalidInstructionData');
    }
    setVoter(state, authority, signers, clock);
  } else if (role === 'Withdrawer') {
    requireSigner(state.authorizedWithdrawer, signers);
    state.authorizedWithdrawer = authority;
  } else {
    if (!hasBls) throw new InstructionFailure('InvalidInstructionData');
    refuseProofOfPossession();
  }
  writeVoteState(account, state);
}

/** Accounts: 0 the vote account, 1 Clock, and the current authority among the signers. */
export function authorize(
  invoke: InvokeContext,
  instruction: InstructionContext,
  account: BorrowedAccount,
  authority: Pubkey,
  role: VoteAuthorize,
): void {
  const clock = clockFromAccount(invoke, instruction, 1);
  authorizeAs(invoke, account, authority, role, instruction.signers(), clock);
}

/** Accounts: 0 the vote account, 1 Clock, 2 the base that the current authority is derived from. */
export function authorizeWithSeed(
  invoke: InvokeContext,
  instruction: InstructionContext,
  account: BorrowedAccount,
  authority: Pubkey,
  role: VoteAuthorize,
  { owner, seed }: DerivedAuthority,
): void {
  const clock = clockFromAccount(invoke, instruction, 1);
  const signers = new Set<string>();
  if (instruction.isSigner(2)) {
    signers.add(addressWithSeed(instruction.keyOfAccount(2), seed, owner).key);
  }
  authorizeAs(invoke, account, authority, role, signers, clock);
}

/** @returns account 3, the new authority, which signed */
export function checkedAuthority(instruction: InstructionContext): Pubkey {
  instruction.checkNumberOfAccounts(4);
  if (!instruction.isSigner(3)) throw new InstructionFailure('MissingRequiredSignature');
  return instruction.keyOfAccount(3);
}

/** Account 1 is the new identity, which signs too. */
export function updateValidatorIdentity(
  invoke: InvokeContext,
  instruction: InstructionContext,
  account: BorrowedAccount,
): void {
  instruction.checkNumberOfAccounts(2);
  const nodePubkey = instruction.keyOfAccount(1);
  const signers = instruction.signers();
  const state = readVoteState(account);
  requireSigner(state.authorizedWithdrawer, signers);
  requireSigner(nodePubkey, signers);
  state.nodePubkey = nodePubkey;
  if (!invoke.features.isActive('custom_commission_collector')) {
    state.blockRevenueCollector = nodePubkey;
  }
  writeVoteState(account, state);
}
