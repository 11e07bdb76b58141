/**
 * A Sui chain in memory. State advances through the project's own VM alone: each transaction that is taken
 * is a checkpoint of its own. There is one epoch, and nobody votes.
 */
import { blake2b } from '@noble/hashes/blake2.js';
import { digestText, fullAddress } from '../../src/chains/sui/address';
import { signedDigest, signerAddresses } from '../../src/chains/sui/transaction';
import { BcsWriter } from '../../src/vm-preview/move/core/bcs';
import {
  type ObjectRef,
  objectDigest,
  parseEffects,
  parseTransaction,
  type TransactionData,
  type TransactionEffects,
  transactionDigest,
} from '../../src/vm-preview/move/sui/data';
import {
  executeTransaction,
  inputKinds,
  receivingRefs,
  SuiCache,
} from '../../src/vm-preview/move/sui/execution';
import { NEWEST_KNOWN } from '../../src/vm-preview/move/sui/protocol';
import type { SuiObject, SuiState } from '../../src/vm-preview/move/sui/state';
import type { SuiEnvironment, SuiOutcome } from '../../src/vm-preview/move/sui/types';
import { CLOCK, clockObject } from './genesis';
import { Ledger, type Write } from './ledger';
import { settlement } from './settlement';
import { requireSigned } from './signatures';

/** MIST for a gas unit. */
export const GAS_PRICE = 1_000n;
export const EPOCH = 0n;

/** A transaction that was run, on the chain or to see what it would do. */
export interface Executed {
  readonly digest: Uint8Array;
  readonly bytes: Uint8Array;
  readonly data: TransactionData;
  readonly signatures: readonly Uint8Array[];
  readonly outcome: SuiOutcome;
  readonly effects: TransactionEffects;
  readonly effectsBcs: Uint8Array;
  /** Undefined for one that is only simulated. */
  readonly checkpoint: number | undefined;
  readonly timestampMs: bigint;
}

export interface Checkpoint {
  readonly sequenceNumber: number;
  readonly digest: Uint8Array;
  readonly timestampMs: bigint;
  readonly transactions: number;
}

/** A transaction that the chain does not take, in its words. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Transactions and checkpoints that are kept. */
const KEPT = 10_000;
/** Milliseconds without transactions after which a question about time makes a checkpoint. */
const IDLE_MS = 200;

export class Chain {
  readonly ledger = new Ledger();
  readonly #now: () => number;
  readonly #cache = new SuiCache();
  readonly #transactions = new Map<string, Executed>();
  readonly #checkpoints = new Map<number, Checkpoint>();
  readonly #environment: SuiEnvironment;
  #newest: Checkpoint;

  /**
   * @param genesis - all objects of the chain but the clock
   * @param now - milliseconds since 1970
   * @param protocolVersion - by whose rules it runs
   */
  constructor(
    genesis: readonly SuiObject[],
    now: () => number,
    protocolVersion: number = NEWEST_KNOWN,
  ) {
    this.#now = now;
    const timestampMs = BigInt(now());
    const clock = clockObject(timestampMs, 1n, new Uint8Array(32));
    const writes = [...genesis, clock].map(writeOf);
    this.ledger.commit(writes);
    const content = blake2b(
      writes
        .reduce((sum, { object }) => {
          if (object !== null) sum.bytes(objectDigest(object));
          return sum;
        }, new BcsWriter())
        .finish(),
      { dkLen: 32 },
    );
    this.#newest = this.#checkpoint(timestampMs, content, undefined);
    this.#environment = {
      epoch: EPOCH,
      epochTimestampMs: timestampMs,
      protocolVersion,
      referenceGasPrice: GAS_PRICE,
      chainIdentifier: this.#newest.digest,
    };
  }

  get environment(): SuiEnvironment {
    return this.#environment;
  }

  get newest(): Checkpoint {
    return this.#newest;
  }

  get cache(): SuiCache {
    return this.#cache;
  }

  checkpoint(sequenceNumber: number): Checkpoint | undefined {
    return this.#checkpoints.get(sequenceNumber);
  }

  /** By its digest, base58. */
  find(digest: string): Executed | undefined {
    return this.#transactions.get(digest);
  }

  /** In the order in which they landed. */
  get transactions(): Iterable<Executed> {
    return this.#transactions.values();
  }

  /** Time passes without transactions, too. */
  tick(): void {
    if (BigInt(this.#now() - IDLE_MS) >= this.#newest.timestampMs) this.#setClock();
  }

  /**
   * Runs a transaction and keeps what it did. One that is on the chain already is not run again.
   *
   * @param signatures - each a scheme's flag, the signature and the public key
   * @throws Refusal, SignatureError; BcsError for what is no transaction; CannotPreview
   */
  submit(bytes: Uint8Array, signatures: readonly Uint8Array[]): Executed {
    const data = parseTransaction(bytes);
    requireSigned(signedDigest(bytes), signatures, signerAddresses(data));
    const known = this.find(digestText(transactionDigest(data)));
    if (known !== undefined) return known;
    requireCurrent(data, this.ledger);
    this.#setClock();
    const executed = this.#run(data, bytes, signatures, this.ledger);
    this.#advance([
      ...executed.outcome.changes.map((change) => writeOfChange(change, executed)),
      ...settlement(executed.outcome, this.ledger, executed.digest),
    ]);
    const landed = { ...executed, checkpoint: this.#newest.sequenceNumber };
    this.#transactions.set(digestText(landed.digest), landed);
    forgetOldest(this.#transactions);
    return landed;
  }

  /** Runs a transaction without keeping anything. @throws as `submit`, but for signatures */
  simulate(data: TransactionData, bytes: Uint8Array, state: SuiState = this.ledger): Executed {
    requireCurrent(data, state);
    return this.#run(data, bytes, [], state);
  }

  #run(
    data: TransactionData,
    bytes: Uint8Array,
    signatures: readonly Uint8Array[],
    state: SuiState,
  ): Executed {
    const outcome = executeTransaction(data, state, this.#environment, this.#cache);
    if (outcome.status.kind === 'refused' || outcome.effects === undefined) {
      const { status } = outcome;
      const why = status.kind === 'refused' ? `${status.code}: ${status.text}` : 'no effects';
      throw new Refusal(`Error checking transaction input objects: ${why}`);
    }
    return {
      digest: transactionDigest(data),
      bytes,
      data,
      signatures,
      outcome,
      effects: parseEffects(outcome.effects.bcs),
      effectsBcs: outcome.effects.bcs,
      checkpoint: undefined,
      timestampMs: this.#newest.timestampMs,
    };
  }

  /** The consensus' commit, by which time goes on; on the chain it is a transaction of its own. */
  #setClock(): void {
    const before = this.ledger.newest(CLOCK);
    const timestampMs = this.#next();
    const commit = blake2b(new BcsWriter().u64(timestampMs).finish(), { dkLen: 32 });
    const clock = clockObject(timestampMs, (before?.version ?? 0n) + 1n, commit);
    this.#advance([writeOf(clock)], timestampMs);
  }

  #advance(writes: readonly Write[], timestampMs: bigint = this.#next()): void {
    this.ledger.commit(writes);
    const content = new BcsWriter();
    for (const { id, version } of writes) content.bytes(id).u64(version);
    const digest = blake2b(content.finish(), { dkLen: 32 });
    this.#newest = this.#checkpoint(timestampMs, digest, this.#newest);
  }

  /** Time never goes back. */
  #next(): bigint {
    const now = BigInt(this.#now());
    return now > this.#newest.timestampMs ? now : this.#newest.timestampMs;
  }

  /** `CheckpointSummary`, as far as this chain has one (sui-types, messages_checkpoint.rs). */
  #checkpoint(
    timestampMs: bigint,
    content: Uint8Array,
    previous: Checkpoint | undefined,
  ): Checkpoint {
    const { checkpoint: sequenceNumber } = this.ledger;
    const transactions = (previous?.transactions ?? 0) + 1;
    const summary = new BcsWriter()
      .bytes(new TextEncoder().encode('CheckpointSummary::'))
      .u64(EPOCH)
      .u64(BigInt(sequenceNumber))
      .u64(BigInt(transactions))
      .blob(content);
    if (previous === undefined) summary.uleb32(0);
    else summary.uleb32(1).blob(previous.digest);
    for (let gas = 0; gas < 4; gas += 1) summary.u64(0n);
    summary.u64(timestampMs).uleb32(0).uleb32(0).uleb32(0);
    const digest = blake2b(summary.finish(), { dkLen: 32 });
    const made = { sequenceNumber, digest, timestampMs, transactions };
    this.#checkpoints.set(sequenceNumber, made);
    // The first one is asked for by who wants to know the chain.
    if (this.#checkpoints.size > KEPT) this.#checkpoints.delete(sequenceNumber - KEPT + 1);
    return made;
  }
}

/** Validators take each version of an owned object once. @throws Refusal */
function requireCurrent(data: TransactionData, state: SuiState): void {
  const named = inputKinds(data).flatMap((input) => (input.kind === 'owned' ? [input.ref] : []));
  for (const ref of [...named, ...receivingRefs(data)]) requireNewest(ref, state);
}

function requireNewest({ digest, id, version }: ObjectRef, state: SuiState): void {
  const found = state.object({ id, bound: { kind: 'latest' } });
  if (found === null)
    throw new Refusal(
      `Could not find the referenced object ${fullAddress(id)} at version Some(SequenceNumber(${version}))`,
    );
  if (found.version !== version)
    throw new Refusal(
      `Object ID ${fullAddress(id)} Version ${version} Digest ${digestText(digest)} is not available for consumption, current version: ${found.version}`,
    );
}

function forgetOldest(map: Map<string, unknown>): void {
  const [oldest] = map.keys();
  if (map.size > KEPT && oldest !== undefined) map.delete(oldest);
}

const writeOf = (object: SuiObject): Write => ({
  id: object.id,
  version: object.version,
  object,
});

function writeOfChange(
  { after, before, id }: SuiOutcome['changes'][number],
  { effects, outcome }: Executed,
): Write {
  if (after !== null) return writeOf(after);
  const written = outcome.changes.find((change) => change.after?.data.kind === 'move')?.after;
  const version =
    effects.kind === 'v2'
      ? effects.lamportVersion
      : (written?.version ?? (before?.version ?? 0n) + 1n);
  return { id, version, object: null };
}
