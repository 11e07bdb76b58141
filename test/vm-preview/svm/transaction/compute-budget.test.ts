/** Held to the values of agave's own tests (`compute-budget-instruction`, `compute-budget`, `fee`). */
import { ComputeBudgetProgram, type TransactionInstruction } from '@solana/web3.js';
import {
  COMPUTE_BUDGET_PROGRAM,
  ED25519_PROGRAM,
  type FeatureName,
  FeatureSet,
  LOADER_V3,
  LOADER_V4,
  SECP256K1_PROGRAM,
  SECP256R1_PROGRAM,
  STAKE_PROGRAM,
  SYSTEM_PROGRAM,
  VOTE_PROGRAM,
} from '../../../../src/vm-preview/svm';
import {
  prioritizationFee,
  readBudgetRequests,
  transactionBudget,
} from '../../../../src/vm-preview/svm/transaction/compute-budget';
import { calculateFee, totalFee } from '../../../../src/vm-preview/svm/transaction/fee';
import { address, instruction, message } from '../../../support/solana-transaction';

const KIB = 1024;
const MAX_UNITS = 1_400_000;
const payer = address(7);
const program = instruction(address(99), [], [0]);
const units = (value: number) => ComputeBudgetProgram.setComputeUnitLimit({ units: value });
const price = (value: number | bigint) =>
  ComputeBudgetProgram.setComputeUnitPrice({ microLamports: value });
const heap = (bytes: number) => ComputeBudgetProgram.requestHeapFrame({ bytes });

function dataSize(bytes: number): TransactionInstruction {
  const data = new Uint8Array(5);
  data[0] = 4;
  new DataView(data.buffer).setUint32(1, bytes, true);
  return instruction(COMPUTE_BUDGET_PROGRAM, [], data);
}

const of = (instructions: readonly TransactionInstruction[]) =>
  message({ payer, blockhash: new Uint8Array(32), instructions });

function budget(instructions: readonly TransactionInstruction[], features: FeatureName[] = []) {
  const asked = of(instructions);
  return transactionBudget(asked, readBudgetRequests(asked), new FeatureSet(features));
}

test.each([
  [[], { computeUnitLimit: 0, heapSize: 32 * KIB, loadedAccountsDataSizeLimit: 64 * KIB * KIB }],
  [[units(1), program], { computeUnitLimit: 1 }],
  [[units(MAX_UNITS + 1), program], { computeUnitLimit: MAX_UNITS }],
  [[program, units(MAX_UNITS)], { computeUnitLimit: MAX_UNITS }],
  [[program, program, program, units(1)], { computeUnitLimit: 1 }],
  [[units(1), price(42)], { computeUnitLimit: 1, priorityFee: 1n }],
  [[heap(40 * KIB), program], { computeUnitLimit: 203_000, heapSize: 40 * KIB }],
  [[program, heap(256 * KIB)], { computeUnitLimit: 203_000, heapSize: 256 * KIB }],
  [Array(7).fill(program), { computeUnitLimit: 1_400_000 }],
  [
    [program, units(MAX_UNITS), heap(256 * KIB), price(2 ** 53 - 1)],
    { priorityFee: 12_610_078_956_637_388n },
  ],
  [[program, dataSize(1)], { computeUnitLimit: 203_000, loadedAccountsDataSizeLimit: 1 }],
  [[program, dataSize(64 * KIB * KIB + 1)], { loadedAccountsDataSizeLimit: 64 * KIB * KIB }],
])('%# gives what agave gives', (instructions, expected) => {
  expect(budget(instructions)).toMatchObject(expected);
});

test.each([
  [[heap(40 * KIB + 1), program], { InstructionError: [0, 'InvalidInstructionData'] }],
  [[heap(31 * KIB), program], { InstructionError: [0, 'InvalidInstructionData'] }],
  [[heap(256 * KIB + 1), program], { InstructionError: [0, 'InvalidInstructionData'] }],
  [[program, program, program, heap(1)], { InstructionError: [3, 'InvalidInstructionData'] }],
  [[program, units(MAX_UNITS), units(MAX_UNITS - 1)], { DuplicateInstruction: 2 }],
  [[program, heap(32 * KIB), heap(256 * KIB)], { DuplicateInstruction: 2 }],
  [[program, price(0), price(2n ** 64n - 1n)], { DuplicateInstruction: 2 }],
  [[program, dataSize(1), dataSize(1)], { DuplicateInstruction: 2 }],
  [[program, dataSize(0)], 'InvalidLoadedAccountsDataSizeLimit'],
  [
    [instruction(COMPUTE_BUDGET_PROGRAM, [], [])],
    { InstructionError: [0, 'InvalidInstructionData'] },
  ],
  [
    [instruction(COMPUTE_BUDGET_PROGRAM, [], [5, 0, 0, 0, 0])],
    { InstructionError: [0, 'InvalidInstructionData'] },
  ],
])('%# fails as in agave', (instructions, error) => {
  expect(() => budget(instructions)).toThrow(expect.objectContaining({ error }));
});

test('bytes after a request are not looked at', () => {
  expect(
    budget([instruction(COMPUTE_BUDGET_PROGRAM, [], [2, 9, 0, 0, 0, 7, 7])]).computeUnitLimit,
  ).toBe(9);
});

test.each([
  [SYSTEM_PROGRAM, 3_000],
  [LOADER_V3, 3_000],
  [LOADER_V4, 3_000],
  [SECP256K1_PROGRAM, 3_000],
  [ED25519_PROGRAM, 3_000],
  [SECP256R1_PROGRAM, 200_000],
  [STAKE_PROGRAM, 200_000],
  [VOTE_PROGRAM, 3_000],
])('an instruction of %s adds %d units to the default', (id, expected) => {
  expect(budget([instruction(id, [], [1])]).computeUnitLimit).toBe(expected);
});

test('the Vote program is no builtin for the default once SIMD-0387 is active', () => {
  const vote = [instruction(VOTE_PROGRAM, [], [1])];
  expect(budget(vote, ['bls_pubkey_management_in_vote_account']).computeUnitLimit).toBe(200_000);
});

test.each([
  [0n, 1, 0n],
  [999_999n, 1, 1n],
  [1_000_000n, 1, 1n],
  [1_000_001n, 1, 2n],
  [200n, 100_000, 20n],
  [2n ** 64n - 1n, 1_400_000, 2n ** 64n - 1n],
])('a price of %d for %d units is a fee of %d lamports', (microLamports, limit, fee) => {
  expect(prioritizationFee(microLamports, limit)).toBe(fee);
});

test('each signature is paid, those of precompiles included', () => {
  const precompiles = [
    instruction(ED25519_PROGRAM, [], [3]),
    instruction(SECP256K1_PROGRAM, [], [2]),
    instruction(SECP256R1_PROGRAM, [], [1]),
    instruction(ED25519_PROGRAM, [], []),
    instruction(SYSTEM_PROGRAM, [], [200]),
  ];
  expect(calculateFee(of(precompiles), 5000n, 11n)).toEqual({ signature: 35_000n, priority: 11n });
});

test('a fee never exceeds a u64', () => {
  expect(totalFee({ signature: 5000n, priority: 2n ** 64n - 1n })).toBe(2n ** 64n - 1n);
});
