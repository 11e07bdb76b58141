import { CannotPreview } from '../../../../errors';
import { aborted, nativesOf } from '../../../core/runtime';
import { pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { GAS_VERSION } from '../versions';

/** Test and abort: the caller could look at the value and then not have it. */
const SUSCEPTIBLE_TO_TEST_AND_ABORT = 1n;

export const randomnessNatives = (context: NativeContext) => {
  const { base } = pricesOf(context, 'aptos_framework');
  return nativesOf('0x1::randomness', {
    /** Comes before each random number, which depends on the block that the transaction will be in. */
    fetch_and_increment_txn_counter: () => {
      if (context.gas.version >= GAS_VERSION.v1_23) base('randomness.fetch_and_inc_counter');
      if (!context.transaction.isUnbiasable) throw aborted(SUSCEPTIBLE_TO_TEST_AND_ABORT);
      throw new CannotPreview('aptos-randomness', 'a transaction that draws random numbers');
    },
    is_unbiasable: () => [context.transaction.isUnbiasable],
  });
};
