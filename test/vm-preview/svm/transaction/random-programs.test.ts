/** Random calls of the token, stake and lookup table programs' own code, beside agave's VM. */
import fc from 'fast-check';
import {
  ADDRESS_LOOKUP_TABLE_PROGRAM,
  ASSOCIATED_TOKEN_PROGRAM,
  FEATURE_IDS,
  type FeatureName,
  findProgramAddress,
  type Pubkey,
  STAKE_PROGRAM,
  SYSTEM_PROGRAM,
  SYSVAR_IDS,
  TOKEN_2022_PROGRAM,
  TOKEN_PROGRAM,
} from '../../../../src/vm-preview/svm';
import { type Aspect, differences, LitesvmWorld } from '../../../support/litesvm-world';
import { address, instruction, type Meta, transaction } from '../../../support/solana-transaction';

/** Raise it to search for differences. */
const RUNS = Number(process.env.LOOKAHEAD_RANDOM_RUNS ?? 40);

const payer = address(7);
const SOL = 1_000_000_000n;

const u32 = (value: number): number[] => [value & 255, (value >> 8) & 255, 0, 0];
const u64 = (value: bigint): number[] =>
  Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
const some = (key: Pubkey): number[] => [...u32(1), ...key.bytes];
const none = (length: number): number[] => [...u32(0), ...new Uint8Array(length)];

function mintData(): Uint8Array {
  return Uint8Array.from([...some(payer), ...u64(1_000_000n), 6, 1, ...some(payer)]);
}

function tokenAccount(mint: Pubkey, owner: Pubkey, amount: bigint, state = 1): Uint8Array {
  return Uint8Array.from([
    ...mint.bytes,
    ...owner.bytes,
    ...u64(amount),
    ...none(32),
    state,
    ...none(8),
    ...u64(0n),
    ...none(32),
  ]);
}

interface Kit {
  readonly world: LitesvmWorld;
  readonly pool: readonly Pubkey[];
}

/** A mint, and accounts of the payer and of another, with tokens, frozen, empty and uninitialized. */
function tokenKit(program: Pubkey, world: LitesvmWorld): Kit {
  const mint = address(40);
  const other = address(50);
  const accounts: [Pubkey, Uint8Array][] = [
    [mint, mintData()],
    [address(41), tokenAccount(mint, payer, 500_000n)],
    [address(42), tokenAccount(mint, payer, 0n)],
    [address(43), tokenAccount(mint, other, 400_000n)],
    [address(44), tokenAccount(mint, payer, 100_000n, 2)],
    [address(45), new Uint8Array(165)],
    [address(46), new Uint8Array(82)],
  ];
  for (const [key, data] of accounts) world.set(key, { lamports: SOL, data, owner: program });
  world.set(other, { lamports: SOL });
  const associated = [payer, other].map(
    (owner) =>
      findProgramAddress([owner.bytes, program.bytes, mint.bytes], ASSOCIATED_TOKEN_PROGRAM)
        ?.address ?? owner,
  );
  return {
    world,
    pool: [
      payer,
      other,
      ...accounts.map(([key]) => key),
      ...associated,
      SYSVAR_IDS.rent,
      SYSTEM_PROGRAM,
      program,
    ],
  };
}

const amount = fc.constantFrom(0n, 1n, 100_000n, 500_000n, 500_001n, 2n ** 64n - 1n);

function tokenData(pool: readonly Pubkey[]): fc.Arbitrary<number[]> {
  return fc
    .tuple(
      fc.nat(45),
      amount,
      fc.constantFrom(0, 6, 9),
      fc.constantFrom(...pool),
      fc.nat(4),
      fc.boolean(),
    )
    .map(([tag, value, decimals, key, kind, long]) => {
      if ([0, 20].includes(tag))
        return [tag, decimals, ...key.bytes, long ? 1 : 0, ...(long ? key.bytes : [])];
      if ([6].includes(tag)) return [tag, kind, long ? 1 : 0, ...(long ? key.bytes : [])];
      if ([16, 18].includes(tag)) return [tag, ...key.bytes];
      return [tag, ...u64(value), ...(long ? [decimals] : [])];
    });
}

function metas(pool: readonly Pubkey[]): fc.Arbitrary<Meta[]> {
  const meta = fc.record({
    pubkey: fc.constantFrom(...pool),
    isSigner: fc.constantFrom(true, false),
    isWritable: fc.constantFrom(true, true, true, false),
  });
  return fc.array(meta, { minLength: 1, maxLength: 7 });
}

/** As the programs expect their accounts, so that some calls succeed. */
function shaped(
  pool: readonly Pubkey[],
  program: Pubkey,
): fc.Arbitrary<ReturnType<typeof instruction>> {
  const token = fc.constantFrom(address(41), address(42), address(43), address(44));
  const w = (pubkey: Pubkey): Meta => ({ pubkey, isWritable: true });
  const s = (pubkey: Pubkey): Meta => ({ pubkey, isSigner: true });
  const owner = fc.constantFrom(payer, address(50));
  return fc
    .tuple(token, token, owner, amount, fc.constantFrom(3, 4, 5, 7, 8, 9, 10, 11, 12, 17))
    .map(([from, to, by, value, tag]) => {
      const mint = address(40);
      const checked =
        tag === 12 ? [...u64(value), 6] : [3, 4, 7, 8].includes(tag) ? u64(value) : [];
      const accounts: Record<number, Meta[]> = {
        3: [w(from), w(to), s(by)],
        4: [w(from), w(to), s(by)],
        5: [w(from), s(by)],
        7: [w(mint), w(to), s(by)],
        8: [w(from), w(mint), s(by)],
        9: [w(from), w(by), s(by)],
        10: [w(from), w(mint), s(by)],
        11: [w(from), w(mint), s(by)],
        12: [w(from), { pubkey: mint }, w(to), s(by)],
        17: [w(from)],
      };
      return instruction(program, accounts[tag] ?? [w(pool[0] ?? payer)], [tag, ...checked]);
    });
}

function compare(
  kit: Kit,
  calls: fc.Arbitrary<ReturnType<typeof instruction>>,
): Map<string, number> {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(calls, { minLength: 1, maxLength: 3 }), (instructions) => {
      const bytes = transaction({ payer, blockhash: kit.world.blockhash, instructions });
      const { outcome, result } = kit.world.runOurs(bytes);
      const except: Aspect[] = outcome.landing === 'executed' ? [] : ['post'];
      expect(differences(kit.world.runNative(bytes), result, except)).toEqual([]);
      const kind = outcome.error === undefined ? 'succeeded' : outcome.landing;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }),
    { numRuns: RUNS },
  );
  return seen;
}

/** Mainnet's gates, and those that lay a program's memory out anew: testnet had them first. */
const MAPPED: readonly FeatureName[] = [
  'virtual_address_space_adjustments',
  'account_data_direct_mapping',
  'direct_account_pointers_in_program_input',
];

function world(more: readonly FeatureName[] = []): LitesvmWorld {
  const { features } = new LitesvmWorld();
  const active = (Object.keys(FEATURE_IDS) as FeatureName[]).filter((name) =>
    features.isActive(name),
  );
  const made =
    more.length === 0 ? new LitesvmWorld() : new LitesvmWorld({ features: [...active, ...more] });
  made.set(payer, { lamports: 100n * SOL });
  return made;
}

test.each([
  ['Token', TOKEN_PROGRAM, []],
  ['Token-2022', TOKEN_2022_PROGRAM, []],
  ['Token, its accounts mapped', TOKEN_PROGRAM, MAPPED],
  ['Token-2022, its accounts mapped', TOKEN_2022_PROGRAM, MAPPED],
])('%s', (_name, program, more) => {
  const kit = tokenKit(program, world(more));
  const wild = fc
    .tuple(metas(kit.pool), tokenData(kit.pool))
    .map(([accounts, data]) => instruction(program, accounts, data));
  const associated = fc
    .tuple(fc.constantFrom(...kit.pool), fc.constantFrom(payer, address(50)), fc.nat(2))
    .map(([account, owner, tag]) =>
      instruction(
        ASSOCIATED_TOKEN_PROGRAM,
        [
          { pubkey: payer, isSigner: true, isWritable: true },
          { pubkey: account, isWritable: true },
          { pubkey: owner },
          { pubkey: address(40) },
          { pubkey: SYSTEM_PROGRAM },
          { pubkey: program },
        ],
        [tag],
      ),
    );
  const seen = compare(
    kit,
    fc.oneof(
      { weight: 3, arbitrary: shaped(kit.pool, program) },
      { weight: 1, arbitrary: wild },
      { weight: 1, arbitrary: associated },
    ),
  );
  expect(seen.get('succeeded')).toBeGreaterThan(0);
});

test('Stake and Address Lookup Table', () => {
  const made = world();
  const stake = address(60);
  const table = address(61);
  made.set(stake, { lamports: SOL, data: new Uint8Array(200), owner: STAKE_PROGRAM });
  made.set(table, { lamports: SOL, data: new Uint8Array(56), owner: ADDRESS_LOOKUP_TABLE_PROGRAM });
  const { clock, rent, stakeHistory } = SYSVAR_IDS;
  const pool = [payer, stake, table, address(50), clock, rent, stakeHistory, SYSTEM_PROGRAM];
  const data = fc
    .tuple(fc.nat(18), fc.uint8Array({ maxLength: 120 }), fc.constantFrom(payer, stake))
    .map(([tag, rest, key]) => [...u32(tag), ...key.bytes, ...rest]);
  const initialize = fc
    .constantFrom(payer, stake)
    .map((authority) =>
      instruction(
        STAKE_PROGRAM,
        [{ pubkey: stake, isWritable: true }, { pubkey: rent }],
        [...u32(0), ...authority.bytes, ...payer.bytes, ...u64(0n), ...u64(0n), ...payer.bytes],
      ),
    );
  const program = fc.constantFrom(STAKE_PROGRAM, ADDRESS_LOOKUP_TABLE_PROGRAM);
  const wild = fc
    .tuple(program, metas(pool), data)
    .map(([id, accounts, bytes]) => instruction(id, accounts, bytes));
  const seen = compare({ world: made, pool }, fc.oneof(initialize, wild));
  expect(seen.get('executed')).toBeGreaterThan(0);
});
