/** Stake accounts. Source: solana-program/stake `interface/src/state.rs` (`StakeStateV2`). */
import type { Account } from '../../../vm-preview/svm/account';
import { ByteReader, tryRead } from '../bytes';
import { STAKE_PROGRAM } from '../programs';

/** Deactivation epoch of a stake that is not being deactivated. */
const NEVER = 0xffff_ffff_ffff_ffffn;

export interface StakeAccount {
  readonly staker: string;
  readonly withdrawer: string;
  readonly custodian: string;
  readonly lockupTimestamp: bigint;
  readonly lockupEpoch: bigint;
  readonly delegation: Delegation | null;
}

export interface Delegation {
  readonly validator: string;
  /** Lamports. */
  readonly stake: bigint;
  readonly deactivating: boolean;
}

/** An initialized stake account, or `undefined`. */
export function parseStake(account: Account | undefined): StakeAccount | undefined {
  if (account?.owner.toBase58() !== STAKE_PROGRAM) return undefined;
  return tryRead(() => {
    const reader = new ByteReader(account.data);
    const state = reader.u32();
    if (state !== 1 && state !== 2) return undefined;
    reader.skip(8);
    const staker = reader.pubkey().toBase58();
    const withdrawer = reader.pubkey().toBase58();
    const lockupTimestamp = reader.i64();
    const lockupEpoch = reader.u64();
    const custodian = reader.pubkey().toBase58();
    const delegation = state === 2 ? readDelegation(reader) : null;
    return { staker, withdrawer, custodian, lockupTimestamp, lockupEpoch, delegation };
  });
}

function readDelegation(reader: ByteReader): Delegation {
  const validator = reader.pubkey().toBase58();
  const stake = reader.u64();
  reader.skip(8);
  return { validator, stake, deactivating: reader.u64() !== NEVER };
}
