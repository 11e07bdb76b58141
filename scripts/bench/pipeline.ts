/** Our whole pipeline and litesvm's, on the same transaction and the same state in memory. */
import {
  executeTransaction,
  LoadedState,
  MissingStateError,
  parseTransaction,
  type SvmEnvironment,
  type SvmOutcome,
} from '../../src/vm-preview/svm';
import type { LitesvmWorld } from '../../test/support/litesvm-world';
import { median, timed } from './report';

/** Runs before the engine has compiled what it will: a snap that has shown a few previews. */
const WARM_UP = 5_000;
const ROUNDS = 2_000;
const FIRST_ROUNDS = 300;

export interface Times {
  /** Medians in milliseconds: after a warm-up, and of the first runs of ours. */
  readonly ours: number;
  readonly native: number;
  readonly unwarmed: number;
}

/** With verified programs kept, and without the test's way of comparing blockhashes as text. */
export function benchEnvironment(world: LitesvmWorld): SvmEnvironment {
  const environment = world.environment();
  const { last } = environment.blockhashes;
  const isValid = (hash: Uint8Array): boolean => hash.every((byte, index) => byte === last[index]);
  return { ...environment, blockhashes: { last, isValid }, programs: new Map() };
}

export function run(
  bytes: Uint8Array,
  state: LoadedState,
  environment: SvmEnvironment,
): SvmOutcome {
  return executeTransaction(parseTransaction(bytes), state, environment);
}

/** Everything the run asks for. */
export function loaded(
  world: LitesvmWorld,
  bytes: Uint8Array,
  environment: SvmEnvironment,
): LoadedState {
  const state = new LoadedState();
  for (;;) {
    try {
      run(bytes, state, environment);
      return state;
    } catch (error) {
      if (!(error instanceof MissingStateError)) throw error;
      for (const key of error.addresses) state.set(key, world.get(key) ?? null);
    }
  }
}

/** @throws Error when the transaction fails */
export function measure(
  world: LitesvmWorld,
  bytes: Uint8Array,
  state: LoadedState,
  environment: SvmEnvironment,
): Times {
  const { error, logs } = run(bytes, state, environment);
  if (error !== undefined) throw new Error(`the transaction failed: ${logs.join('\n')}`);
  const ours: number[] = [];
  const native: number[] = [];
  // In turn, so that the machine's mood falls on both.
  const both = (rounds: number): void => {
    for (let round = 0; round < rounds; round += 1) {
      ours.push(timed(() => run(bytes, state, environment)));
      native.push(timed(() => world.native.simulateLegacyTransaction(bytes)));
    }
  };
  both(FIRST_ROUNDS);
  const unwarmed = median(ours);
  for (let round = FIRST_ROUNDS; round < WARM_UP; round += 1) run(bytes, state, environment);
  ours.length = 0;
  native.length = 0;
  both(ROUNDS);
  return { ours: median(ours), native: median(native), unwarmed };
}

export const micro = (milliseconds: number): string => `${(milliseconds * 1000).toFixed(0)} µs`;
