/** Source: solana-sdk `vote-interface/src/instruction.rs`, `state/vote_instruction_data.rs`. */
import type { Pubkey } from '../../pubkey';
import { type BincodeReader, decodeInstruction } from '../bincode';
import { BLS_PUBLIC_KEY_BYTES, type VoteInit } from './state';

const BLS_PROOF_OF_POSSESSION_BYTES = 96;

export type VoteAuthorize = 'Voter' | 'Withdrawer' | 'VoterWithBls';
export type CommissionKind = 'InflationRewards' | 'BlockRevenue';

/** A current authority that is derived from a base, which signs for it. */
export interface DerivedAuthority {
  readonly owner: Pubkey;
  readonly seed: Uint8Array;
}

export type VoteInstruction =
  | { kind: 'InitializeAccount'; init: VoteInit }
  | { kind: 'Authorize'; authority: Pubkey; role: VoteAuthorize }
  | { kind: 'AuthorizeChecked'; role: VoteAuthorize }
  | {
      kind: 'AuthorizeWithSeed';
      role: VoteAuthorize;
      current: DerivedAuthority;
      authority: Pubkey;
    }
  | { kind: 'AuthorizeCheckedWithSeed'; role: VoteAuthorize; current: DerivedAuthority }
  | { kind: 'Withdraw'; lamports: bigint }
  | { kind: 'UpdateValidatorIdentity' }
  | { kind: 'UpdateCommission'; percent: number }
  | { kind: 'InitializeAccountV2'; nodePubkey: Pubkey }
  | { kind: 'UpdateCommissionCollector'; commission: CommissionKind }
  | { kind: 'UpdateCommissionBps'; basisPoints: number; commission: CommissionKind }
  | { kind: 'DepositDelegatorRewards'; lamports: bigint }
  /** Votes of the kinds that TowerSync replaced. */
  | { kind: 'LegacyVote' }
  | { kind: 'TowerSync' };

function readRole(reader: BincodeReader): VoteAuthorize {
  const tag = reader.u32();
  if (tag === 0) return 'Voter';
  if (tag === 1) return 'Withdrawer';
  if (tag !== 2) return reader.unknownVariant();
  reader.bytes(BLS_PUBLIC_KEY_BYTES + BLS_PROOF_OF_POSSESSION_BYTES);
  return 'VoterWithBls';
}

function readCommissionKind(reader: BincodeReader): CommissionKind {
  const tag = reader.u32();
  if (tag === 0) return 'InflationRewards';
  return tag === 1 ? 'BlockRevenue' : reader.unknownVariant();
}

function readInit(reader: BincodeReader): VoteInit {
  return {
    nodePubkey: reader.pubkey(),
    authorizedVoter: reader.pubkey(),
    authorizedWithdrawer: reader.pubkey(),
    commission: reader.u8(),
  };
}

function readInitV2(reader: BincodeReader): VoteInstruction {
  const nodePubkey = reader.pubkey();
  reader.pubkey();
  reader.bytes(BLS_PUBLIC_KEY_BYTES + BLS_PROOF_OF_POSSESSION_BYTES);
  reader.pubkey();
  reader.u16();
  reader.u16();
  return { kind: 'InitializeAccountV2', nodePubkey };
}

function readDerived(reader: BincodeReader): DerivedAuthority {
  return { owner: reader.pubkey(), seed: reader.string() };
}

const legacyVote = (): VoteInstruction => ({ kind: 'LegacyVote' });
const towerSync = (): VoteInstruction => ({ kind: 'TowerSync' });

/** Indexed by tag. Votes are not read further: none of their kinds is run here. */
const VARIANTS: readonly ((reader: BincodeReader) => VoteInstruction)[] = [
  (r) => ({ kind: 'InitializeAccount', init: readInit(r) }),
  (r) => ({ kind: 'Authorize', authority: r.pubkey(), role: readRole(r) }),
  legacyVote,
  (r) => ({ kind: 'Withdraw', lamports: r.u64() }),
  () => ({ kind: 'UpdateValidatorIdentity' }),
  (r) => ({ kind: 'UpdateCommission', percent: r.u8() }),
  legacyVote,
  (r) => ({ kind: 'AuthorizeChecked', role: readRole(r) }),
  legacyVote,
  legacyVote,
  (r) => ({
    kind: 'AuthorizeWithSeed',
    role: readRole(r),
    current: readDerived(r),
    authority: r.pubkey(),
  }),
  (r) => ({ kind: 'AuthorizeCheckedWithSeed', role: readRole(r), current: readDerived(r) }),
  legacyVote,
  legacyVote,
  towerSync,
  towerSync,
  readInitV2,
  (r) => ({ kind: 'UpdateCommissionCollector', commission: readCommissionKind(r) }),
  (r) => ({
    kind: 'UpdateCommissionBps',
    basisPoints: r.u16(),
    commission: readCommissionKind(r),
  }),
  (r) => ({ kind: 'DepositDelegatorRewards', lamports: r.u64() }),
];

/** @throws InstructionFailure InvalidInstructionData */
export function decodeVoteInstruction(data: Uint8Array): VoteInstruction {
  return decodeInstruction(data, (reader) => {
    const read = VARIANTS[reader.u32()];
    return read === undefined ? reader.unknownVariant() : read(reader);
  });
}
