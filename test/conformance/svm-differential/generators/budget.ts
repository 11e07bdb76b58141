/** Compute Budget instructions: limits at their edges, prices, heaps and loaded data. */
import type { TransactionInstruction } from '@solana/web3.js';
import { COMPUTE_BUDGET_PROGRAM } from '../../../../src/vm-preview/svm';
import { instruction } from '../../../support/solana-transaction';
import { u32, u64 } from '../case';
import type { Random } from '../random';

const KILOBYTE = 1024;

/** Mostly ones that let the transaction run. */
export function budgetInstruction(random: Random): TransactionInstruction {
  const isEdge = random.chance(25);
  switch (random.below(isEdge ? 5 : 4)) {
    case 0: {
      const edges = [0, 149, 150, 300, 450, 1000, 0xffff_ffff];
      const units = isEdge ? random.pick(edges) : 1_000 + random.below(1_400_000);
      return instruction(COMPUTE_BUDGET_PROGRAM, [], [2, ...u32(units)]);
    }
    case 1: {
      const price = isEdge ? random.u64() : BigInt(random.below(100_000));
      return instruction(COMPUTE_BUDGET_PROGRAM, [], [3, ...u64(price)]);
    }
    case 2: {
      const edges = [0, 31 * KILOBYTE, 33_000, 257 * KILOBYTE];
      const heap = isEdge ? random.pick(edges) : KILOBYTE * (32 + random.below(225));
      return instruction(COMPUTE_BUDGET_PROGRAM, [], [1, ...u32(heap)]);
    }
    case 3: {
      const edges = [0, 1, 100, 1000];
      const bytes = isEdge ? random.pick(edges) : 2_000_000 + random.below(64_000_000);
      return instruction(COMPUTE_BUDGET_PROGRAM, [], [4, ...u32(bytes)]);
    }
    default:
      return instruction(
        COMPUTE_BUDGET_PROGRAM,
        [],
        [random.below(7), ...random.bytes(random.below(9))],
      );
  }
}
