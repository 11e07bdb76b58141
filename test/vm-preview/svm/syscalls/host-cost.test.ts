/** What slow syscalls charge the host budget, against what they take, and what the budget then bounds. */
import { LookaheadError } from '../../../../src/vm-preview/errors';
import { DEFAULT_HOST_BUDGET } from '../../../../src/vm-preview/host-budget';
import {
  COMPUTE_BUDGET_PROGRAM,
  executeTransaction,
  FeatureSet,
  LOADER_V2,
  parseTransaction,
  SYSTEM_PROGRAM,
} from '../../../../src/vm-preview/svm';
import { LitesvmWorld } from '../../../support/litesvm-world';
import { elf } from '../../../support/sbpf-assembler';
import { address, instruction, transaction } from '../../../support/solana-transaction';
import {
  type Calibration,
  COSTLY_SYSCALLS,
  type CostlySyscall,
  calibrate,
  ofWholeTransaction,
  slowness,
} from './costly';

/** A charge this many times too small still lets a preview end in a few seconds. */
const TOO_SMALL = 3;
/** Of the whole budget: what may go uncharged. */
const NEGLIGIBLE = 0.1;

/** Others use the machine too: what seems too slow is measured again. */
const ATTEMPTS = 4;

/** Tries until it is well. @returns the last try */
function attempt<T>(measure: (slow: () => number) => T, isWell: (result: T) => boolean): T {
  let result: T;
  let attempts = 0;
  do {
    const before = slowness();
    result = measure(() => Math.max(before, slowness()));
    attempts++;
  } while (!isWell(result) && attempts < ATTEMPTS);
  return result;
}

test('charges are at least a third of what the work takes, or the work is too little to charge', () => {
  const lines: string[] = [];
  const wrong: string[] = [];
  for (const syscall of COSTLY_SYSCALLS) {
    const { line, isEnough } = attempt(
      (slow) => compare(calibrate(syscall), slow()),
      (result) => result.isEnough,
    );
    lines.push(line);
    if (!isEnough) wrong.push(line);
  }
  expect(lines).toHaveLength(COSTLY_SYSCALLS.length);
  expect(wrong).toEqual([]);
}, 300_000);

function compare(measured: Calibration, slow: number): { line: string; isEnough: boolean } {
  const { name, charged } = measured;
  const taken = measured.microseconds / slow;
  const whole = ofWholeTransaction(measured) / slow;
  return {
    line: `${name}: ${taken.toFixed(0)} µs, charged ${charged.toFixed(0)}; 1.4 M units of it ${(whole / 1e6).toFixed(2)} s`,
    isEnough: charged >= taken / TOO_SMALL || whole < DEFAULT_HOST_BUDGET * NEGLIGIBLE,
  };
}

const PROGRAM = address(9);
const INPUT = address(8);
const PAYER = address(1);
const UNITS = [2, ...[0, 1, 2, 3].map((byte) => (1_400_000 >>> (8 * byte)) & 0xff)];
/** In microseconds: a quarter of the usual, or this would take long. */
const BUDGET = DEFAULT_HOST_BUDGET / 4;

/** A program that does nothing but this, until it is stopped. */
function programOf({ syscall, arguments: given }: CostlySyscall): Uint8Array {
  const registers = given.map((value, index) => `lddw r${index + 1}, ${value}`);
  return elf(`entrypoint:\n${registers.join('\n')}\ncall ${syscall}\nja entrypoint\n`);
}

const world = new LitesvmWorld();
const environment = { ...world.environment(), features: FeatureSet.all() };
const programOfLoader = { owner: LOADER_V2, executable: true, lamports: 10n ** 10n };

/** @returns how it ended, and how many microseconds it took */
function runAll(syscall: CostlySyscall, hostBudget: number): { ending: string; taken: number } {
  world.set(PAYER, { lamports: 10n ** 10n, owner: SYSTEM_PROGRAM });
  world.set(INPUT, { lamports: 10n ** 10n, owner: SYSTEM_PROGRAM, data: syscall.data });
  world.set(PROGRAM, { ...programOfLoader, data: programOf(syscall) });
  const bytes = transaction({
    payer: PAYER,
    blockhash: world.blockhash,
    instructions: [
      instruction(COMPUTE_BUDGET_PROGRAM, [], UNITS),
      instruction(PROGRAM, [{ pubkey: INPUT }], []),
    ],
  });
  const state = { get: (key: typeof PAYER) => world.get(key) };
  const start = performance.now();
  let ending: string;
  try {
    const { error, computeUnits } = executeTransaction(parseTransaction(bytes), state, {
      ...environment,
      hostBudget,
    });
    ending = `${JSON.stringify(error)} after ${computeUnits}`;
  } catch (thrown) {
    if (!(thrown instanceof LookaheadError)) throw thrown;
    ending = thrown.code;
  }
  return { ending, taken: (performance.now() - start) * 1000 };
}

/** All units are used up, or the budget ends it. */
const ENDINGS =
  /^(\{"InstructionError":\[1,"(ProgramFailedToComplete|ComputationalBudgetExceeded)"\]\} after 1400000|host-budget-exceeded)$/;

/** Those that take longest for their units, by kind. */
const COSTLIEST: readonly string[] = [
  'secp256k1_recover',
  'poseidon of 1',
  'poseidon of 12',
  'big_mod_exp of 32 bytes',
  'alt_bn128 pairing of 2',
  'alt_bn128 pairing of 8',
  'alt_bn128 G2 multiplication',
  'BLS12-381 pairing of 2',
  'BLS12-381 pairing of 8',
  'BLS12-381 G1 addition',
  'BLS12-381 G2 multiplication',
  'Edwards validation',
  'Edwards multi-scalar multiplication of 1',
  'Ristretto multi-scalar multiplication of 32',
  'sol_keccak256 of 20,000 bytes',
];

test.each(COSTLIEST)(
  'a transaction of nothing but %s ends within the budget',
  (wanted) => {
    const syscall = COSTLY_SYSCALLS.find(({ name }) => name === wanted);
    if (syscall === undefined) throw new Error('no such syscall');
    const { ending, taken } = attempt(
      (slow) => {
        const ran = runAll(syscall, BUDGET);
        return { ...ran, taken: ran.taken / slow() };
      },
      (result) => result.taken < TOO_SMALL * BUDGET,
    );
    expect(ending).toMatch(ENDINGS);
    expect(taken).toBeLessThan(TOO_SMALL * BUDGET);
  },
  60_000,
);

test('the usual budget lets a pairing be checked, and ends what never ends', () => {
  const pairing = COSTLY_SYSCALLS.find(({ name }) => name === 'alt_bn128 pairing of 2');
  if (pairing === undefined) throw new Error('no such syscall');
  const { charged } = calibrate(pairing);
  expect(charged * 10).toBeLessThan(DEFAULT_HOST_BUDGET);
  expect(runAll(pairing, DEFAULT_HOST_BUDGET).ending).toBe('host-budget-exceeded');
}, 60_000);
