/**
 * Vote accounts. All versions are read, and written back as the fourth.
 * Source: solana-sdk `vote-interface/src/state/*`, agave `programs/vote/src/vote_state/handler.rs`.
 */
import { InstructionFailure } from '../../errors/instruction-error';
import { PUBKEY_BYTES, type Pubkey } from '../../pubkey';
import type { BorrowedAccount } from '../../runtime/types';
import { setState } from '../account-state';
import { type BincodeReader, BincodeWriter, decodeState } from '../bincode';

/** Bytes of a vote account's data. */
export const VOTE_STATE_BYTES = 3762;
/** Compressed. */
export const BLS_PUBLIC_KEY_BYTES = 48;
/** `prior_voters` of the older versions: 32 entries of a key and two epochs. */
const PRIOR_VOTERS_BYTES = 32 * (PUBKEY_BYTES + 16);
/** 100 %: what older versions gave of the block's revenue. */
const DEFAULT_BLOCK_REVENUE_COMMISSION = 10_000;

const V1_14_11 = 1;
const V3 = 2;
const V4 = 3;

export interface LandedVote {
  readonly latency: number;
  readonly slot: bigint;
  readonly confirmationCount: number;
}

export interface EpochCredits {
  readonly epoch: bigint;
  readonly credits: bigint;
  readonly previousCredits: bigint;
}

/** Commissions are in basis points, rewards in lamports. */
export interface VoteState {
  nodePubkey: Pubkey;
  authorizedWithdrawer: Pubkey;
  inflationRewardsCollector: Pubkey;
  blockRevenueCollector: Pubkey;
  inflationRewardsCommission: number;
  blockRevenueCommission: number;
  pendingDelegatorRewards: bigint;
  blsPublicKey: Uint8Array | undefined;
  readonly votes: readonly LandedVote[];
  readonly rootSlot: bigint | undefined;
  /** By epoch; a voter stays until another's epoch begins. */
  readonly authorizedVoters: Map<bigint, Pubkey>;
  readonly epochCredits: readonly EpochCredits[];
  readonly lastTimestamp: { readonly slot: bigint; readonly timestamp: bigint };
}

function readMany<T>(reader: BincodeReader, read: () => T): T[] {
  const items: T[] = [];
  for (let left = reader.u64(); left > 0n; left--) items.push(read());
  return items;
}

function readTail(reader: BincodeReader, version: number) {
  const votes = readMany(reader, () => ({
    latency: version === V1_14_11 ? 0 : reader.u8(),
    slot: reader.u64(),
    confirmationCount: reader.u32(),
  }));
  const rootSlot = reader.option(() => reader.u64());
  const authorizedVoters = new Map(
    readMany(reader, () => [reader.u64(), reader.pubkey()] as const),
  );
  if (version !== V4) {
    reader.bytes(PRIOR_VOTERS_BYTES);
    reader.u64();
    reader.bool();
  }
  const epochCredits = readMany(reader, () => ({
    epoch: reader.u64(),
    credits: reader.u64(),
    previousCredits: reader.u64(),
  }));
  const lastTimestamp = { slot: reader.u64(), timestamp: reader.i64() };
  return { votes, rootSlot, authorizedVoters, epochCredits, lastTimestamp };
}

function readVersion4(reader: BincodeReader): VoteState {
  return {
    nodePubkey: reader.pubkey(),
    authorizedWithdrawer: reader.pubkey(),
    inflationRewardsCollector: reader.pubkey(),
    blockRevenueCollector: reader.pubkey(),
    inflationRewardsCommission: reader.u16(),
    blockRevenueCommission: reader.u16(),
    pendingDelegatorRewards: reader.u64(),
    blsPublicKey: reader.option(() => reader.bytes(BLS_PUBLIC_KEY_BYTES)),
    ...readTail(reader, V4),
  };
}

/** `try_convert_to_vote_state_v4`. */
function readOlderVersion(reader: BincodeReader, version: number, voteAccount: Pubkey): VoteState {
  const nodePubkey = reader.pubkey();
  return {
    nodePubkey,
    authorizedWithdrawer: reader.pubkey(),
    inflationRewardsCollector: voteAccount,
    blockRevenueCollector: nodePubkey,
    inflationRewardsCommission: reader.u8() * 100,
    blockRevenueCommission: DEFAULT_BLOCK_REVENUE_COMMISSION,
    pendingDelegatorRewards: 0n,
    blsPublicKey: undefined,
    ...readTail(reader, version),
  };
}

interface VersionedVoteState {
  readonly version: number;
  /** Without voters, an older version counts as uninitialized. */
  readonly isUninitialized: boolean;
  readonly state: VoteState;
}

function readVersioned(reader: BincodeReader, voteAccount: Pubkey): VersionedVoteState {
  const version = reader.u32();
  if (version === V4) return { version, isUninitialized: false, state: readVersion4(reader) };
  if (version !== V3 && version !== V1_14_11) reader.unknownVariant();
  const state = readOlderVersion(reader, version, voteAccount);
  return { version, isUninitialized: state.authorizedVoters.size === 0, state };
}

/** @throws InstructionFailure InvalidAccountData, UninitializedAccount */
export function readVoteState(account: BorrowedAccount): VoteState {
  const versioned = decodeState(account.data, (r) => readVersioned(r, account.key));
  if (versioned.isUninitialized) throw new InstructionFailure('UninitializedAccount');
  return versioned.state;
}

/** As `readVoteState`, for what asks for the fourth version itself. */
export function readVoteStateV4(account: BorrowedAccount): VoteState {
  const { version, state } = decodeState(account.data, (r) => readVersioned(r, account.key));
  if (version !== V4) throw new InstructionFailure('InvalidAccountData');
  return state;
}

/** @throws InstructionFailure InvalidAccountData, AccountAlreadyInitialized */
export function requireUninitialized(account: BorrowedAccount): void {
  if (account.data.length !== VOTE_STATE_BYTES) throw new InstructionFailure('InvalidAccountData');
  const isUninitialized = decodeState(account.data, (reader) => {
    const isVersion0 = account.data.subarray(0, 4).every((byte) => byte === 0);
    return isVersion0 || readVersioned(reader, account.key).isUninitialized;
  });
  if (!isUninitialized) throw new InstructionFailure('AccountAlreadyInitialized');
}

function encode(state: VoteState): Uint8Array {
  const writer = new BincodeWriter()
    .u32(V4)
    .pubkey(state.nodePubkey)
    .pubkey(state.authorizedWithdrawer)
    .pubkey(state.inflationRewardsCollector)
    .pubkey(state.blockRevenueCollector)
    .u16(state.inflationRewardsCommission)
    .u16(state.blockRevenueCommission)
    .u64(state.pendingDelegatorRewards)
    .option(state.blsPublicKey, (key) => writer.bytes(key))
    .u64(BigInt(state.votes.length));
  for (const vote of state.votes) {
    writer.u8(vote.latency).u64(vote.slot).u32(vote.confirmationCount);
  }
  writer.option(state.rootSlot, (slot) => writer.u64(slot));
  const voters = [...state.authorizedVoters].sort(([a], [b]) => (a < b ? -1 : 1));
  writer.u64(BigInt(voters.length));
  for (const [epoch, voter] of voters) writer.u64(epoch).pubkey(voter);
  writer.u64(BigInt(state.epochCredits.length));
  for (const { epoch, credits, previousCredits } of state.epochCredits) {
    writer.u64(epoch).u64(credits).u64(previousCredits);
  }
  return writer.u64(state.lastTimestamp.slot).i64(state.lastTimestamp.timestamp).finish();
}

/**
 * `set_vote_account_state`: an account of an older version grows first, if its balance allows it.
 *
 * @throws InstructionFailure AccountNotRentExempt
 */
export function writeVoteState(account: BorrowedAccount, state: VoteState): void {
  if (account.data.length < VOTE_STATE_BYTES) grow(account);
  setState(account, encode(state));
}

function grow(account: BorrowedAccount): void {
  if (!account.isRentExemptAtDataLength(VOTE_STATE_BYTES)) {
    throw new InstructionFailure('AccountNotRentExempt');
  }
  try {
    account.setDataLength(VOTE_STATE_BYTES);
  } catch (thrown) {
    if (!(thrown instanceof InstructionFailure)) throw thrown;
    throw new InstructionFailure('AccountNotRentExempt');
  }
}

export interface VoteInit {
  readonly nodePubkey: Pubkey;
  readonly authorizedVoter: Pubkey;
  readonly authorizedWithdrawer: Pubkey;
  /** In percent. */
  readonly commission: number;
}

/** `VoteStateV4::new_with_defaults`. */
export function newVoteState(voteAccount: Pubkey, init: VoteInit, epoch: bigint): VoteState {
  return {
    nodePubkey: init.nodePubkey,
    authorizedWithdrawer: init.authorizedWithdrawer,
    inflationRewardsCollector: voteAccount,
    blockRevenueCollector: init.nodePubkey,
    inflationRewardsCommission: init.commission * 100,
    blockRevenueCommission: DEFAULT_BLOCK_REVENUE_COMMISSION,
    pendingDelegatorRewards: 0n,
    blsPublicKey: undefined,
    votes: [],
    rootSlot: undefined,
    authorizedVoters: new Map([[epoch, init.authorizedVoter]]),
    epochCredits: [],
    lastTimestamp: { slot: 0n, timestamp: 0n },
  };
}
