import type { AptosFeatures } from '../natives/context';
import { FEATURE } from './features';
import { intrinsicCharges, type Surcharge } from './intrinsic';
import type { GasSchedule } from './schedule';
import { spacePricing } from './space-pricing';

/** A transaction as it bids for gas. */
export interface GasBid {
  /** Of the signed transaction, in bytes. */
  readonly size: number;
  /** Of its script, in bytes; 0 for other payloads. */
  readonly scriptSize: number;
  /** Gas units. */
  readonly maxGasAmount: bigint;
  /** Octas for a gas unit. */
  readonly gasUnitPrice: bigint;
  readonly surcharges: readonly Surcharge[];
  readonly isGovernance: boolean;
  /** Whether the sender has no account resource, and the transaction makes one. */
  readonly createsAccount: boolean;
}

/** Status codes of a transaction that is not taken for its gas (vm_status.rs). */
export type GasRefusal =
  | 'EXCEEDED_MAX_TRANSACTION_SIZE'
  | 'MAX_GAS_UNITS_EXCEEDS_MAX_GAS_UNITS_BOUND'
  | 'MAX_GAS_UNITS_BELOW_MIN_TRANSACTION_GAS_UNITS'
  | 'GAS_UNIT_PRICE_BELOW_MIN_BOUND'
  | 'GAS_UNIT_PRICE_ABOVE_MAX_BOUND'
  | 'ENCRYPTED_TXN_GAS_UNIT_PRICE_BELOW_MIN_BOUND';

/** First version whose schedule says how large a governance transaction may be; before, a megabyte. */
const SIZES_GOVERNANCE = 18;
const GOVERNANCE_BYTES_BEFORE = 2 ** 20;
/** First version that has encrypted transactions. */
const ENCRYPTS = 49;

/**
 * What the chain checks of gas before a transaction runs (aptos-vm, gas.rs, `check_gas`).
 *
 * @returns why the chain does not take it, undefined where it does
 */
export function checkGas(
  schedule: GasSchedule,
  features: AptosFeatures,
  bid: GasBid,
): GasRefusal | undefined {
  const { maxGasAmount, gasUnitPrice } = bid;
  if (isTooLarge(schedule, bid)) return 'EXCEEDED_MAX_TRANSACTION_SIZE';
  if (maxGasAmount > schedule.price('txn.maximum_number_of_gas_units'))
    return 'MAX_GAS_UNITS_EXCEEDS_MAX_GAS_UNITS_BOUND';
  const minPrice = schedule.price('txn.min_price_per_gas_unit');
  if (bid.surcharges.includes('encrypted') && schedule.version >= ENCRYPTS) {
    const least = schedule.price('txn.encrypted_txn_min_price_per_gas_unit');
    if (gasUnitPrice < least || gasUnitPrice < minPrice)
      return 'ENCRYPTED_TXN_GAS_UNIT_PRICE_BELOW_MIN_BOUND';
  }
  if (maxGasAmount < leastGas(schedule, bid))
    return 'MAX_GAS_UNITS_BELOW_MIN_TRANSACTION_GAS_UNITS';
  if (gasUnitPrice < minPrice) return 'GAS_UNIT_PRICE_BELOW_MIN_BOUND';
  if (gasUnitPrice > schedule.price('txn.max_price_per_gas_unit'))
    return 'GAS_UNIT_PRICE_ABOVE_MAX_BOUND';
  if (!canCreateAccount(schedule, features, bid))
    return 'MAX_GAS_UNITS_BELOW_MIN_TRANSACTION_GAS_UNITS';
  return undefined;
}

function isTooLarge(schedule: GasSchedule, { size, scriptSize, isGovernance }: GasBid): boolean {
  const most = schedule.amount('txn.max_transaction_size_in_bytes');
  if (!isGovernance) return size > most;
  const mostOfGovernance =
    schedule.version >= SIZES_GOVERNANCE
      ? schedule.amount('txn.max_transaction_size_in_bytes.gov')
      : GOVERNANCE_BYTES_BEFORE;
  return size > mostOfGovernance || size > scriptSize + most;
}

/** Gas units, rounded up. */
function leastGas(schedule: GasSchedule, { size, surcharges }: GasBid): bigint {
  const charges = intrinsicCharges(schedule, size, surcharges);
  const scale = schedule.amount('txn.gas_unit_scaling_factor') || 1;
  return BigInt(Math.ceil(charges.reduce((sum, amount) => sum + amount, 0) / scale));
}

/** Whether an account that the transaction makes on the way can be paid for. */
function canCreateAccount(
  schedule: GasSchedule,
  features: AptosFeatures,
  { createsAccount, maxGasAmount, gasUnitPrice }: GasBid,
): boolean {
  if (!createsAccount) return true;
  if (gasUnitPrice === 0n && features.isEnabled(FEATURE.defaultAccountResource)) return true;
  const pricing = spacePricing(schedule, features.isEnabled(FEATURE.refundableBytes));
  const slots = features.isEnabled(FEATURE.fungibleStoreByDefault) ? 1n : 2n;
  return gasUnitPrice * maxGasAmount >= gasUnitPrice * 10n + slots * pricing.accountCreation;
}
