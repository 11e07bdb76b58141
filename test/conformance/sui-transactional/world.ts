/** Objects of the test's chain, in all their versions. What is not here is not there. */
import { bytesToHex } from '@noble/hashes/utils.js';
import { settlement } from '../../../localnet/sui/settlement';
import { typeTagText } from '../../../src/vm-preview/move/core/types';
import {
  executeTransaction,
  type ObjectRef,
  type ObjectRequest,
  parseEffects,
  type SuiCache,
  type SuiEnvironment,
  type SuiObject,
  type SuiOutcome,
  type SuiState,
  type TransactionData,
} from '../../../src/vm-preview/move/sui';
import { receivingRefs } from '../../../src/vm-preview/move/sui/execution';

/** Digest of a transaction that nothing names. */
const SETTLEMENT = new Uint8Array(32);

interface Entry {
  readonly version: bigint;
  /** Null where it was deleted or wrapped at this version. */
  readonly object: SuiObject | null;
}

/** 64 hexadecimal digits. */
export type ObjectId = string;

export class World implements SuiState {
  /** Oldest first. */
  readonly #entries = new Map<ObjectId, Entry[]>();
  /** Id and version of what was received. */
  readonly #received = new Set<string>();
  /** What was added to and taken from balances of addresses since they were settled. */
  #unsettled: SuiOutcome['accumulators'] = [];

  constructor(
    genesis: readonly SuiObject[],
    private readonly cache: SuiCache,
  ) {
    for (const object of genesis) this.put(object);
  }

  /** The same chain with an object more. */
  with(object: SuiObject): World {
    const world = new World([], this.cache);
    for (const [id, entries] of this.#entries) world.#entries.set(id, entries);
    for (const key of this.#received) world.#received.add(key);
    world.put(object);
    return world;
  }

  put(object: SuiObject): void {
    this.#push(bytesToHex(object.id), { version: object.version, object });
  }

  latest(id: ObjectId): SuiObject | null {
    return this.#entries.get(id)?.at(-1)?.object ?? null;
  }

  at(id: ObjectId, version: bigint): SuiObject | null {
    return this.#entries.get(id)?.find((entry) => entry.version === version)?.object ?? null;
  }

  object({ id, bound }: ObjectRequest): SuiObject | null {
    const key = bytesToHex(id);
    if (bound.kind === 'latest') return this.latest(key);
    if (bound.kind === 'exact') return this.at(key, bound.version);
    const known = this.#entries.get(key) ?? [];
    return known.filter(({ version }) => version <= bound.version).at(-1)?.object ?? null;
  }

  received(id: Uint8Array, version: bigint): boolean {
    return this.#received.has(`${bytesToHex(id)}@${version}`);
  }

  /** Runs a transaction and keeps what it wrote. @param isKept - false for a dry run */
  execute(data: TransactionData, environment: SuiEnvironment, isKept = true): SuiOutcome {
    const outcome = executeTransaction(data, this, environment, this.cache);
    if (isKept) this.#apply(outcome, receivingRefs(data));
    return outcome;
  }

  /** As a checkpoint does: balances of addresses become what was sent to them. */
  settle(): void {
    const accumulators = netted(this.#unsettled);
    this.#unsettled = [];
    for (const { id, version, object } of settlement({ accumulators }, this, SETTLEMENT))
      this.#push(bytesToHex(id), { version, object });
  }

  #apply({ changes, effects, accumulators }: SuiOutcome, receiving: readonly ObjectRef[]): void {
    if (effects === undefined) return;
    this.#unsettled = [...this.#unsettled, ...accumulators];
    const written = parseEffects(effects.bcs);
    const lamport = written.kind === 'v2' ? written.lamportVersion : written.gasObject[0].version;
    for (const { id, before, after } of changes) {
      const key = bytesToHex(id);
      this.#push(key, { version: after?.version ?? lamport, object: after });
      for (const ref of receiving)
        if (bytesToHex(ref.id) === key && ref.version === before?.version)
          this.#received.add(`${key}@${ref.version}`);
    }
  }

  #push(id: ObjectId, entry: Entry): void {
    this.#entries.set(id, [...(this.#entries.get(id) ?? []), entry]);
  }
}

/** One sum for each address and type. */
function netted(writes: SuiOutcome['accumulators']): SuiOutcome['accumulators'] {
  const sums = new Map<string, SuiOutcome['accumulators'][number]>();
  for (const write of writes) {
    const key = `${bytesToHex(write.address)} ${typeTagText(write.type)}`;
    sums.set(key, { ...write, delta: write.delta + (sums.get(key)?.delta ?? 0n) });
  }
  return [...sums.values()].filter(({ delta }) => delta !== 0n);
}
