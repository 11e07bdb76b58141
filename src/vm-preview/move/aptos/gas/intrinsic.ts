import type { GasSchedule } from './schedule';

/** What some transactions pay more for being checked. */
export type Surcharge = 'keyless' | 'slhDsaSha2128s' | 'encrypted';

const SURCHARGES: Readonly<Record<Surcharge, string>> = {
  keyless: 'txn.keyless.base',
  slhDsaSha2128s: 'txn.slh_dsa_sha2_128s.base',
  encrypted: 'txn.encrypted_txn_decryption.base',
};

/**
 * What a transaction pays before it runs, in internal units, in the order that it is charged.
 *
 * @param size - of the signed transaction, in bytes
 */
export function intrinsicCharges(
  schedule: GasSchedule,
  size: number,
  surcharges: readonly Surcharge[],
): readonly number[] {
  const excess = Math.max(0, size - schedule.amount('txn.large_transaction_cutoff'));
  const base = schedule.amount('txn.min_transaction_gas_units');
  return [
    base + schedule.amount('txn.intrinsic_gas_per_byte') * excess,
    ...surcharges.map((surcharge) => schedule.amount(SURCHARGES[surcharge])),
  ];
}
