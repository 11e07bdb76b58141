/** Transactions of all versions with a field or two gone wrong, beside agave's own code. */

import { SystemProgram } from '@solana/web3.js';
import fc from 'fast-check';
import {
  COMPUTE_BUDGET_PROGRAM,
  MEMO_PROGRAM,
  type Pubkey,
  SYSTEM_PROGRAM,
  type TransactionError,
} from '../../../../src/vm-preview/svm';
import type { Message } from '../../../../src/vm-preview/svm/transaction/message';
import { differences, LitesvmWorld } from '../../../support/litesvm-world';
import {
  address,
  instruction,
  message,
  unsigned,
  web3Key,
} from '../../../support/solana-transaction';

/** Raise it to search for differences. */
const RUNS = Number(process.env.LOOKAHEAD_RANDOM_RUNS ?? 60);

const payer = address(7);
const keys: readonly Pubkey[] = [
  payer,
  address(8),
  address(9),
  SYSTEM_PROGRAM,
  MEMO_PROGRAM,
  COMPUTE_BUDGET_PROGRAM,
];

type Mutation = (message: Message) => Message;
const small = fc.nat(9);

const replaceAt = <T>(list: readonly T[], index: number, value: T): T[] =>
  list.map((item, at) => (at === index % list.length ? value : item));

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.constant<Mutation>((of) => of),
  small.map<Mutation>((value) => (of) => ({
    ...of,
    header: { ...of.header, numRequiredSignatures: value },
  })),
  small.map<Mutation>((value) => (of) => ({
    ...of,
    header: { ...of.header, numReadonlySigned: value },
  })),
  small.map<Mutation>((value) => (of) => ({
    ...of,
    header: { ...of.header, numReadonlyUnsigned: value },
  })),
  fc.tuple(small, fc.constantFrom(...keys)).map<Mutation>(([at, key]) => (of) => ({
    ...of,
    staticKeys: replaceAt(of.staticKeys, at, key),
  })),
  fc.tuple(small, small).map<Mutation>(([at, program]) => (of) => ({
    ...of,
    instructions: of.instructions.map((item, index) =>
      index === at % of.instructions.length ? { ...item, programIdIndex: program } : item,
    ),
  })),
  fc.tuple(small, fc.array(small, { maxLength: 5 })).map<Mutation>(([at, accounts]) => (of) => ({
    ...of,
    instructions: of.instructions.map((item, index) =>
      index === at % of.instructions.length
        ? { ...item, accounts: Uint8Array.from(accounts) }
        : item,
    ),
  })),
  fc.constantFrom(0, 2, 64).map<Mutation>((count) => (of) => {
    const [first] = of.instructions;
    return {
      ...of,
      instructions:
        first === undefined
          ? []
          : Array(count).fill({ ...first, accounts: new Uint8Array(), data: new Uint8Array() }),
    };
  }),
);

const config = fc.record(
  {
    priorityFee: fc.constantFrom(0n, 1000n, 2n ** 64n - 1n),
    computeUnitLimit: fc.constantFrom(0, 150, 10_000, 2 ** 32 - 1),
    loadedAccountsDataSizeLimit: fc.constantFrom(1000, 1_000_000),
    heapSize: fc.constantFrom(0, 1024, 32 * 1024, 100_000, 256 * 1024),
  },
  { requiredKeys: ['loadedAccountsDataSizeLimit', 'computeUnitLimit'] },
);

/** Of a transaction that is refused for a Compute Budget instruction. */
const isBudgetError = (error: TransactionError | undefined): boolean =>
  typeof error === 'object' && ('DuplicateInstruction' in error || 'InstructionError' in error);

test('more than 64 instructions are refused, where litesvm runs them (SIMD-0160)', () => {
  const world = new LitesvmWorld();
  world.set(payer, { lamports: 10_000_000_000n });
  const empty = instruction(MEMO_PROGRAM, []);
  const built = message({ payer, blockhash: world.blockhash, instructions: [empty] });
  const [first] = built.instructions;
  const of = (count: number) =>
    unsigned({ ...built, instructions: first === undefined ? [] : Array(count).fill(first) });
  expect(world.runOurs(of(64)).outcome.landing).toBe('executed');
  expect(world.runOurs(of(65)).outcome).toMatchObject({
    landing: 'refused',
    error: 'SanitizeFailure',
  });
});

test('what is malformed is refused for the same reason, and what is not runs the same', () => {
  const world = new LitesvmWorld();
  world.set(payer, { lamports: 10_000_000_000n });
  world.set(address(8), { lamports: 5_000_000_000n });
  const base = message({
    payer,
    blockhash: world.blockhash,
    instructions: [
      SystemProgram.transfer({
        fromPubkey: web3Key(payer),
        toPubkey: web3Key(address(8)),
        lamports: 5n,
      }),
      instruction(MEMO_PROGRAM, [{ pubkey: address(9), isSigner: true }], Buffer.from('memo')),
      instruction(COMPUTE_BUDGET_PROGRAM, [], [2, 0x10, 0x27, 0, 0]),
    ],
  });
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      fc.constantFrom('legacy' as const, 0 as const, 1 as const),
      fc.array(mutation, { minLength: 1, maxLength: 2 }),
      config,
      (version, mutations, asked) => {
        const mutated = mutations.reduce((of, mutate) => mutate(of), base);
        const bytes = unsigned({ ...mutated, version, config: version === 1 ? asked : {} });
        const { outcome, result } = world.runOurs(bytes);
        seen.add(outcome.landing);
        const theirs = world.runNative(bytes);
        // litesvm reads Compute Budget instructions later, and takes another way to what only pays.
        const ownOrder =
          outcome.landing === 'fees-only' ||
          (outcome.landing === 'refused' && isBudgetError(outcome.error));
        if (ownOrder) {
          expect([theirs.units, theirs.logs]).toEqual([0, []]);
          expect(theirs.error).toBeDefined();
          return;
        }
        const except = outcome.landing === 'refused' ? (['post'] as const) : [];
        expect(differences(theirs, result, except)).toEqual([]);
      },
    ),
    { numRuns: RUNS },
  );
  expect(seen).toContain('executed');
  expect(seen).toContain('refused');
});
