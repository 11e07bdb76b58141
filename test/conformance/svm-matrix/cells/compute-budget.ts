import { ComputeBudgetProgram, SystemProgram, TransactionInstruction } from '@solana/web3.js';
import { elf } from '../../../support/sbpf-assembler';
import { type Bench, SOL } from '../bench';
import { own } from '../caller';
import { at, type Cell } from '../cell';
import { feesOnly } from '../departures';

const program = 'Compute Budget';

function pay(bench: Bench): TransactionInstruction {
  return SystemProgram.transfer({
    fromPubkey: bench.payer,
    toPubkey: bench.key('to'),
    lamports: SOL,
  });
}

function raw(data: number[]): TransactionInstruction {
  const { programId } = ComputeBudgetProgram;
  return new TransactionInstruction({ programId, keys: [], data: Buffer.from(data) });
}

/** SetLoadedAccountsDataSizeLimit, in bytes. */
function loadedLimit(bytes: number): TransactionInstruction {
  const data = Buffer.alloc(5);
  data.writeUInt8(4, 0);
  data.writeUInt32LE(bytes, 1);
  return raw([...data]);
}

/** Writes the last word of a heap of `bytes`. */
function touchHeap(bench: Bench, bytes: number): TransactionInstruction {
  return own(
    bench,
    `
    entrypoint:
      lddw r1, ${0x3_0000_0000n + BigInt(bytes - 8)}
      stxdw [r1+0], r1
      mov64 r0, 0
      exit`,
  );
}

export const COMPUTE_BUDGET_CELLS: readonly Cell[] = [
  {
    program,
    instruction: 'SetComputeUnitLimit, SetComputeUnitPrice',
    outcome: 'a priority fee is charged',
    build: (bench) =>
      bench.transaction([
        ComputeBudgetProgram.setComputeUnitLimit({ units: 1_000 }),
        ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 1_234_567 }),
        pay(bench),
      ]),
  },
  {
    program,
    instruction: 'SetComputeUnitPrice',
    outcome: 'on the default limit',
    build: (bench) =>
      bench.transaction([
        ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 1_000_001 }),
        pay(bench),
      ]),
  },
  {
    program,
    instruction: 'SetComputeUnitLimit',
    outcome: 'a builtin runs out of units',
    error: at(1, 'ComputationalBudgetExceeded'),
    build: (bench) =>
      bench.transaction([ComputeBudgetProgram.setComputeUnitLimit({ units: 299 }), pay(bench)]),
  },
  {
    program,
    instruction: 'SetComputeUnitLimit',
    outcome: 'twice',
    error: { DuplicateInstruction: 1 },
    build: (bench) =>
      bench.transaction([
        ComputeBudgetProgram.setComputeUnitLimit({ units: 1_000 }),
        ComputeBudgetProgram.setComputeUnitLimit({ units: 2_000 }),
        pay(bench),
      ]),
  },
  {
    program,
    instruction: '(none)',
    outcome: 'unknown tag',
    error: at(0, 'InvalidInstructionData'),
    build: (bench) => bench.transaction([raw([9, 0, 0, 0, 0]), pay(bench)]),
  },
  {
    program,
    instruction: 'RequestHeapFrame',
    outcome: 'not a multiple of 1,024',
    error: at(0, 'InvalidInstructionData'),
    build: (bench) =>
      bench.transaction([ComputeBudgetProgram.requestHeapFrame({ bytes: 40_001 }), pay(bench)]),
  },
  {
    program,
    instruction: 'RequestHeapFrame',
    outcome: 'a larger heap is there and costs units',
    build: (bench) =>
      bench.transaction([
        ComputeBudgetProgram.requestHeapFrame({ bytes: 256 * 1024 }),
        touchHeap(bench, 256 * 1024),
      ]),
  },
  {
    program,
    instruction: '(no heap request)',
    outcome: 'beyond 32 KiB there is no heap',
    error: at(0, 'ProgramFailedToComplete'),
    build: (bench) => bench.transaction([touchHeap(bench, 32 * 1024 + 8)]),
  },
  {
    program,
    instruction: 'SetLoadedAccountsDataSizeLimit',
    outcome: 'exceeded: fee charged, nothing runs',
    error: 'MaxLoadedAccountsDataSizeExceeded',
    departure: feesOnly('litesvm charges no fee when loading the accounts fails'),
    build: (bench) => bench.transaction([loadedLimit(64), pay(bench)]),
  },
  {
    program,
    instruction: 'SetLoadedAccountsDataSizeLimit',
    outcome: 'zero',
    error: 'InvalidLoadedAccountsDataSizeLimit',
    build: (bench) => bench.transaction([loadedLimit(0), pay(bench)]),
  },
  {
    program,
    instruction: 'SetLoadedAccountsDataSizeLimit',
    outcome: 'success',
    build: (bench) => {
      bench.program('filler', elf('entrypoint:\n  mov64 r0, 0\n  exit'));
      return bench.transaction([loadedLimit(200_000), pay(bench)]);
    },
  },
];
