/** Random transactions of builtin programs and Memo, on random balances, beside agave's own code. */
import fc from 'fast-check';
import {
  COMPUTE_BUDGET_PROGRAM,
  INCINERATOR,
  MEMO_PROGRAM,
  type Pubkey,
  SYSTEM_PROGRAM,
  SYSVAR_IDS,
  TOKEN_PROGRAM,
} from '../../../../src/vm-preview/svm';
import { type Aspect, differences, LitesvmWorld } from '../../../support/litesvm-world';
import { address, instruction, type Meta, transaction } from '../../../support/solana-transaction';

/** Raise it to search for differences. */
const RUNS = Number(process.env.LOOKAHEAD_RANDOM_RUNS ?? 60);

const payer = address(7);
const pool: readonly Pubkey[] = [payer, address(8), address(9), address(10), INCINERATOR];
const MINIMUM = 128n * 5080n;

const lamports = fc.oneof(
  fc.constantFrom(0n, 1n, 4999n, 5000n, MINIMUM - 1n, MINIMUM, MINIMUM + 5000n, 2n ** 64n - 1n),
  fc.bigInt(0n, 4n * MINIMUM),
);
const owner = fc.constantFrom(SYSTEM_PROGRAM, TOKEN_PROGRAM);

const meta: fc.Arbitrary<Meta> = fc.record({
  pubkey: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...pool) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(SYSVAR_IDS.recentBlockhashes, SYSVAR_IDS.rent, SYSTEM_PROGRAM),
    },
  ),
  isSigner: fc.constantFrom(true, true, true, false),
  isWritable: fc.constantFrom(true, true, true, false),
});

const u32 = (value: number): number[] => [value, 0, 0, 0];
const u64 = (value: bigint): number[] =>
  Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
const size = fc.constantFrom(0n, 1n, 80n, 165n, 10_485_760n, 10_485_761n);

/** Data of a System instruction, mostly well formed. */
const systemData: fc.Arbitrary<number[]> = fc.oneof(
  fc
    .tuple(lamports, size, owner)
    .map(([amount, space, by]) => [...u32(0), ...u64(amount), ...u64(space), ...by.bytes]),
  owner.map((by) => [...u32(1), ...by.bytes]),
  lamports.map((amount) => [...u32(2), ...u64(amount)]),
  fc.constant(u32(4)),
  lamports.map((amount) => [...u32(5), ...u64(amount)]),
  fc.constantFrom(...pool).map((authority) => [...u32(6), ...authority.bytes]),
  size.map((space) => [...u32(8), ...u64(space)]),
  fc
    .tuple(fc.nat(14), fc.uint8Array({ maxLength: 60 }))
    .map(([tag, rest]) => [...u32(tag), ...rest]),
);

const anInstruction = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.array(meta, { maxLength: 4 }), systemData)
      .map(([metas, data]) => instruction(SYSTEM_PROGRAM, metas, data)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.array(meta, { maxLength: 2 }), fc.uint8Array({ maxLength: 20 }))
      .map(([metas, data]) => instruction(MEMO_PROGRAM, metas, data)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.nat(5), fc.nat(400_000))
      .map(([tag, value]) =>
        instruction(
          COMPUTE_BUDGET_PROGRAM,
          [],
          [tag, ...u64(BigInt(value)).slice(0, tag === 3 ? 8 : 4)],
        ),
      ),
  },
);

const accounts = fc.tuple(
  ...pool.map(() =>
    fc.record({
      lamports,
      data: fc.constantFrom(0, 0, 0, 80, 165).map((length) => new Uint8Array(length)),
      owner: fc.oneof(
        { weight: 4, arbitrary: fc.constant(SYSTEM_PROGRAM) },
        { weight: 1, arbitrary: owner },
      ),
      rentEpoch: fc.constantFrom(0n, 2n ** 64n - 1n),
    }),
  ),
);

test('random transactions give what agave gives', () => {
  const world = new LitesvmWorld();
  let landed = 0;
  let succeeded = 0;
  fc.assert(
    fc.property(
      accounts,
      fc.bigInt(3n * MINIMUM, 100n * MINIMUM),
      fc.array(anInstruction, { minLength: 1, maxLength: 3 }),
      (states, balance, instructions) => {
        for (const [index, key] of pool.entries()) {
          const state = states[index];
          if (state !== undefined) world.set(key, { ...state, lamports: state.lamports / 8n });
        }
        world.set(payer, { lamports: balance });
        const bytes = transaction({ payer, blockhash: world.blockhash, instructions });
        const { outcome, result } = world.runOurs(bytes);
        // litesvm charges nothing for transactions that only pay; ours lists no accounts when refused.
        const except: Aspect[] = outcome.landing === 'executed' ? [] : ['post'];
        expect(differences(world.runNative(bytes), result, except)).toEqual([]);
        if (outcome.landing === 'executed') landed++;
        if (outcome.error === undefined) succeeded++;
      },
    ),
    { numRuns: RUNS },
  );
  expect(landed).toBeGreaterThan(RUNS / 2);
  expect(succeeded).toBeGreaterThan(0);
});
