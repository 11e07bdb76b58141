/** What is decided before and after the instructions: payers, blockhashes, programs, versions. */
import {
  ComputeBudgetProgram,
  PublicKey,
  SYSVAR_INSTRUCTIONS_PUBKEY,
  SYSVAR_RENT_PUBKEY,
  SystemProgram,
  TransactionInstruction,
} from '@solana/web3.js';
import { differences } from '../../../support/litesvm-world';
import { elf } from '../../../support/sbpf-assembler';
import { type Bench, SOL } from '../bench';
import { own } from '../caller';
import { at, type Cell } from '../cell';
import {
  feesOnly,
  missingProgram,
  noNativeLoader,
  tooManyInstructions,
  uncountedProgramData,
} from '../departures';

const program = 'Transaction';
const LOADER_V2 = new PublicKey('BPFLoader2111111111111111111111111111111111');
const NATIVE_LOADER = new PublicKey('NativeLoader1111111111111111111111111111111');

function pay(bench: Bench, lamports = SOL, from = bench.payer): TransactionInstruction {
  return SystemProgram.transfer({ fromPubkey: from, toPubkey: bench.key('to'), lamports });
}

function call(programId: PublicKey, data: Uint8Array = new Uint8Array(0)): TransactionInstruction {
  return new TransactionInstruction({ programId, keys: [], data: Buffer.from(data) });
}

/**
 * A call with a limit on loaded data that lies this far from what it loads. How much that is comes from
 * our side, so that litesvm checks it.
 */
function atLoadedLimit(
  bench: Bench,
  distance: number,
  loader?: PublicKey,
): TransactionInstruction[] {
  const account = bench.set(bench.key('account'), { data: new Uint8Array(12_345) });
  const keys = [
    { pubkey: account, isSigner: false, isWritable: true },
    { pubkey: SYSVAR_RENT_PUBKEY, isSigner: false, isWritable: false },
  ];
  const code = elf('entrypoint:\n  mov64 r0, 0\n  exit');
  const programId = bench.program('measured', code, loader);
  const instruction = new TransactionInstruction({ programId, keys });
  const limited = (bytes: number): TransactionInstruction[] => {
    const data = Buffer.alloc(5);
    data.writeUInt8(4, 0);
    data.writeUInt32LE(bytes, 1);
    return [call(ComputeBudgetProgram.programId, data), instruction];
  };
  const { outcome } = bench.world.runOurs(bench.transaction(limited(1_000_000)));
  return limited(outcome.loadedAccountsDataSize + distance);
}

const LIMITS = { computeUnitLimit: 5_000, loadedAccountsDataSizeLimit: 1_000_000 };

export const TRANSACTION_CELLS: readonly Cell[] = [
  {
    program,
    instruction: '(fee)',
    outcome: 'payer does not exist',
    error: 'AccountNotFound',
    build: (bench) => bench.transaction([pay(bench)], { payer: bench.key('nobody') }),
  },
  {
    program,
    instruction: '(fee)',
    outcome: 'payer has too little',
    error: 'InsufficientFundsForFee',
    build: (bench) => {
      bench.fund(bench.payer, 4999n);
      return bench.transaction([call(SystemProgram.programId)]);
    },
  },
  {
    program,
    instruction: '(fee)',
    outcome: 'payer would be left below rent',
    error: { InsufficientFundsForRent: { account_index: 0 } },
    build: (bench) => {
      bench.fund(bench.payer, bench.rent(0) + 4999n);
      return bench.transaction([call(SystemProgram.programId)]);
    },
  },
  {
    program,
    instruction: '(fee)',
    outcome: 'payer belongs to another program',
    error: 'InvalidAccountForFee',
    build: (bench) => {
      bench.set(bench.payer, { lamports: SOL, owner: bench.key('stranger') });
      return bench.transaction([call(SystemProgram.programId)]);
    },
  },
  {
    program,
    instruction: '(fee)',
    outcome: 'takes all that the payer has',
    build: (bench) => {
      bench.fund(bench.payer, 5000n);
      return bench.transaction([ComputeBudgetProgram.setComputeUnitLimit({ units: 1000 })]);
    },
  },
  {
    program,
    instruction: '(blockhash)',
    outcome: 'unknown',
    error: 'BlockhashNotFound',
    build: (bench) =>
      bench.transaction([pay(bench)], { blockhash: bench.key('no blockhash').toBase58() }),
  },
  {
    program,
    instruction: '(blockhash)',
    outcome: 'one old: still good for 150 slots',
    environment: () => ({ blockhashes: { last: new Uint8Array(32), isValid: () => true } }),
    departure: {
      reason: 'litesvm takes the newest blockhash only',
      source: 'runtime/src/bank/check_transactions.rs (check_transaction_age, MAX_PROCESSING_AGE)',
      aspects: ['error', 'units', 'logs', 'inner', 'post'],
      check: (ours, _, bench) =>
        differences(bench.world.runNative(bench.transaction([pay(bench)])), ours),
    },
    build: (bench) => {
      const transaction = bench.transaction([pay(bench)]);
      bench.world.native.expireBlockhash();
      return transaction;
    },
  },
  {
    program,
    instruction: '(loaded data)',
    outcome: 'exactly at the limit',
    build: (bench) => bench.transaction(atLoadedLimit(bench, 0)),
  },
  {
    program,
    instruction: '(loaded data)',
    outcome: 'a byte over the limit',
    error: 'MaxLoadedAccountsDataSizeExceeded',
    departure: feesOnly('litesvm charges no fee when loading the accounts fails'),
    build: (bench) => bench.transaction(atLoadedLimit(bench, -1, LOADER_V2)),
  },
  {
    program,
    instruction: '(loaded data)',
    outcome: 'a byte over the limit with the code of a program of loader v3',
    error: 'MaxLoadedAccountsDataSizeExceeded',
    departure: uncountedProgramData,
    build: (bench) => bench.transaction(atLoadedLimit(bench, -1)),
  },
  {
    program,
    instruction: '(program)',
    outcome: 'does not exist',
    error: 'ProgramAccountNotFound',
    departure: missingProgram,
    build: (bench) => bench.transaction([call(bench.key('nothing'))]),
  },
  {
    program,
    instruction: '(program)',
    outcome: 'is a wallet',
    error: 'InvalidProgramForExecution',
    departure: feesOnly('litesvm charges no fee when a program cannot be executed'),
    build: (bench) => bench.transaction([call(bench.fund(bench.key('wallet'), SOL))]),
  },
  {
    program,
    instruction: '(program)',
    outcome: 'is the native loader',
    error: 'ProgramAccountNotFound',
    departure: noNativeLoader,
    build: (bench) => bench.transaction([call(NATIVE_LOADER)]),
  },
  {
    program,
    instruction: '(no instructions)',
    outcome: 'success',
    build: (bench) => bench.transaction([]),
  },
  {
    program,
    instruction: '(accounts)',
    outcome: 'a sysvar asked for as writable',
    build: (bench) => {
      const keys = [{ pubkey: SYSVAR_RENT_PUBKEY, isSigner: false, isWritable: true }];
      // Returns whether its first account is writable: the runtime has taken that away.
      const text = `
        entrypoint:
          lddw r1, 0x400000008
          mov64 r2, 4
          call sol_set_return_data
          mov64 r0, 0
          exit`;
      return bench.transaction([own(bench, text, keys)]);
    },
  },
  {
    program,
    instruction: '(accounts)',
    outcome: 'the instructions sysvar holds the transaction',
    build: (bench) => {
      const keys = [{ pubkey: SYSVAR_INSTRUCTIONS_PUBKEY, isSigner: false, isWritable: false }];
      const text = `
        entrypoint:
          lddw r1, 0x400000058
          ldxdw r2, [r1+0]
          add64 r1, 8
          call sol_set_return_data
          mov64 r0, 0
          exit`;
      return bench.transaction([pay(bench), own(bench, text, keys), pay(bench)]);
    },
  },
  {
    program,
    instruction: '(version 0)',
    outcome: 'success without tables',
    build: (bench) => bench.transaction([pay(bench)], { version: 0 }),
  },
  {
    program,
    instruction: '(version 1)',
    outcome: 'success with a priority fee',
    build: (bench) =>
      bench.transactionV1([pay(bench)], { ...LIMITS, priorityFeeLamports: 12_345n }),
  },
  {
    program,
    instruction: '(version 1)',
    outcome: 'out of units',
    error: at(0, 'ComputationalBudgetExceeded'),
    build: (bench) => bench.transactionV1([pay(bench)], { ...LIMITS, computeUnitLimit: 149 }),
  },
  {
    program,
    instruction: '(version 1)',
    outcome: 'with a larger heap',
    build: (bench) => {
      const text = `
        entrypoint:
          lddw r1, 0x30000fff8
          stdw [r1+0], 7
          mov64 r0, 0
          exit`;
      return bench.transactionV1([own(bench, text)], { ...LIMITS, heapSize: 64 * 1024 });
    },
  },
  {
    program,
    instruction: '(version 1)',
    outcome: 'compute budget instructions do nothing',
    build: (bench) =>
      bench.transactionV1(
        [ComputeBudgetProgram.setComputeUnitLimit({ units: 1 }), pay(bench)],
        LIMITS,
      ),
  },
  {
    program,
    instruction: '(many instructions)',
    outcome: 'more than the trace holds',
    error: 'SanitizeFailure',
    departure: tooManyInstructions,
    build: (bench) =>
      bench.transaction(Array.from({ length: 65 }, () => call(SystemProgram.programId))),
  },
  {
    program,
    instruction: '(loaded data)',
    outcome: 'a program counts with its code',
    build: (bench) => {
      const id = bench.program('large', elf(`${'.quad pad 1, 2\n'}entrypoint:\nmov64 r0, 0\nexit`));
      return bench.transaction([call(id)]);
    },
  },
];
