/** Addresses of the sysvars. Source: solana-sdk `sdk-ids/src/lib.rs`. */
import { Pubkey } from '../pubkey';

/** Owner of every sysvar account. */
export const SYSVAR_OWNER_ID = Pubkey.fromBase58('Sysvar1111111111111111111111111111111111111');

export const SYSVAR_IDS = {
  clock: Pubkey.fromBase58('SysvarC1ock11111111111111111111111111111111'),
  epochRewards: Pubkey.fromBase58('SysvarEpochRewards1111111111111111111111111'),
  epochSchedule: Pubkey.fromBase58('SysvarEpochSchedu1e111111111111111111111111'),
  fees: Pubkey.fromBase58('SysvarFees111111111111111111111111111111111'),
  instructions: Pubkey.fromBase58('Sysvar1nstructions1111111111111111111111111'),
  lastRestartSlot: Pubkey.fromBase58('SysvarLastRestartS1ot1111111111111111111111'),
  recentBlockhashes: Pubkey.fromBase58('SysvarRecentB1ockHashes11111111111111111111'),
  rent: Pubkey.fromBase58('SysvarRent111111111111111111111111111111111'),
  rewards: Pubkey.fromBase58('SysvarRewards111111111111111111111111111111'),
  slotHashes: Pubkey.fromBase58('SysvarS1otHashes111111111111111111111111111'),
  slotHistory: Pubkey.fromBase58('SysvarS1otHistory11111111111111111111111111'),
  stakeHistory: Pubkey.fromBase58('SysvarStakeHistory1111111111111111111111111'),
} as const;
