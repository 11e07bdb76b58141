/** Messages and account data: the matrix's transactions with bytes of either harmed, and run. */
import {
  type Account,
  executeTransaction,
  LoadedState,
  MissingStateError,
  type Pubkey,
  parseTransaction,
  type StateReader,
  type SvmEnvironment,
} from '../../../src/vm-preview/svm';
import { SEARCHED_CELLS } from '../svm-differential/generators/cells';
import type { Random } from '../svm-differential/random';
import { Bench } from '../svm-matrix/bench';
import { MODES, worldOf } from '../svm-matrix/modes';
import type { Target } from './driver';
import { mutate } from './mutate';

interface Seed {
  readonly bytes: Uint8Array;
  /** All that its run reads. */
  readonly accounts: ReadonlyMap<string, Account | null>;
  readonly environment: SvmEnvironment;
}

/** Each is a world of its own while it is made, so not all cells. */
const SEED_CELLS = 48;
const MAX_ROUNDS = 8;
/** Harming more takes long, and program code is the ELF target's. */
const MAX_HARMED_BYTES = 20_000;

function seedOf(index: number): Seed {
  const cell = SEARCHED_CELLS[Math.floor((index * SEARCHED_CELLS.length) / SEED_CELLS)];
  const mode = MODES[index % MODES.length];
  if (cell === undefined || mode === undefined) throw new RangeError('no such cell');
  const bench = new Bench(cell.world ?? worldOf(mode));
  const bytes = Uint8Array.from(cell.build(bench));
  const environment = { ...bench.world.environment(), programs: new Map<string, object>() };
  const { outcome } = bench.world.runOurs(bytes, environment);
  const accounts = new Map<string, Account | null>();
  for (const address of outcome.read) accounts.set(address.key, bench.world.get(address) ?? null);
  return { bytes, accounts, environment };
}

let known: readonly Seed[] | undefined;

function seeds(): readonly Seed[] {
  known ??= Array.from({ length: SEED_CELLS }, (_, index) => seedOf(index));
  return known;
}

type Lookup = (address: Pubkey) => Account | null;

/** Of a hundred runs: those that load their state in rounds; the others find it there, which is quicker. */
const PERCENT_LOADED_IN_ROUNDS = 10;

/** @returns whether it landed */
function run(
  random: Random,
  bytes: Uint8Array,
  lookup: Lookup,
  environment: SvmEnvironment,
): boolean {
  const transaction = parseTransaction(bytes);
  if (!random.chance(PERCENT_LOADED_IN_ROUNDS)) {
    const state: StateReader = { get: (address) => lookup(address) ?? undefined };
    return executeTransaction(transaction, state, environment).landing !== 'refused';
  }
  const state = new LoadedState();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    try {
      return executeTransaction(transaction, state, environment).landing !== 'refused';
    } catch (thrown) {
      if (!(thrown instanceof MissingStateError)) throw thrown;
      for (const address of thrown.addresses) state.set(address, lookup(address));
    }
  }
  throw new Error(`the run still lacks state after ${MAX_ROUNDS} rounds`);
}

export function messageTarget(): Target {
  return {
    name: 'message',
    try(random, passed) {
      const { bytes, accounts, environment } = random.pick(seeds());
      const input = mutate(random, bytes);
      parseTransaction(input);
      passed();
      run(random, input, (address) => accounts.get(address.key) ?? null, environment);
    },
  };
}

function harm(random: Random, account: Account): Account {
  const edges = [0n, 1n, 2n ** 63n, 2n ** 64n - 1n];
  const lamports = random.chance(10) ? random.pick(edges) : account.lamports;
  const { data } = account;
  if (data.length === 0 || data.length > MAX_HARMED_BYTES) return { ...account, lamports };
  const isFlipped = random.chance(3);
  return {
    ...account,
    lamports,
    data: mutate(random, data),
    executable: account.executable !== isFlipped,
  };
}

/** Harmed accounts, serialized for programs and read back. Past the first parser: the transaction landed. */
export function accountTarget(): Target {
  return {
    name: 'serializer',
    try(random, passed) {
      const { bytes, accounts, environment } = random.pick(seeds());
      const percent = random.pick([10, 30, 60]);
      const changed = new Map<string, Account | null>();
      const lookup: Lookup = (address) => {
        const before = accounts.get(address.key) ?? null;
        const harmed = before !== null && random.chance(percent) ? harm(random, before) : before;
        const account = changed.get(address.key) ?? harmed;
        changed.set(address.key, account);
        return account;
      };
      if (run(random, bytes, lookup, environment)) passed();
    },
  };
}
