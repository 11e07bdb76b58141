/** Compute Budget. Source: solana-sdk `compute-budget-interface/src/lib.rs`. */
import { field, type InstructionSet, tagged, u8Tag } from './row';

const { u32, u64 } = field;

export const computeBudgetInstructions: InstructionSet = tagged(u8Tag, {
  1: { name: 'RequestHeapFrame', data: [u32('bytes')] },
  2: { name: 'SetComputeUnitLimit', data: [u32('units')] },
  3: { name: 'SetComputeUnitPrice', data: [u64('micro-lamports per unit')] },
  4: { name: 'SetLoadedAccountsDataSizeLimit', data: [u32('bytes')] },
});
