/** Transactions of the SDK with their gas, and what a VM that does nothing says of one. */
import type { Transaction } from '@mysten/sui/transactions';
import type { SuiObject, SuiOutcome } from '../../../src/vm-preview/move/sui';
import { ALICE, refOf } from './objects';

/** Bytes of a transaction that Alice sends and pays for. */
export function alices(tx: Transaction, gas: SuiObject): Promise<Uint8Array> {
  tx.setSender(ALICE);
  tx.setGasPrice(1_000);
  tx.setGasBudget(5_000_000);
  tx.setGasPayment([refOf(gas)]);
  return tx.build();
}

/** It succeeds, and nothing changes. */
export const NOTHING_DONE: SuiOutcome = {
  status: { kind: 'success' },
  gas: { computationCost: 1n, storageCost: 0n, storageRebate: 0n, nonRefundableStorageFee: 0n },
  commandGas: [],
  events: [],
  changes: [],
  accumulators: [],
  dependsOnShared: [],
  reads: [],
  estimates: [],
};
