/** Calls of the token, associated token, stake and lookup table programs' own code. */
import type { TransactionInstruction } from '@solana/web3.js';
import {
  ADDRESS_LOOKUP_TABLE_PROGRAM,
  ASSOCIATED_TOKEN_PROGRAM,
  findProgramAddress,
  type Pubkey,
  STAKE_PROGRAM,
  SYSTEM_PROGRAM,
  SYSVAR_IDS,
  TOKEN_2022_PROGRAM,
  TOKEN_PROGRAM,
} from '../../../../src/vm-preview/svm';
import type { LitesvmWorld } from '../../../support/litesvm-world';
import { address, instruction, type Meta } from '../../../support/solana-transaction';
import { account, caseOf, type Placed, type Scene, u32, u64 } from '../case';
import type { Random } from '../random';
import { budgetInstruction } from './budget';

const payer = address(7);
const other = address(50);
const mint = address(40);
const SOL = 1_000_000_000n;
const AMOUNTS = [0n, 1n, 100_000n, 500_000n, 500_001n, 2n ** 64n - 1n];

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

/** A mint, and accounts of the payer and of another, with tokens, frozen, empty and uninitialized. */
function tokenAccounts(program: Pubkey): Placed[] {
  const datas: readonly (readonly [Pubkey, Uint8Array])[] = [
    [mint, mintData()],
    [address(41), tokenAccount(mint, payer, 500_000n)],
    [address(42), tokenAccount(mint, payer, 0n)],
    [address(43), tokenAccount(mint, other, 400_000n)],
    [address(44), tokenAccount(mint, payer, 100_000n, 2)],
    [address(45), new Uint8Array(165)],
    [address(46), new Uint8Array(82)],
  ];
  return [
    [payer, account(100n * SOL, SYSTEM_PROGRAM)],
    [other, account(SOL, SYSTEM_PROGRAM)],
    ...datas.map(([key, data]): Placed => [key, account(SOL, program, data)]),
  ];
}

function tokenData(random: Random, pool: readonly Pubkey[]): number[] {
  const tag = random.below(46);
  const key = random.pick(pool);
  const long = random.chance(50);
  if ([0, 20].includes(tag)) {
    return [tag, random.pick([0, 6, 9]), ...key.bytes, long ? 1 : 0, ...(long ? key.bytes : [])];
  }
  if (tag === 6) return [tag, random.below(5), long ? 1 : 0, ...(long ? key.bytes : [])];
  if ([16, 18].includes(tag)) return [tag, ...key.bytes];
  return [tag, ...u64(random.pick(AMOUNTS)), ...(long ? [random.pick([0, 6, 9])] : [])];
}

function metas(random: Random, pool: readonly Pubkey[]): Meta[] {
  return Array.from({ length: 1 + random.below(7) }, () => ({
    pubkey: random.pick(pool),
    isSigner: random.chance(50),
    isWritable: random.chance(75),
  }));
}

const writable = (pubkey: Pubkey): Meta => ({ pubkey, isWritable: true });
const signer = (pubkey: Pubkey): Meta => ({ pubkey, isSigner: true });

/** As the programs expect their accounts, so that most of these succeed. */
function shaped(random: Random, program: Pubkey): TransactionInstruction {
  const tokens = [address(41), address(42), address(43), address(44)];
  const [from, to] = [
    random.chance(80) ? address(41) : random.pick(tokens),
    random.pick(tokens),
  ].map(writable);
  const by = signer(random.chance(92) ? payer : other);
  const tag = random.pick([3, 3, 3, 4, 4, 5, 7, 7, 8, 8, 9, 10, 11, 12, 12, 17]);
  const value = random.chance(90) ? BigInt(random.below(90_000)) : random.pick(AMOUNTS);
  const amounts = tag === 12 ? [...u64(value), 6] : [3, 4, 7, 8].includes(tag) ? u64(value) : [];
  if (from === undefined || to === undefined) throw new RangeError('two accounts were picked');
  const accounts: Readonly<Record<number, readonly Meta[]>> = {
    3: [from, to, by],
    4: [from, to, by],
    5: [from, by],
    7: [writable(mint), to, by],
    8: [from, writable(mint), by],
    9: [from, writable(by.pubkey), by],
    10: [from, { pubkey: mint }, by],
    11: [from, { pubkey: mint }, by],
    12: [from, { pubkey: mint }, to, by],
    17: [from],
  };
  return instruction(program, accounts[tag] ?? [], [tag, ...amounts]);
}

export function tokenScene(program: Pubkey, world: LitesvmWorld): Scene {
  const accounts = tokenAccounts(program);
  const associatedOf = (owner: Pubkey): Pubkey =>
    findProgramAddress([owner.bytes, program.bytes, mint.bytes], ASSOCIATED_TOKEN_PROGRAM)
      ?.address ?? owner;
  const pool = [
    ...accounts.map(([key]) => key),
    associatedOf(payer),
    associatedOf(other),
    SYSVAR_IDS.rent,
    SYSTEM_PROGRAM,
    program,
  ];
  const associated = (random: Random): TransactionInstruction => {
    const owner = random.pick([payer, other]);
    return instruction(
      ASSOCIATED_TOKEN_PROGRAM,
      [
        { pubkey: payer, isSigner: true, isWritable: true },
        writable(random.chance(80) ? associatedOf(owner) : random.pick(pool)),
        { pubkey: owner },
        { pubkey: mint },
        { pubkey: SYSTEM_PROGRAM },
        { pubkey: program },
      ],
      [random.below(3)],
    );
  };
  return {
    world,
    next(random) {
      const isShaped = random.chance(75);
      const one = (): TransactionInstruction => {
        if (random.chance(isShaped ? 95 : 40)) return shaped(random, program);
        if (random.chance(50)) return associated(random);
        if (random.chance(15)) return budgetInstruction(random);
        return instruction(program, metas(random, pool), tokenData(random, pool));
      };
      const instructions = Array.from({ length: 1 + random.below(4) }, one);
      return caseOf(world, payer, instructions, accounts);
    },
  };
}

export const tokenScenes = {
  token: (world: LitesvmWorld) => tokenScene(TOKEN_PROGRAM, world),
  'token-2022': (world: LitesvmWorld) => tokenScene(TOKEN_2022_PROGRAM, world),
} as const;

/** Anything at all to the stake and the lookup table programs. */
export function stakeScene(world: LitesvmWorld): Scene {
  const stake = address(60);
  const table = address(61);
  const { clock, rent, stakeHistory } = SYSVAR_IDS;
  const pool = [payer, stake, table, other, clock, rent, stakeHistory, SYSTEM_PROGRAM];
  const accounts: Placed[] = [
    [payer, account(100n * SOL, SYSTEM_PROGRAM)],
    [other, account(SOL, SYSTEM_PROGRAM)],
    [stake, account(SOL, STAKE_PROGRAM, new Uint8Array(200))],
    [table, account(SOL, ADDRESS_LOOKUP_TABLE_PROGRAM, new Uint8Array(56))],
  ];
  const initialize = (random: Random): TransactionInstruction =>
    instruction(
      STAKE_PROGRAM,
      [writable(stake), { pubkey: rent }],
      [
        ...u32(0),
        ...random.pick([payer, stake]).bytes,
        ...payer.bytes,
        ...u64(0n),
        ...u64(0n),
        ...payer.bytes,
      ],
    );
  const wild = (random: Random): TransactionInstruction =>
    instruction(random.pick([STAKE_PROGRAM, ADDRESS_LOOKUP_TABLE_PROGRAM]), metas(random, pool), [
      ...u32(random.below(19)),
      ...random.pick([payer, stake]).bytes,
      ...random.bytes(random.below(120)),
    ]);
  return {
    world,
    next(random) {
      const count = random.below(3);
      const rest = Array.from({ length: count }, () => wild(random));
      return caseOf(
        world,
        payer,
        random.chance(70) || count === 0 ? [initialize(random), ...rest] : rest,
        accounts,
      );
    },
  };
}
