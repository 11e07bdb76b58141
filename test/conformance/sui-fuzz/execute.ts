/** Runs a transaction, and holds the outcome to what is true of every outcome. */
import {
  type Command,
  decode,
  EFFECTS,
  effectsDigest,
  encode,
  encodeTransaction,
  executeTransaction,
  FAILURE,
  MissingObjectsError,
  type ObjectRequest,
  parseEffects,
  type SuiCache,
  type SuiObject,
  type SuiOutcome,
  type SuiState,
  type TransactionData,
} from '../../../src/vm-preview/move/sui';
import { equal } from '../move-modules';
import type { SuiWorld } from './world';

/** What the chain holds impossible, so that one who gets there has found a fault of ours. */
const IMPOSSIBLE = new Set(['InvariantViolation', 'VMInvariantViolation']);

export interface Run {
  readonly world: SuiWorld;
  readonly state?: SuiState;
  readonly cache?: SuiCache;
  /** Whether the chain could be in the state: what it holds impossible may happen in others. */
  readonly isPossible?: boolean;
}

export function run(
  data: TransactionData,
  { world, state = world, cache = world.cache, isPossible = true }: Run,
): SuiOutcome {
  const outcome = executeTransaction(data, state, world.environment, cache);
  const { effects, status } = outcome;
  if (status.kind === 'failure') {
    const failure = decode(FAILURE, status.failure.bcs, 'a failure');
    if (isPossible && IMPOSSIBLE.has(failure.kind))
      throw new Error(`ends in ${failure.kind}: ${status.failure.text}`);
  }
  if (effects === undefined) return outcome;
  const parsed = parseEffects(effects.bcs);
  if (!equal(encode(EFFECTS, parsed), effects.bcs))
    throw new Error('effects are written otherwise than they are read');
  if (!equal(effectsDigest(parsed), effects.digest)) throw new Error('another digest of effects');
  return outcome;
}

/** The same in the end when each object is loaded only once it is missed. */
export function runLazily(data: TransactionData, options: Run, known: SuiOutcome): void {
  const state = new LazyState(options.state ?? options.world);
  for (;;) {
    try {
      const { effects } = run(data, { ...options, state });
      const same =
        effects === undefined || known.effects === undefined
          ? effects === known.effects
          : equal(effects.bcs, known.effects.bcs);
      if (!same) throw new Error('other effects when objects are loaded as they are missed');
      return;
    } catch (error) {
      if (!(error instanceof MissingObjectsError)) throw error;
      state.load(error.requests);
    }
  }
}

class LazyState implements SuiState {
  readonly #loaded = new Map<string, SuiObject | null>();

  constructor(private readonly state: SuiState) {}

  object(request: ObjectRequest): SuiObject | null {
    const found = this.#loaded.get(keyOf(request));
    if (found === undefined) throw new MissingObjectsError([request]);
    return found;
  }

  /** An input that is named twice is asked for twice, but never once it is there. */
  load(requests: readonly ObjectRequest[]): void {
    if (requests.some((request) => this.#loaded.has(keyOf(request))))
      throw new Error('misses what it has');
    for (const request of requests) this.#loaded.set(keyOf(request), this.state.object(request));
  }
}

const keyOf = ({ bound, id }: ObjectRequest): string =>
  `${Buffer.from(id).toString('hex')} ${bound.kind} ${bound.kind === 'latest' ? '' : bound.version}`;

/**
 * The input with as few commands as still end so.
 *
 * @param fails - whether one ends as the whole does
 */
export function shrunk(
  data: TransactionData,
  fails: (one: TransactionData) => boolean,
): Uint8Array {
  let least = data;
  for (let at = commandsOf(data).length - 1; at >= 0; at--) {
    const fewer = withCommands(least, (commands) => commands.filter((_, i) => i !== at));
    if (fails(fewer)) least = fewer;
  }
  return encodeTransaction(least);
}

function commandsOf({ kind }: TransactionData): readonly Command[] {
  return kind.kind === 'programmable' ? kind.programmable.commands : [];
}

function withCommands(
  data: TransactionData,
  change: (commands: readonly Command[]) => readonly Command[],
): TransactionData {
  const { kind } = data;
  if (kind.kind !== 'programmable') return data;
  const programmable = { ...kind.programmable, commands: change(kind.programmable.commands) };
  return { ...data, kind: { kind: 'programmable', programmable } };
}

/** How an outcome is counted. */
export function stageOf({ status }: SuiOutcome): string {
  if (status.kind === 'failure') return status.failure.code;
  return status.kind === 'refused' ? 'refused' : status.kind;
}
