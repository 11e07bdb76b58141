import { base58 } from '@scure/base';
import { RpcError, type RpcMethods } from '../../rpc-server';
import type { Bank } from '../bank';
import { MAX_PROCESSING_AGE } from '../blockhashes';
import { address, configAt, listAt, textAt, unsigned } from '../params';
import { SLOTS_PER_EPOCH } from '../sysvars';

/** The agave that litesvm is built from. */
export const VERSION = '4.3.0';

export function chainMethods(bank: Bank, genesisHash: string): RpcMethods {
  const context = () => ({ apiVersion: VERSION, slot: bank.slot });
  return {
    getGenesisHash: () => genesisHash,
    getHealth: () => 'ok',
    getVersion: () => ({ 'solana-core': VERSION, 'feature-set': 0 }),
    getSlot(params) {
      configAt(params, 0, bank.slot);
      return bank.slot;
    },
    getBlockHeight(params) {
      configAt(params, 0, bank.slot);
      return bank.blockHeight;
    },
    getTransactionCount: () => bank.transactionCount,
    getEpochInfo(params) {
      configAt(params, 0, bank.slot);
      return {
        absoluteSlot: bank.slot,
        blockHeight: bank.blockHeight,
        epoch: bank.slot / SLOTS_PER_EPOCH,
        slotIndex: bank.slot % SLOTS_PER_EPOCH,
        slotsInEpoch: SLOTS_PER_EPOCH,
        transactionCount: bank.transactionCount,
      };
    },
    getEpochSchedule: () => ({
      slotsPerEpoch: SLOTS_PER_EPOCH,
      leaderScheduleSlotOffset: SLOTS_PER_EPOCH,
      warmup: false,
      firstNormalEpoch: 0,
      firstNormalSlot: 0,
    }),
    getLatestBlockhash(params) {
      configAt(params, 0, bank.slot);
      return {
        context: context(),
        value: {
          blockhash: base58.encode(bank.blockhash),
          lastValidBlockHeight: bank.blockHeight + BigInt(MAX_PROCESSING_AGE),
        },
      };
    },
    isBlockhashValid(params) {
      configAt(params, 1, bank.slot);
      return { context: context(), value: bank.isRecent(address(textAt(params, 0))) };
    },
    getMinimumBalanceForRentExemption: (params) =>
      bank.svm.minimumBalanceForRentExemption(unsigned(params[0])),
    getRecentPrioritizationFees(params) {
      if (params[0] !== undefined) for (const one of listAt(params, 0)) address(one);
      return [{ slot: bank.slot, prioritizationFee: 0 }];
    },
    getBlockTime(params) {
      const slot = unsigned(params[0]);
      const age = bank.slot - slot;
      if (age < 0n) throw new RpcError(-32004, `Block not available for slot ${slot}`);
      const clock = bank.svm.getClock();
      return clock.unixTimestamp - (age * BigInt(bank.options.slotMilliseconds)) / 1000n;
    },
    getFirstAvailableBlock: () => 0,
  };
}
