/** Stake of the epoch. Source: agave `syscalls/src/lib.rs` (`SyscallGetEpochStake`), SIMD-0133. */
import type { InvokeContext } from '../runtime/types';
import { PUBKEY_SIZE, translatePubkey } from './translate';

/** @param address - of a vote account's address, or 0 for the whole cluster's stake; in lamports */
export function getEpochStake(invoke: InvokeContext, address: bigint): bigint {
  const { cost, meter, environment } = invoke;
  if (address === 0n) {
    meter.consume(cost.syscallBaseCost);
    return environment.epochTotalStake;
  }
  meter.consume(
    cost.syscallBaseCost + Math.floor(PUBKEY_SIZE / cost.cpiBytesPerUnit) + cost.memOpBaseCost,
  );
  return environment.epochVoteAccountStake(translatePubkey(invoke, address));
}
